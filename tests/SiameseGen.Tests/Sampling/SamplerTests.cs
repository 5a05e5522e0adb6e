using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Sampling;

/// <summary>What holds for every sampler.</summary>
public class SamplerTests
{
    private static readonly ExampleSet Set = Labelled.OfGroups([5, 4, 7], [6, 4, 5, 8]);

    public static TheoryData<string> All() => ["pairs", "triplets", "classes", "groups"];

    [Theory]
    [MemberData(nameof(All))]
    public void A_batch_depends_on_seed_epoch_and_index_alone(string kind)
    {
        IBatchSampler straight = Make(kind, 5), other = Make(kind, 5);
        List<int[]> expected = [.. Enumerable.Range(0, 3).SelectMany(epoch => straight.Epoch(epoch)).Select(Content)];
        int perEpoch = straight.BatchesPerEpoch;
        int[] order = [.. Enumerable.Range(0, 3 * perEpoch), 0, perEpoch, 1];
        new CounterRandom(3, CounterRandom.Purpose.Data, 0).Shuffle<int>(order);
        foreach (int number in order)
            Assert.Equal(expected[number], Content(other.Batch(number / perEpoch, number % perEpoch)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Another_seed_and_another_epoch_give_other_batches(string kind)
    {
        int[] batch = Content(Make(kind, 5).Batch(0, 0));
        Assert.NotEqual(batch, Content(Make(kind, 6).Batch(0, 0)));
        Assert.NotEqual(batch, Content(Make(kind, 5).Batch(1, 0)));
        Assert.NotEqual(batch, Content(Make(kind, 5).Batch(0, 1)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Filling_allocates_nothing_across_epochs_either(string kind)
    {
        IBatchSampler sampler = Make(kind, 5);
        var batch = new Batch(sampler.Structure, sampler.BatchSize);
        int round = 0;
        Assert.Equal(0, Allocation.Least(() =>
        {
            for (int i = 0; i < 40; i++, round++)
                sampler.Fill(batch, round / 2, round % sampler.BatchesPerEpoch);
        }));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_item_is_labelled_with_its_class(string kind)
    {
        foreach (Batch batch in Make(kind, 5).Epoch(2))
        {
            for (int i = 0; i < batch.Count; i++)
                Assert.Equal(Set.Classes[batch.Items[i]], batch.Classes[i]);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_longer_batch_is_filled_as_far_as_needed_and_a_wrong_one_refused(string kind)
    {
        IBatchSampler sampler = Make(kind, 5);
        var longer = new Batch(sampler.Structure, sampler.BatchSize + 6);
        sampler.Fill(longer, 0, 0);
        Assert.Equal(sampler.BatchSize, longer.Count);
        Assert.Equal(Content(sampler.Batch(0, 0)), Content(longer));

        Assert.Throws<ArgumentException>(() => sampler.Fill(new Batch(sampler.Structure, sampler.BatchSize - 1), 0, 0));
        BatchStructure wrong = sampler.Structure is BatchStructure.Pairs ? BatchStructure.Triplets : BatchStructure.Pairs;
        Assert.Throws<ArgumentException>(() => sampler.Fill(new Batch(wrong, 100), 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Fill(longer, -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Fill(longer, 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Fill(longer, 0, sampler.BatchesPerEpoch));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_set_without_similar_or_dissimilar_pairs_is_refused_with_the_reason(string kind)
    {
        ArgumentException oneClass = Assert.Throws<ArgumentException>(() => Make(kind, 5, Labelled.OfSizes(9)));
        Assert.Contains("two classes", oneClass.Message, StringComparison.Ordinal);
        ArgumentException alone = Assert.Throws<ArgumentException>(() => Make(kind, 5, Labelled.OfSizes(1, 1, 1)));
        Assert.Contains("None of the 3 classes has two examples", alone.Message, StringComparison.Ordinal);
    }

    internal static IBatchSampler Make(string kind, int seed, ExampleSet? set = null) => kind switch
    {
        "pairs" => new PairSampler(set ?? Set, 8, seed),
        "triplets" => new TripletSampler(set ?? Set, 8, seed),
        "classes" => new ClassBalancedSampler(set ?? Set, 4, 3, seed),
        _ => new ClassBalancedSampler(set ?? Set, 4, 3, seed) { GroupsPerBatch = set is null ? 2 : 0 },
    };

    internal static int[] Content(Batch batch) => [.. batch.Items, .. batch.Classes, .. batch.PairLabels.ToArray().Select(label => (int)label)];
}
