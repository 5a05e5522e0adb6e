using SiameseGen.Evaluation;

namespace SiameseGen.Verification;

/// <summary>
/// How often a threshold errs, with 95 % intervals, and which threshold is shown to err no more often than a rate. Where it is known whose the pairs are, each end of an interval is the widest of three: of the pairs as if they were
/// independent, of drawings of whole subjects with repetition (<see cref="DrawnCounts"/>), and of pairs of subjects that err as wholes. The first alone claims far too much, since two people who look alike do so in all their pictures;
/// drawings say little where only a few subjects err, and the third is for those.
/// </summary>
/// <remarks>Where it is not known whose the pairs are, they are taken for independent.</remarks>
/// <param name="scores">The pairs.</param>
internal sealed class ErrorRates(PairScores scores)
{
    private const int MostResamples = 2000, LeastResamples = 500, LeastUsable = 100, LeastSubjects = 3;
    private const double MostWork = 2e9, Tail = 0.025;

    // Numbers of accepted strangers that are tried: each one of the first so many, and of more those that differ by this share.
    private const long Resolution = 512;

    private readonly PairSource _pairs = scores.Pairs;
    private readonly long _strangers = scores.DissimilarPairs;

    /// <summary>Comparisons of strangers that say something of their own: of two subjects all pairs are one.</summary>
    public long IndependentStrangers => KnowsSubjects ? _pairs.PairsOfSubjects : _strangers;

    /// <summary>Whether it is known whose the pairs are.</summary>
    public bool KnowsSubjects => _pairs.KnowsSubjects;

    /// <summary>How intervals are made, in words.</summary>
    public string Words => KnowsSubjects
        ? $"95 % intervals {DrawnCounts.Words(_pairs.Subjects, Resamples)}"
        : "95 % intervals that take pairs for independent";

    // Pairs of the same subjects are counted together, a hundred times as fast.
    private int Resamples => (int)Math.Clamp(MostWork / Math.Max(IndependentStrangers, 1 + (_pairs.Count / 100)), LeastResamples, MostResamples);

    /// <summary>The shares of strangers that a threshold accepts (FMR) and of owners that it rejects (FNMR).</summary>
    /// <param name="threshold">The largest distance that is accepted.</param>
    public (Estimate FalseMatch, Estimate FalseNonMatch) At(float threshold)
    {
        (long owners, long accepted) = scores.CountUpTo(threshold);
        Estimate ofStrangers = WilsonInterval.Of(accepted, _strangers), ofOwners = WilsonInterval.Of(scores.SimilarPairs - owners, scores.SimilarPairs);
        if (!KnowsSubjects)
            return (ofStrangers, ofOwners);
        var bins = new DistanceBins([threshold]);
        double[] drawnStrangers = new double[Resamples], drawnOwners = new double[Resamples];
        DrawnCounts.Each(_pairs, bins, Resamples, (resample, similar, dissimilar) =>
        {
            drawnStrangers[resample] = dissimilar[0] / (dissimilar[0] + dissimilar[1]);
            drawnOwners[resample] = similar[1] / (similar[0] + similar[1]);
        });
        (long[] within, long[] rejected) = scores.SimilarOfSubjects(threshold);
        int subjects = within.Count(pairs => pairs > 0), erring = rejected.Count(pairs => pairs > 0);
        return (Widest(ofStrangers, Usable(drawnStrangers), AsWholes(ofStrangers.Value, _pairs.ClosestOfSubjects(bins)[0], IndependentStrangers), _pairs.Subjects, IndependentStrangers),
            Widest(ofOwners, Usable(drawnOwners), AsWholes(ofOwners.Value, erring, subjects), subjects, subjects));
    }

