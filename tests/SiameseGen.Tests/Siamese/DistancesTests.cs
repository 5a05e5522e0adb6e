using SiameseGen.Reference;
using Xunit;

namespace SiameseGen.Tests.Siamese;

public class DistancesTests
{
    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.SquaredEuclidean)]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.Manhattan)]
    [InlineData(DistanceMetric.SignalToNoise)]
    [InlineData(DistanceMetric.DotProduct)]
    public void Distances_agree_with_double_precision_for_any_length_and_are_symmetric_to_the_bit_where_they_are(DistanceMetric metric)
    {
        for (int length = 1; length <= 70; length++)
        {
            var random = new CounterRandom(1, CounterRandom.Purpose.Data, (uint)length);
            float[] both = new float[2 * length];
            foreach (ref float value in both.AsSpan())
                value = random.NextSingle(-1f, 1f);
            ReadOnlySpan<float> a = both.AsSpan(0, length), b = both.AsSpan(length);
            float distance = Distances.Between(metric, a, b);
            double[] exact = Array.ConvertAll(both, value => (double)value);
            double expected = DistanceReference.Between(metric, exact[..length], exact[length..]);
            Assert.Equal(expected, distance, 1e-5 * Math.Max(1, expected));
            if (metric is not DistanceMetric.SignalToNoise)
                Assert.Equal(BitConverter.SingleToInt32Bits(distance), BitConverter.SingleToInt32Bits(Distances.Between(metric, b, a)));
        }
    }

    [Fact]
    public void Sums_follow_the_fixed_tree_of_sixteen_lanes()
    {
        var random = new CounterRandom(2, CounterRandom.Purpose.Data, 0);
        float[] a = new float[53], b = new float[53], lanes = new float[16];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = random.NextSingle(-3f, 3f);
            b[i] = random.NextSingle(-3f, 3f);
            lanes[i % 16] = MathF.FusedMultiplyAdd(a[i] - b[i], a[i] - b[i], lanes[i % 16]);
        }

        for (int half = 8; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
                lanes[i] += lanes[i + half];
        }

        Assert.Equal(
            BitConverter.SingleToInt32Bits(lanes[0]), BitConverter.SingleToInt32Bits(Distances.Between(DistanceMetric.SquaredEuclidean, a, b)));
    }

    [Fact]
    public void Special_cases_have_defined_values()
    {
        Assert.Equal(0f, Distances.Between(DistanceMetric.Cosine, [3f, 4f], [6f, 8f]), 1e-6f);
        Assert.Equal(2f, Distances.Between(DistanceMetric.Cosine, [3f, 4f], [-3f, -4f]), 1e-6f);
        Assert.Equal(1f, Distances.Between(DistanceMetric.Cosine, [0f, 0f], [3f, 4f]));
        Assert.Equal(5f, Distances.Between(DistanceMetric.Euclidean, [0f, 0f], [3f, 4f]));
        Assert.Equal(7f, Distances.Between(DistanceMetric.Manhattan, [0f, 0f], [3f, -4f]));
        Assert.Throws<ArgumentException>(() => Distances.Between(DistanceMetric.Euclidean, [0f, 0f], [3f]));
        Assert.Throws<ArgumentException>(() => Distances.Gradient(DistanceMetric.Euclidean, [0f], [3f], 3f, 1f, new float[2]));

        Assert.Equal(-11f, Distances.Between(DistanceMetric.DotProduct, [1f, 2f], [3f, 4f]));
        Assert.Equal(4f, Distances.Between(DistanceMetric.SignalToNoise, [1f, 3f], [3f, 1f]), 1e-6f);
        Assert.Equal(16f, Distances.Between(DistanceMetric.SignalToNoise, [1f, 2f], [4f, 1f]), 1e-5f);
        Assert.Equal(16f / 9, Distances.Between(DistanceMetric.SignalToNoise, [4f, 1f], [1f, 2f]), 1e-6f);
        Assert.Equal(0f, Distances.Between(DistanceMetric.SignalToNoise, [1f, 3f], [5f, 7f])); // shifted, and no noise
        Assert.Equal(1f, Distances.Between(DistanceMetric.SignalToNoise, [2f, 2f], [5f, 7f]));
        Assert.Throws<ArgumentException>(() => Distances.Between(DistanceMetric.SignalToNoise, [0f, 0f], [3f]));
        Assert.Throws<ArgumentException>(() => Distances.GradientOfSecond(DistanceMetric.SignalToNoise, [0f], [3f], 3f, 1f, new float[2]));

        float[] gradient = [1f, 1f];
        Distances.Gradient(DistanceMetric.Euclidean, [3f, 4f], [0f, 0f], 5f, 10f, gradient);
        Assert.Equal([7f, 9f], gradient);
    }

    [Fact]
    public void Embeddings_too_short_for_a_direction_have_a_finite_cosine_gradient()
    {
        float[] a = [1e-20f, 2e-20f], b = [2e-20f, 1e-20f], gradient = new float[2];
        Assert.Equal(1f, Distances.Between(DistanceMetric.Cosine, a, b));
        Distances.Gradient(DistanceMetric.Cosine, a, b, 1f, 1f, gradient);
        Assert.Equal([0f, 0f], gradient);
    }
}
