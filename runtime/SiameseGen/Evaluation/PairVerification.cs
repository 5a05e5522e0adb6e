using System.Globalization;

namespace SiameseGen.Evaluation;

/// <summary>Verification: are two examples of the same class? Scores pairs of examples of classes that training has not seen.</summary>
public static class PairVerification
{
    private const int MostRandomPairs = 500_000_000;

    /// <summary>Scores every pair of examples.</summary>
    /// <param name="examples">The examples; n of them have n·(n−1)/2 pairs, which take about 24 bytes each.</param>
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

    /// <summary>Scores as many random similar as dissimilar pairs.</summary>
    /// <remarks>
    /// Similar pairs: a random example and a random other one of its class. Dissimilar pairs: a random example and a random one of another class.
    /// The same pair may be drawn more than once.
    /// </remarks>
    /// <param name="examples">The examples.</param>
    /// <param name="pairs">Pairs of each kind, 1 to 500 million.</param>
    /// <param name="seed">Equal seeds draw equal pairs.</param>
    /// <param name="withinGroups">Whether dissimilar pairs are of one group, such as two characters of one alphabet: harder.</param>
    /// <exception cref="ArgumentException">There is no such similar or dissimilar pair.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pairs"/> is 0 or less, or more than 500 million.</exception>
    public static PairScores RandomPairs(EmbeddedExamples examples, int pairs = 10_000, int seed = 0, bool withinGroups = false)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pairs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pairs, MostRandomPairs);
        float[] distances = new float[2 * pairs];
        int[] lefts = new int[2 * pairs], rights = new int[2 * pairs];
        var draw = new PairDraw(examples.Classes, withinGroups ? examples.Groups : default, nameof(examples));
        var random = new CounterRandom((ulong)(uint)seed, CounterRandom.Purpose.Evaluation, 0);
        for (int i = 0; i < pairs; i++)
        {
            Take(2 * i, draw.Similar(ref random));
            Take((2 * i) + 1, draw.Dissimilar(ref random));
        }

        string where = withinGroups ? " within groups" : "";
        return PairScores.OfSubjects(
            distances, lefts, rights, string.Create(CultureInfo.InvariantCulture, $"{pairs:#,0} similar and {pairs:#,0} dissimilar random pairs{where}, seed {seed}"));

        void Take(int pair, (int Left, int Right) examplesOfPair)
        {
            (int left, int right) = examplesOfPair;
            (lefts[pair], rights[pair]) = (examples.Classes[left], examples.Classes[right]);
            distances[pair] = examples.Distance(left, right);
        }
    }
}
