using System.Globalization;
using SiameseGen.Sampling;

namespace SiameseGen.Evaluation;

/// <summary>Verification: are two examples of the same class? Scores pairs of examples of classes that training has not seen.</summary>
public static class PairVerification
{
    private const int MostRandomPairs = 500_000_000;

    /// <summary>Scores every pair of examples.</summary>
    /// <param name="examples">The examples; n of them have n·(n−1)/2 pairs, which take about 25 bytes each, and three times as many while the curve is made.</param>
    /// <exception cref="ArgumentException">There is no similar or no dissimilar pair, or there are more than 50 million pairs.</exception>
    public static PairScores AllPairs(EmbeddedExamples examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        const long most = 50_000_000;
        long pairs = (long)examples.Count * (examples.Count - 1) / 2;
        if (pairs > most)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{examples.Count} examples have {pairs:#,0} pairs, more than {most:#,0}. Use RandomPairs."),
                nameof(examples));
        }

        float[] distances = new float[pairs];
        int[] lefts = new int[pairs], rights = new int[pairs];
        int count = 0, similar = 0;
        for (int left = 0; left < examples.Count; left++)
        {
            for (int right = left + 1; right < examples.Count; right++)
            {
                (lefts[count], rights[count]) = (examples.Classes[left], examples.Classes[right]);
                similar += lefts[count] == rights[count] ? 1 : 0;
                distances[count++] = examples.Distance(left, right);
            }
        }

        if (similar == 0 || similar == pairs)
        {
            throw new ArgumentException(
                similar == 0 ? "No class has two examples, so that there is no similar pair. Give classes a second example each." : "All examples are of one class, so that there is no dissimilar pair.", nameof(examples));
        }

        return PairScores.OfSubjects(
            distances, lefts, rights, string.Create(CultureInfo.InvariantCulture, $"all pairs: {similar:#,0} similar, {pairs - similar:#,0} dissimilar"));
    }

    /// <summary>Scores every pair of some examples of each class.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="mostOfClass">Most examples of a class; of one that has more they are taken evenly.</param>
    internal static PairScores AllPairs(EmbeddedExamples examples, int mostOfClass)
    {
        List<int> taken = [];
        foreach (IGrouping<int, int> members in Enumerable.Range(0, examples.Count).GroupBy(example => examples.Classes[example]))
        {
            int[] all = [.. members];
            int count = Math.Min(all.Length, mostOfClass);
            taken.AddRange(Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Length / count)]));
        }

        PairScores scores = AllPairs(EmbeddedExamples.ByDistance((left, right) => examples.Distance(taken[left], taken[right]), [.. taken.Select(example => examples.Classes[example])]));
        return scores.WithProtocol(string.Create(CultureInfo.InvariantCulture, $"of up to {mostOfClass:#,0} examples a class {scores.Protocol}"));
    }

    /// <summary>Scores random pairs of each kind, none of them twice.</summary>
    /// <remarks>
    /// Each similar pair is as likely as any other, and so is each dissimilar one: what <see cref="AllPairs(EmbeddedExamples)"/> gives, estimated from a part of them. Where there are no more of a kind than are asked for, all of them are taken: a pair that was
    /// drawn again would count as a trial without being one.
    /// </remarks>
    /// <param name="examples">The examples.</param>
    /// <param name="pairs">Pairs of each kind, 1 to 500 million; fewer where there are not as many.</param>
    /// <param name="seed">Equal seeds draw equal pairs.</param>
    /// <param name="withinGroups">Whether dissimilar pairs are of one group, such as two characters of one alphabet: harder.</param>
    /// <exception cref="ArgumentException">There is no such similar or dissimilar pair.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pairs"/> is 0 or less, or more than 500 million.</exception>
    public static PairScores RandomPairs(EmbeddedExamples examples, int pairs = 10_000, int seed = 0, bool withinGroups = false)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pairs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pairs, MostRandomPairs);
        var all = new PairDraw(examples.Classes, withinGroups ? examples.Groups : default, nameof(examples));
        int similar = (int)Math.Min(pairs, all.Similar), dissimilar = (int)Math.Min(pairs, all.Dissimilar);
        float[] distances = new float[similar + dissimilar];
        int[] lefts = new int[distances.Length], rights = new int[distances.Length];
        var random = new CounterRandom((ulong)(uint)seed, CounterRandom.Purpose.Evaluation, 0);
        Permutation ofSimilar = new(all.Similar, ref random), ofDissimilar = new(all.Dissimilar, ref random);
        for (int i = 0; i < similar; i++)
            Take(i, all.SimilarPair(ofSimilar[i]));
        for (int i = 0; i < dissimilar; i++)
            Take(similar + i, all.DissimilarPair(ofDissimilar[i]));
        string where = withinGroups ? " within groups" : "";
        return PairScores.OfSubjects(
            distances, lefts, rights,
            string.Create(CultureInfo.InvariantCulture, $"{similar:#,0} of {all.Similar:#,0} similar and {dissimilar:#,0} of {all.Dissimilar:#,0} dissimilar pairs{where} at random, seed {seed}"));

        void Take(int pair, (int Left, int Right) examplesOfPair)
        {
            (int left, int right) = examplesOfPair;
            (lefts[pair], rights[pair]) = (examples.Classes[left], examples.Classes[right]);
            distances[pair] = examples.Distance(left, right);
        }
    }
}
