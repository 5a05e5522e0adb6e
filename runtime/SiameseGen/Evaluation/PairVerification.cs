using System.Globalization;

namespace SiameseGen.Evaluation;

/// <summary>Verification: are two examples of the same class? Scores pairs of examples of classes that training has not seen.</summary>
public static class PairVerification
{
    private const int MostRandomPairs = 500_000_000;

    /// <summary>Scores every pair of examples.</summary>
    /// <remarks>
    /// Pairs are computed whenever they are counted, tile by tile, and not kept: memory does not grow with the square of the examples. Figures and intervals of the scores read the examples again, which must not change in between; distances that
    /// were given as a function are asked for on one thread, and more than once where there are more than four million pairs.
    /// </remarks>
    /// <param name="examples">The examples; n of them have n·(n−1)/2 pairs.</param>
    /// <param name="progress">Told the share of the work that is done, 0 to 1, where there are more than four million pairs; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ArgumentException">There is no similar or no dissimilar pair, a distance is not finite, or there are more than 4 million examples.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was asked for.</exception>
    public static PairScores AllPairs(EmbeddedExamples examples, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(examples);
        return AllPairs(examples, "", progress, cancellationToken);
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

        return AllPairs(examples.Some([.. taken]), string.Create(CultureInfo.InvariantCulture, $"of up to {mostOfClass:#,0} examples a class "), null, default);
    }

    /// <summary>Scores random pairs of each kind, none of them twice.</summary>
    /// <remarks>
    /// Each similar pair is as likely as any other, and so is each dissimilar one: what <see cref="AllPairs(EmbeddedExamples, IProgress{double}?, CancellationToken)"/> gives, estimated from a part of them. Where there are no more of a kind than are asked for, all of
    /// them are taken: a pair that was drawn again would count as a trial without being one. More than four million of them are drawn and computed whenever they are counted, and not kept; calibration and reports keep what two classes each are of, 50 bytes a pair at most.
    /// </remarks>
    /// <param name="examples">The examples.</param>
    /// <param name="pairs">Pairs of each kind, 1 to 500 million; fewer where there are not as many.</param>
    /// <param name="seed">Equal seeds draw equal pairs.</param>
    /// <param name="withinGroups">Whether dissimilar pairs are of one group, such as two characters of one alphabet: harder.</param>
    /// <exception cref="ArgumentException">There is no such similar or dissimilar pair, or a distance is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pairs"/> is 0 or less, or more than 500 million.</exception>
    public static PairScores RandomPairs(EmbeddedExamples examples, int pairs = 10_000, int seed = 0, bool withinGroups = false)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pairs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pairs, MostRandomPairs);
        var drawn = new RandomPairsOfExamples(examples, pairs, seed, withinGroups);
        return new PairScores(ListedPairs.KeptIfFew(drawn, default), drawn.Words, examples);
    }

    private static PairScores AllPairs(EmbeddedExamples examples, string which, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var all = new AllPairsOfExamples(examples);
        string words = string.Create(CultureInfo.InvariantCulture, $"{which}all pairs: {all.Similar:#,0} similar, {all.Count - all.Similar:#,0} dissimilar");
        return new PairScores(ListedPairs.KeptIfFew(all, cancellationToken), words, examples, progress, cancellationToken);
    }
}
