using System.Globalization;
using System.Text;
using SiameseGen.Data;
using SiameseGen.Losses;

namespace SiameseGen.Sampling;

/// <summary>What a sampler has used of a set in some epochs: how often each example, class and group, and which of all pairs.</summary>
/// <remarks>
/// A pair is two examples that a loss compares: those of a pair, the anchor and the positive or the negative of a triplet, any two of a batch of classes. Which of the two comes first makes no difference.
/// </remarks>
public sealed class CoverageReport
{
    private CoverageReport(IExampleSet examples, int[] uses, PairTally pairs, int batches)
    {
        int[] classes = examples.Classes.ToArray(), groups = examples.Groups.ToArray();
        ExampleUses = uses;
        Batches = batches;
        Examples = UseCount.Of(uses);
        Classes = UseCount.Of(Sum(uses, classes));
        Groups = UseCount.Of(Sum(uses, groups));
        SimilarPairs = new PairCount(PossibleSimilar(classes), pairs.SimilarSeen, pairs.SimilarUses);
        DissimilarPairs = new PairCount(((long)classes.Length * (classes.Length - 1) / 2) - SimilarPairs.Possible, pairs.DissimilarSeen, pairs.DissimilarUses);
    }

    /// <summary>Batches looked at.</summary>
    public int Batches { get; }

    /// <summary>How often each example was used.</summary>
    public IReadOnlyList<int> ExampleUses { get; }

    /// <summary>Examples by how often they were used.</summary>
    public UseCount Examples { get; }

    /// <summary>Classes by how often their examples were used.</summary>
    public UseCount Classes { get; }

    /// <summary>Groups by how often their examples were used.</summary>
    public UseCount Groups { get; }

    /// <summary>Pairs of one class.</summary>
    public PairCount SimilarPairs { get; }

    /// <summary>Pairs of two classes.</summary>
    public PairCount DissimilarPairs { get; }

    /// <summary>Looks at all batches of some epochs.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="examples">What its items are indices into.</param>
    /// <param name="epoch">The first epoch, from 0.</param>
    /// <param name="epochs">How many epochs, 1 or more.</param>
    /// <returns>What they use.</returns>
    /// <remarks>Which pairs have been seen takes a bit a pair of the set at most, or 16 bytes or more a pair seen where that is too much.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epoch"/> is negative, or <paramref name="epochs"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">The sampler is of other examples.</exception>
    public static CoverageReport Of(IBatchSampler sampler, IExampleSet examples, int epoch = 0, int epochs = 1)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        int[] uses = new int[examples.Count];
        var pairs = new PairTally(examples.Count);
        var batch = new Batch(sampler.Structure, sampler.BatchSize);
        for (int at = epoch; at < epoch + epochs; at++)
        {
            for (int index = 0; index < sampler.BatchesPerEpoch; index++)
            {
                sampler.Fill(batch, at, index);
                Check(batch, examples);
                foreach (int item in batch.Items)
                    uses[item]++;
                pairs.Add(batch);
            }
        }

        return new CoverageReport(examples, uses, pairs, checked(epochs * sampler.BatchesPerEpoch));
    }

    /// <summary>A table of it, with a point as decimal separator in every culture.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line(text, $"{Batches} batches");
        Line(text, $"{"",-17}{"there are",12}{"used",12}{"never",12}{"fewest",8}{"most",8}{"mean",10}");
        foreach ((string what, UseCount count) in new[] { ("examples", Examples), ("classes", Classes), ("groups", Groups) })
            Line(text, $"{what,-17}{count.Count,12}{count.Used,12}{count.Never,12}{count.Fewest,8}{count.Most,8}{count.Mean,10:F2}");
        Line(text, $"{"",-17}{"possible",12}{"seen",12}{"never",12}{"share",8}{"again",12}");
        foreach ((string what, PairCount count) in new[] { ("similar pairs", SimilarPairs), ("dissimilar pairs", DissimilarPairs) })
            Line(text, $"{what,-17}{count.Possible,12}{count.Seen,12}{count.Possible - count.Seen,12}{100 * count.Share,7:F1}%{count.Again,12}");
        return text.ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static void Check(Batch batch, IExampleSet examples)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            int item = batch.Items[i];
            if ((uint)item >= (uint)examples.Count || examples.Classes[item] != batch.Classes[i])
                throw new ArgumentException($"The sampler gives item {item} with class {batch.Classes[i]}, which these {examples.Count} examples have not. Give those that it was made with.", nameof(examples));
        }
    }

    private static long[] Sum(int[] uses, int[] numbers)
    {
        int[] different = [.. numbers.Distinct().Order()];
        long[] sums = new long[different.Length];
        for (int i = 0; i < uses.Length; i++)
            sums[Array.BinarySearch(different, numbers[i])] += uses[i];
        return sums;
    }

    private static long PossibleSimilar(int[] classes) => classes.CountBy(number => number).Sum(entry => (long)entry.Value * (entry.Value - 1) / 2);
}

/// <summary>How often things were used.</summary>
/// <param name="Count">Things there are.</param>
/// <param name="Used">Of these, used at least once.</param>
/// <param name="Fewest">Uses of the least used.</param>
/// <param name="Most">Uses of the most used.</param>
/// <param name="Uses">Uses of all together.</param>
public readonly record struct UseCount(int Count, int Used, long Fewest, long Most, long Uses)
{
    /// <summary>Things never used.</summary>
    public int Never => Count - Used;

    /// <summary>Uses of one on average.</summary>
    public double Mean => (double)Uses / Math.Max(Count, 1);

    internal static UseCount Of(long[] uses) => uses.Length == 0 ? default : new(uses.Length, uses.Count(count => count > 0), uses.Min(), uses.Max(), uses.Sum());

    internal static UseCount Of(int[] uses) => Of(Array.ConvertAll(uses, count => (long)count));
}

/// <summary>Which pairs were seen.</summary>
/// <param name="Possible">Pairs there are.</param>
/// <param name="Seen">Of these, seen at least once.</param>
/// <param name="Uses">How often any was seen; equal to <paramref name="Seen"/> when none was seen twice.</param>
public readonly record struct PairCount(long Possible, long Seen, long Uses)
{
    /// <summary>The share of all pairs that was seen, from 0 to 1.</summary>
    public double Share => Possible == 0 ? 0 : (double)Seen / Possible;

    /// <summary>Times that a pair was seen which had been seen before.</summary>
    public long Again => Uses - Seen;
}
