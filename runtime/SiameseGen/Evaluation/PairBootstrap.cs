using System.Globalization;

namespace SiameseGen.Evaluation;

/// <summary>
/// Intervals of verification figures that take whole subjects at a time: subjects are drawn with repetition; a similar pair counts as often as its subject was drawn, a dissimilar one
/// as often as its two were, times each other (Snijders and Borgatti, "Non-Parametric Standard Errors and Tests for Network Statistics", 1999; Bolle, Ratha and Pankanti, "Error Analysis of Pattern Recognition Systems: the Subsets Bootstrap", 2004).
/// </summary>
/// <remarks>Without subjects, each pair is one of its own: the interval then takes pairs for independent.</remarks>
internal sealed class PairBootstrap(float[] similar, float[] dissimilar, PairSubjects? subjects)
{
    private const int MostResamples = 2000, LeastResamples = 200;
    private const double MostWork = 4e9;
    private const ulong Seed = 95;

    /// <summary>Subjects that are drawn from: of pairs without any, the pairs.</summary>
    public int Subjects { get; } = subjects?.Count ?? similar.Length + dissimilar.Length;

    /// <summary>How often they are drawn: fewer times when there are many pairs, so that it ends in minutes.</summary>
    public int Resamples { get; } = (int)Math.Clamp(MostWork / ((double)similar.Length + dissimilar.Length), LeastResamples, MostResamples);

    /// <summary>How intervals are made, in words, so that they can be made again.</summary>
    public string Words => string.Create(
        CultureInfo.InvariantCulture,
        $"bootstrap {(subjects is null ? "that takes pairs for independent" : $"over {Subjects:#,0} classes")}, {Resamples:#,0} resamples, seed {Seed}");

    /// <summary>The figures of each resample that has pairs of both kinds: the area, the equal error rate, and the FNMR at each limit on the FMR.</summary>
    /// <param name="limits">Limits on the FMR, ascending.</param>
    public double[][] Figures(double[] limits)
    {
        double[]?[] figures = new double[Resamples][];
        Parallel.For(0, Resamples, () => new int[Subjects], (resample, _, counts) =>
        {
            Array.Clear(counts);
            var random = new CounterRandom(Seed, CounterRandom.Purpose.Evaluation, (uint)resample);
            for (int i = 0; i < counts.Length; i++)
                counts[random.NextInt32(counts.Length)]++;
            figures[resample] = Figures(counts, limits);
            return counts;
        }, _ => { });
        return [.. figures.OfType<double[]>()];
    }

    /// <summary>The figures of one drawing; null where one kind of pair was not drawn.</summary>
    /// <param name="counts">How often each subject was drawn.</param>
    /// <param name="limits">Limits on the FMR, ascending.</param>
    internal double[]? Figures(int[] counts, double[] limits)
    {
        long ofSimilar = 0, ofDissimilar = 0;
        for (int i = 0; i < similar.Length; i++)
            ofSimilar += Similar(counts, i);
        for (int i = 0; i < dissimilar.Length; i++)
            ofDissimilar += Dissimilar(counts, i);
        if (ofSimilar == 0 || ofDissimilar == 0)
            return null;

        double[] figures = new double[2 + limits.Length];
        double wins = 0, falseMatch = 0, falseNonMatch = 1;
        long accepted = 0, falselyAccepted = 0;
        int near = 0, far = 0, limit = 0;
        bool crossed = false;
        while (near < similar.Length || far < dissimilar.Length)
        {
            float threshold = Math.Min(
                near < similar.Length ? similar[near] : float.PositiveInfinity, far < dissimilar.Length ? dissimilar[far] : float.PositiveInfinity);
            long equal = 0, falselyEqual = 0;
            for (; near < similar.Length && similar[near] == threshold; near++)
                equal += Similar(counts, near);
            for (; far < dissimilar.Length && dissimilar[far] == threshold; far++)
                falselyEqual += Dissimilar(counts, far);
            accepted += equal;
            falselyAccepted += falselyEqual;
            wins += equal * ((ofDissimilar - falselyAccepted) + (falselyEqual / 2.0));
            double nextMatch = (double)falselyAccepted / ofDissimilar, nextNonMatch = 1 - ((double)accepted / ofSimilar);
            for (; limit < limits.Length && nextMatch > limits[limit]; limit++)
                figures[2 + limit] = falseNonMatch;
            if (!crossed && nextMatch >= nextNonMatch)
            {
                // On the line between the two points, as RocCurve has it.
                double gap = falseNonMatch - falseMatch, passed = nextMatch - nextNonMatch;
                figures[1] = falseMatch + (gap / (gap + passed) * (nextMatch - falseMatch));
                crossed = true;
            }

            (falseMatch, falseNonMatch) = (nextMatch, nextNonMatch);
        }

        for (; limit < limits.Length; limit++)
            figures[2 + limit] = falseNonMatch;
        figures[0] = wins / ((double)ofSimilar * ofDissimilar);
        return figures;
    }

    private long Similar(int[] counts, int pair) => counts[subjects is null ? pair : subjects.OfSimilar[pair]];

    private long Dissimilar(int[] counts, int pair) => subjects is null
        ? counts[similar.Length + pair]
        : (long)counts[subjects.OfDissimilar[pair].Left] * counts[subjects.OfDissimilar[pair].Right];
}
