using System.Runtime.InteropServices;
using SiameseGen.Kernels;
using Xunit;

namespace SiameseGen.Tests.Kernels;

/// <summary>A batch normalisation with what it takes up computes what the layers compute one after the other.</summary>
public class FusedBatchNormTests
{
    private const int Items = 13;

    [Theory]
    [InlineData(1, 64)]
    [InlineData(12, 5)]
    [InlineData(49, 17)]
    public void A_rectifier_changes_no_bits(int pixels, int channels)
    {
        LayerCase fused = LayerCase.BatchNormReLU(pixels, channels);
        int length = pixels * channels;
        using var together = new LayerHarness(fused, Items);
        using var normalization = new LayerHarness(LayerCase.BatchNorm(pixels, channels), Items);
        using var rectifier = new LayerHarness(LayerCase.ReLU(length), Items);
        float[] input = Signed(2, Items * length), slopes = Signed(3, Items * length);

        AssertSameBits(rectifier.Forward(normalization.Forward(input)), together.Forward(input));
        AssertSameBits(normalization.Backward(rectifier.Backward(slopes)), together.Backward(slopes));
        Assert.Equal(normalization.Gradients(), together.Gradients());
        AssertSameBits(normalization.Parameters.Values, together.Parameters.Values);
    }

    // Even and odd sides, where pixels are under no window; whole vectors of channels and rests.
    [Theory]
    [InlineData(4, 6, 16)]
    [InlineData(7, 7, 8)]
    [InlineData(5, 4, 17)]
    [InlineData(2, 3, 3)]
    public void Pooling_changes_no_bits_forward_and_only_the_order_of_sums_backward(int height, int width, int channels)
    {
        LayerCase fused = LayerCase.BatchNormReLUMaxPool(height, width, channels);
        int length = height * width * channels;
        foreach (int workers in (int[])[1, 3])
        {
            using var together = new LayerHarness(fused, Items, workers);
            using var normalization = new LayerHarness(LayerCase.BatchNorm(height * width, channels), Items);
            using var rectifier = new LayerHarness(LayerCase.ReLU(length), Items);
            using var pool = new LayerHarness(LayerCase.MaxPool2D(height, width, channels, 2, 2), Items);

            // Few different values, so that maxima tie and rectified windows are all zero.
            float[] input = Array.ConvertAll(Signed(2, Items * length), value => MathF.Round(2 * value) / 2);
            float[] slopes = Signed(3, Items * fused.OutputLength);
            AssertSameBits(pool.Forward(rectifier.Forward(normalization.Forward(input))), together.Forward(input));
            float[] expected = normalization.Backward(rectifier.Backward(pool.Backward(slopes)));
            AssertClose(expected, together.Backward(slopes));
            AssertClose([.. normalization.Gradients().Select(value => (float)value)], [.. together.Gradients().Select(value => (float)value)]);
        }
    }

    [Fact]
    public void The_gradient_may_take_the_place_of_the_input()
    {
        LayerCase fused = LayerCase.BatchNormReLUMaxPool(7, 6, 19);
        float[] input = Signed(2, Items * fused.InputLength), slopes = Signed(3, Items * fused.OutputLength);
        using var apart = new LayerHarness(fused, Items);
        apart.Forward(input);
        float[] expected = apart.Backward(slopes);
        using var inPlace = new LayerHarness(
            fused with { Backward = (pass, at) => fused.Backward(pass, at with { InputGradient = at.Input }) }, Items);
        inPlace.Forward(input);
        inPlace.Backward(slopes);
        AssertSameBits(expected, inPlace.Input);
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    public void Other_pooling_is_refused(int size, int stride)
    {
        var shape = new BatchNormShape(36, 4, 1e-5f, 0.1f);
        var pool = new Pool2DShape(6, 6, 4, size, size, stride, ((6 - size) / stride) + 1, ((6 - size) / stride) + 1);
        LayerCase layer = LayerCase.BatchNorm(36, 4) with
        {
            Forward = (pass, at) => Assert.Throws<ArgumentException>(
                () => BatchNormReLUMaxPool.Forward(pass, shape, pool, at.Input, 0, 4, 8, 12, 0, 0, at.Output)),
            Backward = (pass, at) => Assert.Throws<ArgumentException>(
                () => BatchNormReLUMaxPool.Backward(pass, shape, pool, at.Input, 0, 4, 0, 0, at.OutputGradient, at.InputGradient)),
        };
        using var harness = new LayerHarness(layer, 2);
        harness.Run();
    }

    private static float[] Signed(uint index, int count)
    {
        var random = new CounterRandom(11, CounterRandom.Purpose.Data, index);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (4 * random.NextSingle()) - 2;
        return values;
    }

    private static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.True(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)));

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(MathF.Abs(expected[i] - actual[i]) <= 1e-6f * MathF.Max(1, MathF.Abs(expected[i])), $"Element {i} is {actual[i]:R} and should be {expected[i]:R}.");
    }
}
