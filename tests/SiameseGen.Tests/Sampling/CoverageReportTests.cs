using System.Globalization;
using SiameseGen.Data;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Sampling;

public class CoverageReportTests
{
    private static readonly ExampleSet Set = Labelled.OfGroups([5, 4, 7], [6, 4, 5, 8]);

    [Fact]
    public void Uses_and_pairs_are_counted_as_the_batches_have_them()
    {
        // Examples 0 and 1 are of class 0, 2 and 3 of class 1, 4 of class 2.
        ExampleSet set = new ExampleSetBuilder(1).Add([0], "a", "x").Add([0], "a", "x").Add([0], "b", "x").Add([0], "b", "x").Add([0], "c", "y").Build();
        CoverageReport pairs = CoverageReport.Of(new Fixed(set, BatchStructure.Pairs, [0, 0, 1, 2], [2, 1, 0, 3]), set);
        Assert.Equal([4, 2, 2, 0, 0], CoverageReport.Of(new Fixed(set, BatchStructure.Pairs, [0, 0, 1, 2], [0, 0, 1, 2]), set).ExampleUses);
        Assert.Equal([3, 2, 2, 1, 0], pairs.ExampleUses);
        Assert.Equal(new UseCount(5, 4, 0, 3, 8), pairs.Examples);
        Assert.Equal(new UseCount(3, 2, 0, 5, 8), pairs.Classes);
        Assert.Equal(new UseCount(2, 1, 0, 8, 8), pairs.Groups);

        // Items 0 and 2 of a batch are a pair: (0, 1), (0, 2), then (2, 0), (1, 3).
        Assert.Equal(new PairCount(2, 1, 1), pairs.SimilarPairs);
        Assert.Equal(new PairCount(8, 2, 3), pairs.DissimilarPairs);
        Assert.Equal(1, pairs.DissimilarPairs.Again);

        CoverageReport triplets = CoverageReport.Of(new Fixed(set, BatchStructure.Triplets, [0, 1, 2], [2, 3, 4]), set);
        Assert.Equal(new PairCount(2, 2, 2), triplets.SimilarPairs);
        Assert.Equal(new PairCount(8, 2, 2), triplets.DissimilarPairs);

        CoverageReport classes = CoverageReport.Of(new Fixed(set, BatchStructure.Classes, [0, 1, 2, 4], [0, 1, 2, 3]), set);
        Assert.Equal(new PairCount(2, 2, 3), classes.SimilarPairs);
        Assert.Equal(new PairCount(8, 7, 9), classes.DissimilarPairs);
        Assert.Equal(2, classes.Batches);
    }

    [Theory]
    [MemberData(nameof(SamplerTests.All), MemberType = typeof(SamplerTests))]
    public void The_report_agrees_with_lists_of_all_pairs(string kind)
    {
        IBatchSampler sampler = SamplerTests.Make(kind, 5);
        CoverageReport report = CoverageReport.Of(sampler, Set, epoch: 1, epochs: 2);
        List<Batch> batches = [.. sampler.Epoch(1), .. sampler.Epoch(2)];
        List<(int Low, int High)> pairs = [.. batches.SelectMany(Pairs)];
        Assert.Equal(batches.Count, report.Batches);
        Assert.Equal(Labelled.Counts(batches.SelectMany(batch => batch.Items.ToArray()), Set.Count), report.ExampleUses);
        ILookup<bool, (int Low, int High)> similar = pairs.ToLookup(pair => Set.Classes[pair.Low] == Set.Classes[pair.High]);
        Assert.Equal((similar[true].Count(), similar[true].Distinct().Count()), (report.SimilarPairs.Uses, report.SimilarPairs.Seen));
        Assert.Equal((similar[false].Count(), similar[false].Distinct().Count()), (report.DissimilarPairs.Uses, report.DissimilarPairs.Seen));
    }

