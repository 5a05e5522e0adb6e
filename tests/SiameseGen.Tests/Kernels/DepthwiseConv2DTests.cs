using System.Runtime.InteropServices;
using SiameseGen.Kernels;
using SiameseGen.Reference;
using Xunit;

namespace SiameseGen.Tests.Kernels;

/// <summary>What holds for depthwise convolutions, beyond what holds for every layer (<see cref="LayerKernelTests"/>, which runs the small ones too).</summary>
public class DepthwiseConv2DTests
{
    private static readonly int[] Channels = [1, 3, 7, 8, 9, 16, 23, 32, 33, 47, 64];

    // Borders that no padding of the compiler makes: wider on one side, on one side only, outputs under whose kernel is no image, outputs left out.
    private static readonly DepthwiseConv2DShape[] UnusualBorders =
    [
        new(5, 9, 8, 3, 3, 1, 2, 2, 7, 11), new(5, 9, 8, 3, 3, 1, 0, 0, 5, 9), new(5, 9, 17, 3, 3, 2, 2, 2, 4, 6), new(4, 8, 12, 3, 3, 2, 0, 0, 3, 5),
        new(6, 9, 9, 3, 3, 1, 1, 1, 6, 4), new(3, 7, 8, 3, 3, 1, 4, 5, 9, 14), new(4, 11, 8, 2, 3, 2, 1, 1, 3, 6), new(5, 10, 8, 3, 3, 2, 1, 3, 3, 7),
        new(2, 3, 10, 3, 3, 1, 1, 1, 2, 6),
    ];

