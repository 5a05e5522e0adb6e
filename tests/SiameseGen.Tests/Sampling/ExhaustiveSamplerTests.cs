using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Sampling;

public class ExhaustiveSamplerTests
{
    private static readonly ExampleSet Set = Labelled.OfGroups([5, 4, 1, 7], [6, 4, 5, 8], [3]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(4097)]
    public void A_permutation_has_every_number_once(int count)
    {
        var random = new CounterRandom(4, CounterRandom.Purpose.Sampling, 1);
        var order = new Permutation(count, ref random);
        var other = new Permutation(count, ref random);
        long[] numbers = [.. Enumerable.Range(0, count).Select(i => order[i])];
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), numbers.Order());
        if (count > 3)
            Assert.NotEqual(numbers, Enumerable.Range(0, count).Select(i => other[i]));
    }

    // The place of a number is spread evenly, and neighbours do not stay together.
    [Fact]
    public void A_permutation_is_mixed()
    {
        const int Count = 10, Orders = 20_000;
        var random = new CounterRandom(4, CounterRandom.Purpose.Sampling, 1);
        int[,] seen = new int[Count, Count];
        int neighbours = 0;
        for (int i = 0; i < Orders; i++)
        {
            var order = new Permutation(Count, ref random);
            for (int place = 0; place < Count; place++)
                seen[place, order[place]]++;
            neighbours += order[3] + 1 == order[4] ? 1 : 0;
        }

        // Each is 2,000 on average, with a deviation of 42.
        foreach (int count in seen)
            Assert.InRange(count, 1_790, 2_210);
        Assert.InRange(neighbours, 1_790, 2_210);
    }

    [Fact]
    public void A_permutation_of_very_many_numbers_stays_in_its_range()
    {
        const long Count = (1L << 61) + 12345;
        var random = new CounterRandom(4, CounterRandom.Purpose.Sampling, 1);
        var order = new Permutation(Count, ref random);
        long[] numbers = [.. Enumerable.Range(0, 1000).Select(i => order[Count - 1 - i])];
        Assert.All(numbers, number => Assert.InRange(number, 0, Count - 1));
        Assert.Equal(1000, numbers.Distinct().Count());
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(7, false)]
    [InlineData(1000, false)]
    [InlineData(5000, false)]
    [InlineData(8, true)]
    [InlineData(13, true)]
    public void Every_pair_is_seen_exactly_once_an_epoch(int pairs, bool withinGroups)
    {
        var sampler = new ExhaustivePairSampler(Set, pairs, 3, withinGroups);
        int[] all = [.. Enumerable.Range(0, Set.Count)];
        var expected = (from i in all from j in all where i < j && (!withinGroups || Set.Groups[i] == Set.Groups[j]) select (i, j)).ToArray();
        for (int epoch = 0; epoch < 3; epoch++)
        {
            List<Batch> batches = sampler.Epoch(epoch);
            Assert.Equal(expected, batches.SelectMany(CoverageReportTests.Pairs).Order());
            int[] sizes = [.. batches.Select(batch => batch.Count / 2)];
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
            Assert.InRange(sizes.Max(), 1, pairs);
            foreach (Batch batch in batches)
            {
                int half = batch.Count / 2;
                for (int i = 0; i < half; i++)
                    Assert.Equal(batch.PairLabels[i] is PairLabel.Similar, Set.Classes[batch.Items[i]] == Set.Classes[batch.Items[i + half]]);
            }
        }

        CoverageReport report = CoverageReport.Of(sampler, Set);
        Assert.Equal(sampler.PairsPerEpoch, report.SimilarPairs.Seen + report.DissimilarPairs.Seen);
        Assert.Equal((0, 0, 1), (report.SimilarPairs.Again, report.DissimilarPairs.Again, (int)report.SimilarPairs.Share));
    }

    [Fact]
    public void Similar_and_dissimilar_pairs_are_spread_evenly()
    {
        var sampler = new ExhaustivePairSampler(Set, 40, 3);
        double share = (double)CoverageReport.Of(sampler, Set).SimilarPairs.Possible / sampler.PairsPerEpoch;
        foreach (Batch batch in sampler.Epoch(1))
            Assert.InRange(batch.PairLabels.Count(PairLabel.Similar), (share * batch.Count / 2) - 1, (share * batch.Count / 2) + 1);
    }

    [Fact]
    public void With_a_share_all_similar_pairs_are_seen_and_dissimilar_ones_all_in_turn()
    {
        var sampler = new ExhaustivePairSampler(Set, 16, 3) { SimilarShare = 0.5 };
        CoverageReport one = CoverageReport.Of(sampler, Set, epoch: 4);
        Assert.Equal(one.SimilarPairs.Possible, one.SimilarPairs.Uses);
        Assert.Equal(one.SimilarPairs.Possible, one.SimilarPairs.Seen);
        Assert.Equal(one.SimilarPairs.Possible, one.DissimilarPairs.Uses);

        // So many whole epochs as fit into all dissimilar pairs repeat none; with the next one all have been seen.
        int epochs = (int)(one.DissimilarPairs.Possible / one.DissimilarPairs.Uses);
        Assert.True(epochs > 2);
        Assert.Equal(0, CoverageReport.Of(sampler, Set, 0, epochs).DissimilarPairs.Again);
        Assert.Equal(1, CoverageReport.Of(sampler, Set, 0, epochs + 1).DissimilarPairs.Share);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_triplet_is_seen_exactly_once_an_epoch(bool withinGroups)
    {
        var sampler = new ExhaustiveTripletSampler(Set, 50, 3, withinGroups) { EveryNegative = true };
        int[] all = [.. Enumerable.Range(0, Set.Count)];
        var expected = (
            from a in all
            from p in all
            where a != p && Set.Classes[a] == Set.Classes[p]
            from n in all
            where Set.Classes[a] != Set.Classes[n] && (!withinGroups || Set.Groups[a] == Set.Groups[n])
            select (a, p, n)).ToArray();
        Assert.Equal(expected, sampler.Epoch(1).SelectMany(Triplets).Order());
        Assert.Equal(expected.Length, sampler.TripletsPerEpoch);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_anchor_has_every_positive_exactly_once_and_any_negative(bool withinGroups)
    {
        var sampler = new ExhaustiveTripletSampler(Set, 50, 3, withinGroups);
        int[] all = [.. Enumerable.Range(0, Set.Count)];
        var expected = (from a in all from p in all where a != p && Set.Classes[a] == Set.Classes[p] && (!withinGroups || Set.GroupNames[Set.Groups[a]] != "group2") select (a, p)).ToArray();
        var negatives = new HashSet<(int, int)>();
        for (int epoch = 0; epoch < 150; epoch++)
        {
            (int Anchor, int Positive, int Negative)[] triplets = [.. sampler.Epoch(epoch).SelectMany(Triplets)];
            if (epoch < 3)
                Assert.Equal(expected, triplets.Select(triplet => (triplet.Anchor, triplet.Positive)).Order());
            negatives.UnionWith(triplets.Select(triplet => (triplet.Anchor, triplet.Negative)));
        }

        var possible = (
            from a in expected.Select(pair => pair.a).Distinct()
            from n in all
            where Set.Classes[a] != Set.Classes[n] && (!withinGroups || Set.Groups[a] == Set.Groups[n])
            select (a, n)).ToHashSet();
        Assert.Superset(negatives, possible);
        Assert.InRange(negatives.Count, possible.Count * 0.99, possible.Count);
    }

    // A hundred thousand examples have five thousand million pairs; only their numbers are computed.
    [Fact]
    public void A_large_set_takes_no_memory_for_its_pairs()
    {
        const int Count = 100_000;
        int[] classes = [.. Enumerable.Range(0, Count).Select(i => i % 5_000)];
        var set = new LabelsOnly(classes);
        var sampler = new ExhaustivePairSampler(set, 512, 3);
        Assert.Equal((long)Count * (Count - 1) / 2, sampler.PairsPerEpoch);
        var batch = new Batch(BatchStructure.Pairs, sampler.BatchSize);
        sampler.Fill(batch, 3, 12345);
        Assert.Equal(0, Allocation.Least(() => sampler.Fill(batch, 7, 9_000_000)));
        for (int i = 0; i < batch.Count / 2; i++)
            Assert.Equal(batch.PairLabels[i] is PairLabel.Similar, classes[batch.Items[i]] == classes[batch.Items[i + (batch.Count / 2)]]);
    }

    [Fact]
    public void What_cannot_be_is_refused_with_the_reason()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExhaustivePairSampler(Set, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExhaustivePairSampler(Set, 8, 0) { SimilarShare = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExhaustiveTripletSampler(Set, 0, 0));
        ExampleSet apart = Labelled.OfGroups([5], [4]);
        Assert.Contains("No group has two classes", Assert.Throws<ArgumentException>(() => new ExhaustivePairSampler(apart, 8, 0, withinGroups: true)).Message, StringComparison.Ordinal);
        var large = new LabelsOnly([.. Enumerable.Range(0, 100_000).Select(i => i % 5_000)]);
        Assert.Contains("more than an epoch can have", Assert.Throws<ArgumentException>(() => new ExhaustivePairSampler(large, 2, 0)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(int Anchor, int Positive, int Negative)> Triplets(Batch batch)
    {
        int[] items = batch.Items.ToArray();
        int third = items.Length / 3;
        return Enumerable.Range(0, third).Select(i => (items[i], items[i + third], items[i + (2 * third)]));
    }

    private sealed class LabelsOnly(int[] classes) : IExampleSet
    {
        private readonly int[] _groups = new int[classes.Length];

        public int Count => classes.Length;

        public int InputLength => 1;

        public ReadOnlySpan<int> Classes => classes;

        public ReadOnlySpan<int> Groups => _groups;

        public void Read(int index, Span<float> destination, ref CounterRandom random) => destination.Clear();
    }
}
