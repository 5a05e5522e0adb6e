using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Sampling;

public class PairAndTripletTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(100)]
    public void Every_example_is_first_in_exactly_one_pair_an_epoch(int pairs)
    {
        ExampleSet set = Labelled.OfSizes(5, 4, 7, 12, 1, 11);
        var sampler = new PairSampler(set, pairs, 3);
        for (int epoch = 0; epoch < 4; epoch++)
        {
            int[] firsts = [.. sampler.Epoch(epoch).SelectMany(batch => batch.Items[..pairs].ToArray())];
            Assert.Equal(sampler.BatchesPerEpoch * pairs, firsts.Length);
            Assert.InRange(firsts.Length, set.Count, set.Count + pairs - 1);
            Assert.Equal(Enumerable.Range(0, set.Count), firsts[..set.Count].Order());
            Assert.Equal(firsts[..(firsts.Length - set.Count)].Take(set.Count), firsts[set.Count..].Take(set.Count));
        }
    }

    [Theory]
    [InlineData(0.5, 8, 4)]
    [InlineData(0.25, 8, 2)]
    [InlineData(0.5, 7, 4)]
    [InlineData(0.01, 8, 1)]
    [InlineData(0.99, 8, 7)]
    public void Every_batch_has_its_share_of_similar_pairs_and_labels_are_true(double share, int pairs, int similar)
    {
        ExampleSet set = Labelled.OfSizes(5, 4, 7, 12, 2, 11);
        foreach (Batch batch in new PairSampler(set, pairs, 3) { SimilarShare = share }.Epoch(1))
        {
            for (int i = 0; i < pairs; i++)
            {
                int first = batch.Items[i], second = batch.Items[pairs + i];
                Assert.NotEqual(first, second);
                Assert.Equal(batch.PairLabels[i] is PairLabel.Similar, set.Classes[first] == set.Classes[second]);
            }

            Assert.Equal(similar, batch.PairLabels.Count(PairLabel.Similar));
        }
    }

    [Fact]
    public void Examples_that_are_alone_get_dissimilar_partners()
    {
        ExampleSet set = Labelled.OfSizes(1, 1, 1, 1, 1, 1, 2);
        var sampler = new PairSampler(set, 8, 3);
        Batch batch = Assert.Single(sampler.Epoch(0));
        Assert.Equal(2, batch.PairLabels.Count(PairLabel.Similar));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(60)]
    public void Every_example_with_a_partner_is_anchor_of_exactly_one_triplet_an_epoch(int triplets)
    {
        ExampleSet set = Labelled.OfSizes(5, 1, 7, 12, 2, 11);
        var sampler = new TripletSampler(set, triplets, 3);
        int[] sizes = Labelled.Sizes(set);
        int[] expected = [.. Enumerable.Range(0, set.Count).Where(i => sizes[set.Classes[i]] > 1)];
        for (int epoch = 0; epoch < 4; epoch++)
        {
            List<Batch> batches = sampler.Epoch(epoch);
            int[] anchors = [.. batches.SelectMany(batch => batch.Items[..triplets].ToArray())];
            Assert.Equal(expected, anchors[..expected.Length].Order());
            Assert.InRange(anchors.Length, expected.Length, expected.Length + triplets - 1);
            foreach (Batch batch in batches)
            {
                for (int i = 0; i < triplets; i++)
                {
                    int anchor = batch.Items[i], positive = batch.Items[triplets + i], negative = batch.Items[(2 * triplets) + i];
                    Assert.NotEqual(anchor, positive);
                    Assert.Equal(set.Classes[anchor], set.Classes[positive]);
                    Assert.NotEqual(set.Classes[anchor], set.Classes[negative]);
                }
            }
        }
    }

    // Small enough that every possible partner has to turn up.
    [Fact]
    public void Every_partner_is_possible()
    {
        ExampleSet set = Labelled.OfSizes(3, 2, 4);
        var sampler = new TripletSampler(set, 9, 3);
        var positives = new HashSet<(int, int)>();
        var negatives = new HashSet<(int, int)>();
        for (int epoch = 0; epoch < 200; epoch++)
        {
            Batch batch = sampler.Batch(epoch, 0);
            for (int i = 0; i < 9; i++)
            {
                positives.Add((batch.Items[i], batch.Items[9 + i]));
                negatives.Add((batch.Items[i], batch.Items[18 + i]));
            }
        }

        Assert.Equal((3 * 2) + (2 * 1) + (4 * 3), positives.Count);
        Assert.Equal((3 * 6) + (2 * 7) + (4 * 5), negatives.Count);
    }

    [Fact]
    public void Too_small_or_too_large_a_batch_is_refused()
    {
        ExampleSet set = Labelled.OfSizes(3, 3);
        Assert.Contains("2 pairs at least", Assert.Throws<ArgumentOutOfRangeException>(() => new PairSampler(set, 1, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TripletSampler(set, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairSampler(set, 4, 0) { SimilarShare = 1 });
        Assert.Contains(
            "1073741823 pairs at most", Assert.Throws<ArgumentOutOfRangeException>(() => new PairSampler(set, 1 << 30, 0)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "715827882 triplets at most", Assert.Throws<ArgumentOutOfRangeException>(() => new TripletSampler(set, 1 << 30, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairSampler(set, 4, 0) { SimilarShare = double.NaN });
    }
}
