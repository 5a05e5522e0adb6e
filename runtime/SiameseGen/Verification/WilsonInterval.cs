using SiameseGen.Evaluation;

namespace SiameseGen.Verification;

/// <summary>The 95 % interval of a share of independent trials (Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927): sound for few errors, and for none.</summary>
internal static class WilsonInterval
{
    private const double Z = 1.959963984540054;

    public static Estimate Of(int errors, int trials)
    {
        double share = (double)errors / trials, square = Z * Z;
        double middle = (share + (square / (2 * trials))) / (1 + (square / trials));
        double half = Z / (1 + (square / trials)) * Math.Sqrt((share * (1 - share) / trials) + (square / (4.0 * trials * trials)));
        return new Estimate(share, errors == 0 ? 0 : Math.Max(0, middle - half), errors == trials ? 1 : Math.Min(1, middle + half));
    }
}
