using SiameseGen.Kernels;
using Xunit;

namespace SiameseGen.Tests.Kernels;

/// <summary>Ties, borders and what is not a number.</summary>
public class LayerSpecialCaseTests
{
    [Fact]
    public void Rectifiers_pass_on_what_is_not_a_number_and_have_no_negative_zero()
    {
        using var harness = new LayerHarness(LayerCase.ReLU(6), 1);
        float[] output = harness.Forward([float.NaN, -0f, 0f, float.NegativeInfinity, float.PositiveInfinity, float.Epsilon]);
        AssertBits([float.NaN, 0f, 0f, 0f, float.PositiveInfinity, float.Epsilon], output);
        AssertBits([1f, 0f, 0f, 0f, 5f, 6f], harness.Backward([1f, 2f, 3f, 4f, 5f, 6f]));
        AssertBits(output, harness.Infer([float.NaN, -0f, 0f, float.NegativeInfinity, float.PositiveInfinity, float.Epsilon]));
    }

    [Fact]
    public void The_gradient_of_a_leaky_rectifier_at_zero_is_the_slope()
    {
        using var harness = new LayerHarness(LayerCase.LeakyReLU(3, 0.25f), 1);
        Assert.Equal([2f, 0f, -0.5f], harness.Forward([2f, 0f, -2f]));
        Assert.Equal([4f, 1f, 1f], harness.Backward([4f, 4f, 4f]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(27)]
    public void The_first_of_equal_maxima_gets_the_gradient(int channels)
    {
        AssertPlace(channels, [2f, 2f, 2f, 2f], 0);
        AssertPlace(channels, [1f, 3f, 3f, 2f], 1);
        AssertPlace(channels, [-0f, 0f, -1f, 0f], 0);
        AssertPlace(channels, [float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity], 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(27)]
    public void What_is_not_a_number_is_the_maximum(int channels)
    {
        AssertPlace(channels, [1f, float.NaN, 5f, 2f], 1);
        AssertPlace(channels, [float.NaN, 1f, 5f, 2f], 0);
        AssertPlace(channels, [1f, float.NaN, 5f, float.NaN], 3);
    }

    [Fact]
    public void What_no_window_covers_has_gradient_zero()
    {
        using var harness = new LayerHarness(LayerCase.MaxPool2D(3, 3, 1, 2, 2), 1);
        Assert.Equal([4f], harness.Forward([1f, 2f, 9f, 3f, 4f, 9f, 9f, 9f, 9f]));
        Assert.Equal([0f, 0f, 0f, 0f, 7f, 0f, 0f, 0f, 0f], harness.Backward([7f]));
    }

    [Theory]
    [InlineData(4, 4, 2, 2, 2, 3, 2)]
    [InlineData(4, 4, 2, 2, 2, 2, 3)]
    [InlineData(4, 4, 5, 2, 5, 2, 1)]
    [InlineData(4, 4, 2, 5, 5, 1, 2)]
    [InlineData(4, 4, 2, 2, 2, 2, 2, 2)]
    [InlineData(4, 4, 2, 2, 2, 2, 2, -1)]
    [InlineData(4, 4, 2, 2, -1, 2, 2)]
    [InlineData(4, 4, 2, 2, int.MaxValue, 3, 3)]
    [InlineData(65_536, 65_537, 2, 2, 2, 1, 1)]
    public void Windows_that_see_nothing_of_the_image_are_refused(
        int height, int width, int windowHeight, int windowWidth, int stride, int outputHeight, int outputWidth, int padLeft = 0)
    {
        var shape = new Pool2DShape(height, width, 1, windowHeight, windowWidth, stride, outputHeight, outputWidth, PadLeft: padLeft);
        using var harness = new LayerHarness(
            LayerCase.ReLU(16) with
            {
                Forward = (pass, at) =>
                {
                    Assert.Throws<ArgumentException>(() => MaxPool2D.Forward(pass, shape, at.Input, at.Output));
                    Assert.Throws<ArgumentException>(() => AvgPool2D.Forward(pass, shape, at.Input, at.Output));
                    Assert.Throws<ArgumentException>(() => MaxPool2D.Backward(pass, shape, at.Input, at.OutputGradient, at.InputGradient));
                    Assert.Throws<ArgumentException>(() => AvgPool2D.Backward(pass, shape, at.OutputGradient, at.InputGradient));
                },
            },
            1);
        harness.Forward(new float[16]);
        foreach (Action<InferencePass, LayerOffsets> infer in (Action<InferencePass, LayerOffsets>[])
            [(pass, at) => MaxPool2D.Infer(pass, shape, at.Input, at.Output), (pass, at) => AvgPool2D.Infer(pass, shape, at.Input, at.Output)])
        {
            using var inference = new LayerHarness(LayerCase.ReLU(16) with { Infer = infer }, 1);
            Assert.Throws<ArgumentException>(() => inference.Infer(new float[16]));
        }
    }

    [Fact]
    public void Vectors_without_length_stay_and_their_gradients_are_finite()
    {
        using var harness = new LayerHarness(LayerCase.L2Normalize(3), 2);
        Assert.Equal([0f, 0f, 0f, 0.6f, 0f, 0.8f], harness.Forward([0f, 0f, 0f, 3f, 0f, 4f]));
        float[] gradient = harness.Backward([1f, 0f, -1f, 3f, 5f, 4f]);
        Assert.Equal([1f / 1e-12f, 0f, -1f / 1e-12f], gradient[..3]);
        Assert.Equal(0f, gradient[3], 1e-6f); // along the vector nothing changes
        Assert.Equal(1f, gradient[4], 1e-6f); // across it, by 1 / length
        Assert.Equal(0f, gradient[5], 1e-6f);
    }

    [Fact]
    public void A_vector_with_something_that_is_not_a_number_is_none()
    {
        using var harness = new LayerHarness(LayerCase.L2Normalize(3), 1);
        Assert.All(harness.Forward([1f, float.NaN, 2f]), value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Dropout_drops_the_share_it_is_asked_to_and_the_same_values_in_backward()
    {
        const int length = 1000, items = 40;
        const float rate = 0.3f;
        using var harness = new LayerHarness(LayerCase.Dropout(length, rate), items);
        float[] ones = new float[length * items];
        Array.Fill(ones, 1f);
        float[] output = harness.Forward(ones);
        Assert.All(output, value => Assert.True(value is 0f or 1f / (1f - rate)));
        double share = output.Count(value => value == 0f) / (double)output.Length;
        Assert.InRange(share, 0.29, 0.31); // the deviation is √(0.3 · 0.7 / 40 000) = 0.0023
        Assert.Equal(output, harness.Backward(ones));
    }

    [Fact]
    public void Dropout_differs_between_items_layers_steps_and_seeds()
    {
        static string Draw(ulong seed, ulong step, int layer, int item)
        {
            CounterRandom random = Dropout.Mask(seed, step, layer, item);
            return string.Concat(Enumerable.Range(0, 64).Select(_ => random.NextSingle() < 0.5f ? '0' : '1'));
        }

        string[] masks = [Draw(1, 1, 1, 1), Draw(2, 1, 1, 1), Draw(1, 2, 1, 1), Draw(1, 1, 2, 1), Draw(1, 1, 1, 2), Draw(1, 1, 4095, 1), Draw(1, 1, 0, 1)];
        Assert.Distinct(masks);
        Assert.Equal(masks[0], Draw(1, 1, 1, 1));
    }

    private static void AssertPlace(int channels, float[] window, int place)
    {
        using var harness = new LayerHarness(LayerCase.MaxPool2D(2, 2, channels, 2, 2), 1);
        float[] input = [.. window.SelectMany(value => Enumerable.Repeat(value, channels))];
        Assert.Equal(Enumerable.Repeat(window[place], channels), harness.Forward(input));
        float[] slopes = [.. Enumerable.Range(1, channels).Select(c => (float)c)];
        float[] expected = new float[input.Length];
        slopes.CopyTo(expected, place * channels);
        Assert.Equal(expected, harness.Backward(slopes));
    }

    private static void AssertBits(float[] expected, float[] actual) =>
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
}
