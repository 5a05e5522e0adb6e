using SiameseGen.Kernels;
using SiameseGen.Reference;
using Xunit;

namespace SiameseGen.Tests.Kernels;

/// <summary>What is particular to a convolution of the inputs that does the work of what follows as well.</summary>
public class InputConvolutionTests
{
    private const int Items = 20;

    // Moments are sums of products; where the mean is much larger than the deviation, most of these is to cancel.
    [Theory]
    [InlineData(30f, 0.1f)]
    [InlineData(-200f, 3f)]
    public void A_mean_much_larger_than_the_deviation_costs_little_precision(float mean, float deviation)
    {
        LayerCase layer = InputConvolutionCases.Make(ConvolutionCases.Shape(9, 8, 1, 8, 3, 3, 1, same: false));
        var random = new CounterRandom(1, CounterRandom.Purpose.Data, 0);
        float[] input = new float[Items * layer.InputLength];
        foreach (ref float value in input.AsSpan())
            value = mean + (deviation * random.NextGaussian());
        AssertAgrees(layer, input, tolerance: 4e-7 * Math.Abs(mean) / deviation);
    }

    // Drawings, black on white, of a few strokes: most patches are all alike.
    [Fact]
    public void Of_equal_maxima_the_first_gets_the_gradient()
    {
        LayerCase layer = InputConvolutionCases.Make(ConvolutionCases.Shape(12, 10, 1, 17, 3, 3, 1, same: true));
        var random = new CounterRandom(1, CounterRandom.Purpose.Data, 1);
        float[] input = new float[Items * layer.InputLength];
        foreach (ref float value in input.AsSpan())
            value = random.NextInt32(12) == 0 ? 1f : 0f;
        AssertAgrees(layer, input, tolerance: 2e-6);
    }

    [Fact]
    public void Equal_inputs_become_the_rectified_shift_and_have_no_gradient()
    {
        const int filters = 8;
        LayerCase layer = InputConvolutionCases.Make(ConvolutionCases.Shape(6, 6, 1, filters, 3, 3, 1, same: false));
        using var harness = new LayerHarness(layer, Items);
        int gain = layer.Trainable[0], shift = gain + filters;
        harness.Parameters.Values[shift + 1] = -1f;
        float[] output = harness.Forward([.. Enumerable.Repeat(0.3f, Items * layer.InputLength)]);
        for (int i = 0; i < output.Length; i++)
            Assert.Equal(Math.Max(0f, harness.Parameters.Values[shift + (i % filters)]), output[i], 2e-4);

        harness.Backward([.. Enumerable.Repeat(1f, output.Length)]);
        double[] gradients = harness.Gradients();
        Assert.All(gradients[..gain], gradient => Assert.Equal(0, gradient, 1e-2));
        Assert.Equal(0, gradients[shift + 1]);
        Assert.Equal(output.Length / filters, gradients[shift]);
    }

    [Fact]
    public void What_is_not_a_number_shows()
    {
        LayerCase layer = InputConvolutionCases.Make(ConvolutionCases.Shape(6, 6, 1, 9, 3, 3, 1, same: true));
        using var harness = new LayerHarness(layer, Items);
        float[] input = LayerHarness.Random(2, Items * layer.InputLength);
        input[50] = float.NaN;
        Assert.All(harness.Forward(input), value => Assert.True(float.IsNaN(value)));
        harness.Backward(LayerHarness.Random(3, Items * layer.OutputLength));
        Assert.All(harness.Gradients()[..layer.Trainable[0]], gradient => Assert.True(double.IsNaN(gradient)));
    }

    [Theory]
    [InlineData(1, 6, 8, 6, 1e-5f)]
    [InlineData(6, 6, 9, 36, 1e-5f)]
    [InlineData(6, 6, 8, 35, 1e-5f)]
    [InlineData(6, 6, 8, 36, 1e-3f)]
    public void What_does_not_fit_is_refused(int height, int width, int channels, int pixels, float epsilon)
    {
        Conv2DShape shape = ConvolutionCases.Shape(height, width, 1, 8, 3, 3, 1, same: true);
        var norm = new BatchNormShape(pixels, channels, epsilon, 0.1f);
        LayerCase layer = InputConvolutionCases.Make(ConvolutionCases.Shape(6, 6, 1, 8, 3, 3, 1, same: true)) with
        {
            Forward = (pass, at) => Assert.Throws<ArgumentException>(() => Conv2DBatchNormReLUMaxPool.Forward(
                pass, shape, norm, new BatchNormFold(72, 80, 88, 96, 1e-5f), at.Input, weight: 0, bias: -1, statistics: 0, at.Marks, at.Output)),
        };
        using var harness = new LayerHarness(layer, Items);
        harness.Forward(new float[Items * layer.InputLength]);
    }

    private static void AssertAgrees(LayerCase layer, float[] input, double tolerance)
    {
        float[] slopes = LayerHarness.Random(3, Items * layer.OutputLength);
        using var harness = new LayerHarness(layer, Items, workers: 3);
        var reference = new ReferenceNetwork(layer.Reference());
        reference.Assign(harness.Parameters.Values);
        AssertClose(reference.Forward(Exact(input), Items), [.. harness.Forward(input).Select(value => (double)value)], tolerance);
        reference.Backward(Exact(slopes));
        harness.Backward(slopes);
        AssertClose(reference.Gradients, harness.Gradients(), tolerance);
        AssertClose(reference.Values, Exact(harness.Parameters.Values.ToArray()), tolerance);
    }

    private static double[] Exact(float[] values) => Array.ConvertAll(values, value => (double)value);

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"Element {i} is {actual[i]:R} and should be {expected[i]:R}.");
    }
}
