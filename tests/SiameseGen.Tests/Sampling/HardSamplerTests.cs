using SiameseGen.Data;
using SiameseGen.Mining;
using SiameseGen.Sampling;
using SiameseGen.Search;
using SiameseGen.Tests.Mining;
using Xunit;

namespace SiameseGen.Tests.Sampling;

/// <summary>The samplers that look at embeddings. Those of the tests are random points, so that no class is a cluster.</summary>
public class HardSamplerTests
{
    private static readonly ExampleSet Set = Labelled.OfSizes([.. Enumerable.Range(0, 30).Select(i => 4 + (i % 5)), 1]);
    private static readonly EmbeddingMatrix Embeddings = HardNegativesTests.Points(Set.Count);

    public static TheoryData<string> All() => ["triplets", "classes"];

    [Theory]
    [MemberData(nameof(All))]
    public void Mined_batches_are_harder(string kind)
    {
        IMiningSampler sampler = Make(kind);
        double before = MeanOfHard(sampler);
        sampler.Mine(Embeddings, DistanceMetric.Euclidean, cancellationToken: TestContext.Current.CancellationToken);
        double after = MeanOfHard(sampler);
        Assert.InRange(after, 0, 0.85 * before);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Batches_are_as_reproducible_and_as_well_formed_as_others(string kind)
    {
        IMiningSampler sampler = Make(kind), other = Make(kind);
        foreach (IMiningSampler each in new[] { sampler, other })
            each.Mine(Embeddings, DistanceMetric.Euclidean, cancellationToken: TestContext.Current.CancellationToken);
        for (int number = (2 * sampler.BatchesPerEpoch) - 1; number >= 0; number -= 3)
            Assert.Equal(SamplerTests.Content(sampler.Batch(number / sampler.BatchesPerEpoch, number % sampler.BatchesPerEpoch)), SamplerTests.Content(other.Batch(number / other.BatchesPerEpoch, number % other.BatchesPerEpoch)));
        foreach (Batch batch in sampler.Epoch(1))
        {
            for (int i = 0; i < batch.Count; i++)
                Assert.Equal(Set.Classes[batch.Items[i]], batch.Classes[i]);
            if (kind == "classes")
            {
                Assert.Equal(18, batch.Items.ToArray().Distinct().Count());
                for (int i = 0; i < 18; i += 3)
                    Assert.Single(batch.Classes.Slice(i, 3).ToArray().Distinct());
                Assert.Equal(6, batch.Classes.ToArray().Distinct().Count());
            }
            else
            {
                for (int i = 0; i < 10; i++)
                {
                    Assert.Equal(batch.Classes[i], batch.Classes[10 + i]);
                    Assert.NotEqual(batch.Classes[i], batch.Classes[20 + i]);
                }
            }
        }

        var reused = new Batch(sampler.Structure, sampler.BatchSize);
        int epoch = 0;
        Assert.Equal(0, Allocation.Least(() => sampler.Fill(reused, epoch++, 0)));
    }

    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(1, 10)]
    [InlineData(0, 0)]
    public void A_share_of_triplets_has_one_of_the_closest_negatives(double share, int hard)
    {
        var sampler = new HardTripletSampler(Set, 10, 3, new HardNegativeOptions { PerExample = 3 }) { HardShare = share };
        sampler.Mine(Embeddings, DistanceMetric.Euclidean, cancellationToken: TestContext.Current.CancellationToken);
        foreach (Batch batch in sampler.Epoch(0))
        {
            for (int i = 0; i < hard; i++)
                Assert.Contains(batch.Items[20 + i], Indices(sampler.Negatives!.Of(batch.Items[i])));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_class_leads_exactly_as_often_as_its_examples_need_and_brings_its_closest_negatives(int leaders)
    {
        var sampler = new HardClassSampler(Set, 6, 3, 3) { Leaders = leaders };
        sampler.Mine(Embeddings, DistanceMetric.Euclidean, cancellationToken: TestContext.Current.CancellationToken);
        int[] sizes = Labelled.Sizes(Set), led = new int[sizes.Length], uses = new int[Set.Count];
        foreach (Batch batch in sampler.Epoch(2))
        {
            int[] items = batch.Items.ToArray();
            HashSet<int> closest = [.. items[..(leaders * 3)].SelectMany(item => Indices(sampler.Negatives!.Of(item)))];
            for (int i = 0; i < leaders; i++)
                led[batch.Classes[i * 3]]++;
            foreach (int item in items[..(leaders * 3)])
                uses[item]++;
            for (int i = leaders; i < 6; i++)
                Assert.Contains(items[i * 3], closest);
        }

        if (leaders == 1)
        {
            Assert.Equal(sizes.Select(size => size == 1 ? 0 : (size + 2) / 3), led);
            Assert.All(Enumerable.Range(0, Set.Count), i => Assert.Equal(sizes[Set.Classes[i]] == 1, uses[i] == 0));
        }
        else
        {
            Assert.All(Enumerable.Range(0, sizes.Length), number => Assert.InRange(led[number], sizes[number] == 1 ? 0 : (sizes[number] + 2) / 3, int.MaxValue));
        }
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new HardClassSampler(Set, 31, 3, 0));
        Assert.Throws<ArgumentException>(() => new HardClassSampler(Set, 6, 5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HardClassSampler(Set, 6, 3, 0) { Leaders = 6 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HardClassSampler(Set, 6, 3, 0) { MineEvery = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HardTripletSampler(Set, 6, 0) { HardShare = 2 });
        Assert.Throws<ArgumentException>(() => new HardTripletSampler(Set, 6, 0, new HardNegativeOptions { MayBeSame = [1, 2] }));
    }

    private static IMiningSampler Make(string kind) => kind == "classes" ? new HardClassSampler(Set, 6, 3, 3) : new HardTripletSampler(Set, 10, 3);

    private static int[] Indices(ReadOnlySpan<Neighbor> neighbors) => Array.ConvertAll(neighbors.ToArray(), neighbor => neighbor.Index);

    // The mean distance of what is there to be hard: a triplet's negative to its anchor, the first example of each class that does not lead to the closest of the leaders'.
    private static double MeanOfHard(IMiningSampler sampler)
    {
        var distances = new List<double>();
        foreach (Batch batch in sampler.Epoch(0))
        {
            int[] items = batch.Items.ToArray();
            distances.AddRange(batch.Structure is BatchStructure.Triplets
                ? Enumerable.Range(0, 10).Select(i => Distance(items[i], items[20 + i]))
                : Enumerable.Range(3, 3).Select(place => items[..9].Min(leader => Distance(leader, items[place * 3]))));
        }

        return distances.Average();
    }

    private static double Distance(int one, int other) => Distances.Between(DistanceMetric.Euclidean, Embeddings.Row(one), Embeddings.Row(other));
}
