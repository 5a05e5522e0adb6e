using SiameseGen.Evaluation;

namespace SiameseGen.Verification;

/// <summary>The 95 % interval of a share of independent trials (Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927): sound for few errors. For none it ends at 3/n, and for nothing else it begins at 1 − 3/n: the 5 % then lie on one side (the rule of three).</summary>
internal static class WilsonInterval
{
    private const double Z = 1.959963984540054;

    public static Estimate Of(long errors, long trials)
    {
        double share = (double)errors / trials, square = Z * Z;
        double middle = (share + (square / (2.0 * trials))) / (1 + (square / trials));
        double half = Z / (1 + (square / trials)) * Math.Sqrt((share * (1 - share) / trials) + (square / (4.0 * trials * trials)));
        return errors == 0 || errors == trials
            ? RuleOfThree.Widen(new Estimate(share, share, share), trials)
            : new Estimate(share, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