    // What the samplers' documentation promises, exactly.
    [Fact]
    public void Promised_coverage_is_exact()
    {
        int[] sizes = [.. Enumerable.Repeat(20, 15)];
        ExampleSet even = Labelled.OfSizes(sizes);
        CoverageReport classes = CoverageReport.Of(new ClassBalancedSampler(even, 5, 4, 3), even, epoch: 2);
        Assert.Equal(new UseCount(300, 300, 1, 1, 300), classes.Examples);
        Assert.Equal(new UseCount(15, 15, 20, 20, 300), classes.Classes);
        Assert.Equal(15 * 5 * 6, classes.SimilarPairs.Seen);

        CoverageReport pairs = CoverageReport.Of(new PairSampler(even, 30, 3), even);
        Assert.Equal(300, pairs.SimilarPairs.Uses + pairs.DissimilarPairs.Uses);
        Assert.Equal(150, pairs.SimilarPairs.Uses);
        Assert.Equal(0, pairs.Examples.Never);

        CoverageReport triplets = CoverageReport.Of(new TripletSampler(even, 30, 3), even);
        Assert.Equal((300, 300), (triplets.SimilarPairs.Uses, triplets.DissimilarPairs.Uses));
        Assert.Equal(0, triplets.Examples.Never);
    }

    [Fact]
    public void It_prints_the_same_in_every_culture()
    {
        ExampleSet even = Labelled.OfSizes(4, 4, 4);
        CoverageReport report = CoverageReport.Of(new ClassBalancedSampler(even, 3, 4, 3), even);
        CultureInfo before = CultureInfo.CurrentCulture;
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.Equal(
                """
                1 batches
                                    there are        used       never  fewest    most      mean
                examples                   12          12           0       1       1      1.00
                classes                     3           3           0       4       4      4.00
                groups                      1           1           0      12      12     12.00
                                     possible        seen       never   share       again
                similar pairs              18          18           0  100.0%           0
                dissimilar pairs           48          48           0  100.0%           0

                """,
                report.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Other_examples_than_the_samplers_are_refused()
    {
        IBatchSampler sampler = SamplerTests.Make("pairs", 5);
        Assert.Contains("made with", Assert.Throws<ArgumentException>(() => CoverageReport.Of(sampler, Labelled.OfSizes(3, 3))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => CoverageReport.Of(sampler, Set, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoverageReport.Of(sampler, Set, 0, 0));
    }

    [Fact]
    public void Pairs_of_a_set_too_large_for_bits_are_counted_alike()
    {
        var large = new PairTally(1_000_000);
        var small = new PairTally(Set.Count);
        foreach (Batch batch in SamplerTests.Make("classes", 5).Epoch(0))
        {
            large.Add(batch);
            small.Add(batch);
        }

        Assert.Equal((small.SimilarSeen, small.SimilarUses, small.DissimilarSeen, small.DissimilarUses), (large.SimilarSeen, large.SimilarUses, large.DissimilarSeen, large.DissimilarUses));
    }

    internal static IEnumerable<(int Low, int High)> Pairs(Batch batch)
    {
        int[] items = batch.Items.ToArray();
        int third = items.Length / 3, half = items.Length / 2;
        IEnumerable<(int, int)> places = batch.Structure switch
        {
            BatchStructure.Pairs => Enumerable.Range(0, half).Select(i => (i, i + half)),
            BatchStructure.Triplets => Enumerable.Range(0, third).SelectMany(i => new[] { (i, i + third), (i, i + (2 * third)) }),
            _ => from i in Enumerable.Range(0, items.Length) from j in Enumerable.Range(0, i) select (i, j),
        };
        return places.Select(place => (items[place.Item1], items[place.Item2])).Select(pair => (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2)));
    }

    private sealed class Fixed(IExampleSet examples, BatchStructure structure, params int[][] batches) : IBatchSampler
    {
        public BatchStructure Structure => structure;

        public int BatchSize => batches[0].Length;

        public int BatchesPerEpoch => batches.Length;

        public void Fill(Batch batch, int epoch, int index)
        {
            batch.Count = batches[index].Length;
            batches[index].CopyTo(batch.Items);
            SamplerChecks.Label(batch, examples);
            batch.PairLabels.Clear();
        }
    }
}