    /// <summary>The most generous threshold whose FMR is shown to be within a rate: the upper end of its interval is.</summary>
    /// <param name="rate">The rate.</param>
    /// <returns>Just below the closest stranger that is not accepted; null where not even a threshold that accepts none of them is shown to be within the rate.</returns>
    public float? MostGenerous(double rate)
    {
        if (RuleOfThree.High(IndependentStrangers) > rate)
            return null;
        DistanceCount[] strangers = [.. scores.Distances.Where(count => count.Dissimilar > 0)];
        (int[] ends, long[] accepted) = Candidates(strangers, (long)Math.Floor(_strangers * rate));
        bool[]? isShown = KnowsSubjects
            ? AreShown(new DistanceBins([.. ends.Select(end => strangers[end].Most)]), accepted, rate)
            : [.. accepted.Select(count => WilsonInterval.Of(count, _strangers).High <= rate)];
        if (isShown is null)
            return null;
        int best = Array.LastIndexOf(isShown, true);
        return MathF.BitDecrement(strangers[best < 0 ? 0 : ends[best] + 1].Least);
    }

    // Of errors that come in wholes, such as all pairs of two people, as many wholes go wrong as an interval says, each as much as those that do.
    private static Estimate AsWholes(double value, long erring, long wholes)
    {
        if (erring == 0)
            return new Estimate(value, value, value);
        Estimate ofWholes = WilsonInterval.Of(erring, wholes);
        return new Estimate(value, value * ofWholes.Low / ofWholes.Value, Math.Min(1, value * ofWholes.High / ofWholes.Value));
    }

    private static Estimate Widest(Estimate ofPairs, double[] drawn, Estimate ofWholes, int subjects, long independent)
    {
        // One or two subjects say nothing of others: drawings of them are all alike.
        if (subjects < LeastSubjects || drawn.Length < LeastUsable)
            return new Estimate(ofPairs.Value, 0, 1);
        double low = Math.Min(drawn[(int)(Tail * drawn.Length)], Math.Min(ofPairs.Low, ofWholes.Low));
        double high = Math.Max(drawn[(int)((1 - Tail) * drawn.Length) - 1], Math.Max(ofPairs.High, ofWholes.High));
        return RuleOfThree.Widen(new Estimate(ofPairs.Value, low, high), independent);
    }

    // Drawings without strangers or owners give no number and are left out.
    private static double[] Usable(double[] drawn) => [.. drawn.Where(double.IsFinite).Order()];

    // Where to stop accepting, with how many are accepted: at each distance, and further on at fewer of them.
    private static (int[] Ends, long[] Accepted) Candidates(DistanceCount[] strangers, long most)
    {
        List<int> ends = [];
        List<long> accepted = [];
        long count = 0;
        for (int i = 0; i < strangers.Length && count + strangers[i].Dissimilar <= most; i++)
        {
            count += strangers[i].Dissimilar;
            long before = accepted.Count > 1 ? accepted[^2] : 0;
            if (accepted.Count > 0 && (count - before) * Resolution <= count)
            {
                (ends[^1], accepted[^1]) = (i, count);
            }
            else
            {
                ends.Add(i);
                accepted.Add(count);
            }
        }

        return ([.. ends], [.. accepted]);
    }

    // Whether the interval of the share of strangers that is accepted up to each bin ends within a rate; null where too few drawings have strangers.
    private bool[]? AreShown(DistanceBins bins, long[] accepted, double rate)
    {
        int[] drawnWithin = new int[accepted.Length];
        int usable = 0;
        DrawnCounts.Each(_pairs, bins, Resamples, (_, _, dissimilar) =>
        {
            double total = 0, sum = 0;
            foreach (double times in dissimilar)
                total += times;
            if (total == 0)
                return;
            int within = 0;
            while (within < accepted.Length && (sum += dissimilar[within]) <= rate * total)
                within++;
            lock (drawnWithin)
            {
                usable++;
                for (int bin = 0; bin < within; bin++)
                    drawnWithin[bin]++;
            }
        });
        if (usable < LeastUsable)
            return null;
        long[] closest = _pairs.ClosestOfSubjects(bins);
        bool[] areShown = new bool[accepted.Length];
        long erring = 0;
        for (int bin = 0; bin < areShown.Length; bin++)
        {
            erring += closest[bin];
            Estimate ofPairs = WilsonInterval.Of(accepted[bin], _strangers), ofWholes = AsWholes(ofPairs.Value, erring, IndependentStrangers);
            areShown[bin] = drawnWithin[bin] >= (int)((1 - Tail) * usable) && ofPairs.High <= rate && ofWholes.High <= rate;
        }

        return areShown;
    }
}