    /// <summary>Shapes drawn at random, within what the compiler accepts, and unusual ones.</summary>
    public static TheoryData<string> Shapes()
    {
        var random = new CounterRandom(22, CounterRandom.Purpose.Data, 0);
        TheoryData<string> shapes = [.. UnusualBorders.Select(Text)];
        for (int i = 0; i < 100; i++)
        {
            int kernelHeight = 1 + random.NextInt32(5), kernelWidth = random.NextInt32(2) == 0 ? 3 : 1 + random.NextInt32(5), stride = 1 + random.NextInt32(3);
            bool same = random.NextInt32(2) == 0;
            int height = (same ? 1 : kernelHeight) + random.NextInt32(7), width = (same ? 1 : kernelWidth) + random.NextInt32(25);
            shapes.Add(Text(DepthwiseCases.Shape(
                height, width, Channels[random.NextInt32(Channels.Length)], kernelHeight, kernelWidth, stride, same)));
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_sum_has_the_documented_order(string text)
    {
        const int items = 10;
        DepthwiseConv2DShape shape = Parse(text);
        LayerCase layer = DepthwiseCases.DepthwiseConv2D(shape);
        using var harness = new LayerHarness(layer, items);
        FillSigned(harness.Parameters.Values);
        float[] input = LayerHarness.Random(2, items * shape.InputLength), slopes = LayerHarness.Random(3, items * shape.OutputLength);
        var order = new DepthwiseOrder(shape, harness.Parameters.Values.ToArray());
        AssertSameBits(order.Forward(input), harness.Forward(input));
        AssertSameBits(order.InputGradient(slopes), harness.Backward(slopes));
        for (int shard = 0; shard < Shard.Count; shard++)
        {
            Shard part = Shard.Of(shard, items);
            AssertSameBits(
                order.ParameterGradients(
                    input.AsSpan(part.Start * shape.InputLength, part.Items * shape.InputLength),
                    slopes.AsSpan(part.Start * shape.OutputLength, part.Items * shape.OutputLength)),
                harness.Gradients(shard));
        }

        // Nothing is written where there are no items, and inference goes the same way.
        Assert.All(harness.Beyond.Output.Concat(harness.Beyond.InputGradient), value => Assert.Equal(0f, value));
        AssertSameBits(harness.Output, harness.Infer(input));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Any_shape_agrees_with_double_precision(string text)
    {
        const int items = 9;
        DepthwiseConv2DShape shape = Parse(text);
        LayerCase layer = DepthwiseCases.DepthwiseConv2D(shape);
        using var harness = new LayerHarness(layer, items);
        FillSigned(harness.Parameters.Values);
        float[] input = LayerHarness.Random(2, items * shape.InputLength), slopes = LayerHarness.Random(3, items * shape.OutputLength);
        var reference = new ReferenceNetwork(layer.Reference());
        reference.Assign(harness.Parameters.Values);

        AssertClose(reference.Forward(Exact(input), items), harness.Forward(input));
        AssertClose(reference.Backward(Exact(slopes)), harness.Backward(slopes));
        AssertClose(reference.Gradients, [.. harness.Gradients().Select(value => (float)value)]);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Batch_normalisation_and_rectifier_are_folded(bool bias, bool relu)
    {
        const int items = 5;
        DepthwiseConv2DShape shape = DepthwiseCases.Shape(6, 15, 19, 3, 3, 1, same: true);
        int channels = shape.Channels, gain = shape.WeightLength + (bias ? channels : 0);
        var fold = new BatchNormFold(gain, gain + channels, gain + (2 * channels), gain + (3 * channels), 1e-3f);
        LayerCase layer = DepthwiseCases.DepthwiseConv2D(shape, bias, relu) with
        {
            Trainable = [shape.WeightLength, .. bias ? (int[])[channels] : [], channels, channels],
            State = [channels, channels],
            Prepare = (parameters, prepared) => DepthwiseConv2D.Prepare(parameters, shape, 0, bias ? shape.WeightLength : -1, fold, prepared),
        };
        using var harness = new LayerHarness(layer, items);
        FillSigned(harness.Parameters.Values[..(gain + (3 * channels))]); // a variance is never negative
        float[] input = LayerHarness.Random(2, items * shape.InputLength);
        var reference = new ReferenceNetwork(DepthwiseCases.Reference(shape, bias), new BatchNormReference(channels, fold.Epsilon, 0.1));
        reference.Assign(harness.Parameters.Values);
        double[] expected = reference.Infer(Exact(input), items);
        AssertClose(relu ? Array.ConvertAll(expected, value => Math.Max(0, value)) : expected, harness.Infer(input));
    }

    [Fact]
    public void A_first_layer_has_the_same_gradients_and_leaves_that_of_its_input_alone()
    {
        const int items = 19;
        DepthwiseConv2DShape shape = DepthwiseCases.Shape(6, 5, 9, 3, 3, 1, same: true);
        using var inner = new LayerHarness(DepthwiseCases.DepthwiseConv2D(shape), items);
        using var first = new LayerHarness(DepthwiseCases.DepthwiseConv2D(shape, inputGradient: false), items);
        float[] input = LayerHarness.Random(2, items * shape.InputLength), slopes = LayerHarness.Random(3, items * shape.OutputLength);
        AssertSameBits(inner.Forward(input), first.Forward(input));
        inner.Backward(slopes);
        Assert.All(first.Backward(slopes), value => Assert.True(float.IsNaN(value)));
        for (int shard = 0; shard < Shard.Count; shard++)
            AssertSameBits(inner.Gradients(shard), first.Gradients(shard));
    }

    [Fact]
    public void A_shape_that_counts_nothing_is_refused()
    {
        DepthwiseConv2DShape shape = DepthwiseCases.Shape(4, 4, 8, 3, 3, 1, same: true);
        LayerCase layer = DepthwiseCases.DepthwiseConv2D(shape);
        foreach (DepthwiseConv2DShape wrong in (DepthwiseConv2DShape[])
            [shape with { Stride = 0 }, shape with { KernelWidth = 0 }, shape with { OutputHeight = -1 }, shape with { PadLeft = -1 }, shape with { Height = 1 << 30 }])
        {
            LayerCase broken = layer with
            {
                Forward = (pass, at) =>
                {
                    Assert.Throws<ArgumentException>(() => DepthwiseConv2D.Forward(pass, wrong, at.Input, 0, -1, at.Output));
                    Assert.Throws<ArgumentException>(() => DepthwiseConv2D.Backward(pass, wrong, at.Input, 0, -1, at.OutputGradient, at.InputGradient));
                },
                Infer = (pass, at) => DepthwiseConv2D.Infer(pass, wrong, at.Input, 0, false, at.Output),
            };
            using var harness = new LayerHarness(broken, 1);
            harness.Forward(new float[shape.InputLength]);
            Assert.Throws<ArgumentException>(() => harness.Infer(new float[shape.InputLength]));
        }
    }

    private static string Text(DepthwiseConv2DShape shape) => string.Join(
        ' ', shape.Height, shape.Width, shape.Channels, shape.KernelHeight, shape.KernelWidth, shape.Stride, shape.PadTop, shape.PadLeft,
        shape.OutputHeight, shape.OutputWidth);

    private static DepthwiseConv2DShape Parse(string text)
    {
        int[] numbers = [.. text.Split(' ').Select(int.Parse)];
        return new(
            numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8], numbers[9]);
    }

    private static void FillSigned(Span<float> values) => LayerHarness.Random(9, values.Length).CopyTo(values);

    private static double[] Exact(float[] values) => Array.ConvertAll(values, value => (double)value);

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double tolerance = 2e-6 * Math.Max(0.1, expected.Select(Math.Abs).Max());
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance))
                Assert.Fail($"Element {i} is {actual[i]:R} and should be {expected[i]:R}.");
        }
    }

    private static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.True(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)));
}
