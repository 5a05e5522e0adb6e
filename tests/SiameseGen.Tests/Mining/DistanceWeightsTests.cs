using SiameseGen.Losses;
using SiameseGen.Mining;
using Xunit;

namespace SiameseGen.Tests.Mining;

public class DistanceWeightsTests
{
    private const int Count = 150, Draws = 10_000;
    private static readonly int[] Classes = [.. Enumerable.Range(0, Count).Select(i => i % 25)];

    [Theory]
    [InlineData(2, 0.5f, 1.4f)]
    [InlineData(3, 0.5f, 1.4f)]
    [InlineData(8, 0.3f, 1.9f)]
    [InlineData(64, 0.5f, 1.4f)]
    [InlineData(64, 0.5f, 3f)]
    [InlineData(512, 0.2f, 1.45f)]
    public void A_negative_is_drawn_with_one_over_the_density_of_its_distance(int length, float cutoff, float farthest)
    {
        LossWorkspace workspace = Forward(length);
        var miner = new DistanceWeightedMiner(cutoff, farthest);
        var weights = new DistanceWeights(Count);
        for (int item = 0; item < Count; item += 29)
        {
            var anchor = new MiningAnchor(Classes, item, workspace);
            weights.Weigh(miner, anchor);
            Assert.True(weights.Any);
            int[] drawn = new int[Count];
            for (int i = 0; i < Draws; i++)
                drawn[weights.Draw((i + 0.5f) / Draws)]++;

            double[] logarithms = new double[Count];
            for (int i = 0; i < Count; i++)
            {
                double d = Math.Clamp(anchor.Distances[i], cutoff, 1.99);
                logarithms[i] = Classes[i] != Classes[item] && anchor.Distances[i] <= farthest
                    ? ((2.0 - length) * Math.Log(d)) + ((3.0 - length) / 2 * Math.Log(1 - (d * d / 4)))
                    : double.NegativeInfinity;
            }

            double largest = logarithms.Max(), sum = logarithms.Sum(value => Math.Exp(value - largest));
            for (int i = 0; i < Count; i++)
            {
                double expected = Math.Exp(logarithms[i] - largest) / sum;
                Assert.InRange((double)drawn[i] / Draws, expected - 0.0006, expected + 0.0006);
                if (double.IsNegativeInfinity(logarithms[i]))
                    Assert.Equal(0, drawn[i]);
            }
        }
    }

    [Fact]
    public void Weights_are_new_for_another_anchor_miner_or_batch_and_none_are_left_without_negatives()
    {
        LossWorkspace workspace = Forward(8);
        var weights = new DistanceWeights(Count);
        DistanceWeightedMiner miner = new(0.5f, 1.4f), near = new(0.5f, 0.5001f);
        weights.Weigh(miner, new MiningAnchor(Classes, 3, workspace));
        int[] first = Drawn(weights);
        weights.Weigh(miner, new MiningAnchor(Classes, 4, workspace));
        Assert.NotEqual(first, Drawn(weights));
        weights.Weigh(miner, new MiningAnchor(Classes, 3, workspace));
        Assert.Equal(first, Drawn(weights));
        int[] alone = new int[Count];
        weights.Weigh(near, new MiningAnchor(alone, 3, workspace));
        Assert.False(weights.Any);
        weights.Weigh(miner, new MiningAnchor(Classes, 3, workspace));
        DistanceMatrix.Forward(DistanceMetric.Euclidean, Count, Unit(8, seed: 9), workspace);
        weights.Weigh(miner, new MiningAnchor(Classes, 3, workspace));
        Assert.NotEqual(first, Drawn(weights));
    }

    private static int[] Drawn(DistanceWeights weights) => [.. Enumerable.Range(0, 100).Select(i => weights.Draw(i / 100f))];

    private static LossWorkspace Forward(int length)
    {
        var workspace = new LossWorkspace(Count, length);
        DistanceMatrix.Forward(DistanceMetric.Euclidean, Count, Unit(length, seed: 4), workspace);
        return workspace;
    }

    // Around a few centres, so that there are close and far ones in any number of dimensions.
    private static float[] Unit(int length, ulong seed)
    {
        float[] unit = new float[Count * length];
        for (int i = 0; i < Count; i++)
        {
            CounterRandom centre = new(seed, CounterRandom.Purpose.Data, (uint)(i % 7)), own = new(seed, CounterRandom.Purpose.Data, (uint)i, 1);
            Span<float> row = unit.AsSpan(i * length, length);
            foreach (ref float value in row)
                value = centre.NextSingle(-1f, 1f) + own.NextSingle(-0.6f, 0.6f);
            float scale = 1f / MathF.Sqrt(LaneSums.Product(row, row));
            foreach (ref float value in row)
                value *= scale;
        }

        return unit;
    }
}
