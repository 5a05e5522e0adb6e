using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Sampling;

public class SameGroupShareTests
{
    // The last group has one class, so its examples have no dissimilar one in it.
    private static readonly ExampleSet Set = Labelled.OfGroups([5, 4, 7], [6, 4, 5, 8], [6]);

    [Theory]
    [InlineData(0.25, 2)]
    [InlineData(0.5, 4)]
    [InlineData(1, 8)]
    public void A_batch_of_triplets_has_its_share_of_negatives_from_the_anchors_group(double share, int expected)
    {
        foreach (Batch batch in new TripletSampler(Set, 8, 3) { SameGroupShare = share }.Epoch(2))
        {
            int possible = Enumerable.Range(0, 8).Count(i => HasOthers(batch.Items[i])), same = 0;
            for (int i = 0; i < 8; i++)
            {
                Assert.NotEqual(batch.Classes[i], batch.Classes[16 + i]);
                same += Set.Groups[batch.Items[i]] == Set.Groups[batch.Items[16 + i]] ? 1 : 0;
            }

            Assert.InRange(same, Math.Min(expected, possible), possible);
        }
    }

    [Fact]
    public void A_batch_of_pairs_has_its_share_of_dissimilar_ones_within_a_group()
    {
        int all = 0, within = 0;
        foreach (Batch batch in new PairSampler(Set, 12, 3) { SameGroupShare = 1, SimilarShare = 0.25 }.Epoch(2))
        {
            Assert.Equal(3, batch.PairLabels.Count(PairLabel.Similar));
            for (int i = 0; i < 12; i++)
            {
                int first = batch.Items[i], second = batch.Items[12 + i];
                Assert.Equal(batch.PairLabels[i] is PairLabel.Similar, Set.Classes[first] == Set.Classes[second]);
                if (batch.PairLabels[i] is PairLabel.Dissimilar && HasOthers(first))
                {
                    all++;
                    within += Set.Groups[first] == Set.Groups[second] ? 1 : 0;
                }
            }
        }

        Assert.Equal(all, within);
        Assert.True(all > 20);
    }

    [Fact]
    public void Without_a_share_batches_are_what_they_were_and_every_negative_of_a_group_is_possible()
    {
        Assert.Equal(
            SamplerTests.Content(new TripletSampler(Set, 8, 3).Batch(0, 0)), SamplerTests.Content(new TripletSampler(Set, 8, 3) { SameGroupShare = 0 }.Batch(0, 0)));
        var sampler = new TripletSampler(Set, 39, 3) { SameGroupShare = 1 };
        var seen = new HashSet<(int, int)>();
        for (int epoch = 0; epoch < 300; epoch++)
        {
            Batch batch = sampler.Batch(epoch, 0);
            for (int i = 0; i < 39; i++)
                seen.Add((batch.Items[i], batch.Items[78 + i]));
        }

        int[] all = [.. Enumerable.Range(0, Set.Count)];
        int possible = (from a in all from n in all where Set.Groups[a] == Set.Groups[n] && Set.Classes[a] != Set.Classes[n] select 1).Count();
        Assert.Equal(possible, seen.Count(pair => Set.Groups[pair.Item1] == Set.Groups[pair.Item2]));
    }

    [Fact]
    public void A_share_that_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairSampler(Set, 8, 0) { SameGroupShare = 1.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TripletSampler(Set, 8, 0) { SameGroupShare = double.NaN });
        ExampleSet apart = Labelled.OfGroups([5], [4]);
        Assert.Contains("No group has two classes", Assert.Throws<ArgumentException>(() => new TripletSampler(apart, 4, 0) { SameGroupShare = 0.5 }).Message, StringComparison.Ordinal);
    }

    private static bool HasOthers(int example) => Set.GroupNames[Set.Groups[example]] != "group2";
}
