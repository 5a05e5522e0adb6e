using System.Runtime.InteropServices;
using SiameseGen.Kernels;
using SiameseGen.Reference;
using Xunit;

namespace SiameseGen.Tests.Kernels;

/// <summary>What holds for convolutions, beyond what holds for every layer (<see cref="LayerKernelTests"/>, which runs the small ones too).</summary>
public class Conv2DTests
{
    private static readonly int[] Sizes = [1, 2, 3, 5, 15, 16, 17, 32];

    /// <summary>Shapes drawn at random, within what the compiler accepts.</summary>
    public static TheoryData<string> Shapes()
    {
        var random = new CounterRandom(21, CounterRandom.Purpose.Data, 0);
        var shapes = new TheoryData<string>();
        while (shapes.Count < 60)
        {
            int kernelHeight = 1 + random.NextInt32(5), kernelWidth = 1 + random.NextInt32(5), stride = 1 + random.NextInt32(3);
            bool same = random.NextInt32(2) == 0;
            int height = (same ? 1 : kernelHeight) + random.NextInt32(7), width = (same ? 1 : kernelWidth) + random.NextInt32(7);
            int channels = Sizes[random.NextInt32(Sizes.Length)], filters = Sizes[random.NextInt32(Sizes.Length)];
            shapes.Add($"{height} {width} {channels} {filters} {kernelHeight} {kernelWidth} {stride} {same}");
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Any_shape_agrees_with_double_precision(string text)
    {
        const int items = 10;
        Conv2DShape shape = Parse(text);
        LayerCase layer = ConvolutionCases.Conv2D(shape);
        using var harness = new LayerHarness(layer, items);
        FillSigned(harness.Parameters.Values);
        float[] input = LayerHarness.Random(2, items * shape.InputLength), slopes = LayerHarness.Random(3, items * shape.OutputLength);
        var reference = new ReferenceNetwork(layer.Reference());
        reference.Assign(harness.Parameters.Values);

        AssertClose(reference.Forward(Exact(input), items), harness.Forward(input));
        AssertClose(reference.Backward(Exact(slopes)), harness.Backward(slopes));
        AssertClose(reference.Gradients, [.. harness.Gradients().Select(value => (float)value)]);
    }

    // 14 × 14 pixels are handled image by image, 5 × 5 several at a time, 20 × 20 in more than one go for each worker.
    [Theory]
    [InlineData("14 14 3 64 3 3 1 True", 16)]
    [InlineData("5 5 17 33 3 3 1 True", 40)]
    [InlineData("20 20 1 18 3 3 1 True", 17)]
    [InlineData("20 21 3 5 5 4 2 True", 17)]
    [InlineData("9 9 1 16 5 5 3 False", 30)]
    [InlineData("1 1 70 20 1 1 1 False", 150)]
    [InlineData("6 5 20 40 1 1 1 False", 9)]
    [InlineData("4 4 2 16 3 3 1 True", 9)]
    public void Every_sum_has_the_documented_order(string text, int items)
    {
        Conv2DShape shape = Parse(text);
        using var harness = new LayerHarness(ConvolutionCases.Conv2D(shape), items);
        FillSigned(harness.Parameters.Values);
        float[] input = LayerHarness.Random(2, items * shape.InputLength), slopes = LayerHarness.Random(3, items * shape.OutputLength);
        var order = new ConvolutionOrder(shape, harness.Parameters.Values.ToArray());
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

        // Inference goes the same way, and so do items that come one by one.
        AssertSameBits(harness.Output, harness.Infer(input));
        using var one = new LayerHarness(ConvolutionCases.Conv2D(shape), 1);
        harness.Parameters.Values.CopyTo(one.Parameters.Values);
        AssertSameBits(harness.Output[^shape.OutputLength..], one.Infer(input[^shape.InputLength..]));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Batch_normalisation_and_rectifier_are_folded(bool bias, bool relu)
    {
        const int items = 5;
        Conv2DShape shape = ConvolutionCases.Shape(6, 5, 3, 19, 3, 3, 1, same: true);
        int filters = shape.Filters, gain = shape.WeightLength + (bias ? filters : 0);
        var fold = new BatchNormFold(gain, gain + filters, gain + (2 * filters), gain + (3 * filters), 1e-3f);
        LayerCase layer = ConvolutionCases.Conv2D(shape, bias, relu) with
        {
            Trainable = [shape.WeightLength, .. bias ? (int[])[filters] : [], filters, filters],
            State = [filters, filters],
            Prepare = (parameters, prepared) => Conv2D.Prepare(parameters, shape, 0, bias ? shape.WeightLength : -1, fold, prepared),
        };
        using var harness = new LayerHarness(layer, items);
        FillSigned(harness.Parameters.Values[..(gain + (3 * filters))]); // a variance is never negative
        float[] input = LayerHarness.Random(2, items * shape.InputLength);
        var reference = new ReferenceNetwork(ConvolutionCases.Reference(shape, bias), new BatchNormReference(filters, fold.Epsilon, 0.1));
        reference.Assign(harness.Parameters.Values);
        double[] expected = reference.Infer(Exact(input), items);
        AssertClose(relu ? Array.ConvertAll(expected, value => Math.Max(0, value)) : expected, harness.Infer(input));
    }

    [Fact]
    public void A_first_layer_has_the_same_gradients_and_leaves_that_of_its_input_alone()
    {
        const int items = 19;
        Conv2DShape shape = ConvolutionCases.Shape(6, 5, 1, 19, 3, 3, 1, same: true);
        using var inner = new LayerHarness(ConvolutionCases.Conv2D(shape), items);
        using var first = new LayerHarness(ConvolutionCases.Conv2D(shape, inputGradient: false), items);
        float[] input = LayerHarness.Random(2, items * shape.InputLength), slopes = LayerHarness.Random(3, items * shape.OutputLength);
        inner.Forward(input);
        inner.Backward(slopes);
        first.Forward(input);
        Assert.All(first.Backward(slopes), value => Assert.True(float.IsNaN(value))); // what the harness put there
        Assert.Equal(inner.Gradients(), first.Gradients());
    }

    // The last tile of a shard may have any number of pixels. A store too many would overwrite what another thread has computed.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Nothing_is_written_after_the_last_item(int pixels)
    {
        Conv2DShape shape = ConvolutionCases.Shape(pixels, 1, 17, 21, 3, 1, 1, same: true);
        using var harness = new LayerHarness(ConvolutionCases.Conv2D(shape), 7);
        harness.Forward(LayerHarness.Random(2, 7 * shape.InputLength));
        harness.Backward(LayerHarness.Random(3, 7 * shape.OutputLength));
        Assert.All(harness.Beyond.Output, value => Assert.Equal(0f, value));
        Assert.All(harness.Beyond.InputGradient, value => Assert.Equal(0f, value));
    }

    [Fact]
    public void A_rectifier_passes_on_what_is_no_number()
    {
        Conv2DShape shape = ConvolutionCases.Shape(3, 3, 1, 2, 1, 1, 1, same: true);
        using var harness = new LayerHarness(ConvolutionCases.Conv2D(shape, relu: true), 1);
        float[] output = harness.Infer([1f, -1f, float.NaN, 0f, 2f, 3f, 4f, 5f, -6f]);
        Assert.Equal(4, Array.FindIndex(output, float.IsNaN));
        Assert.Equal(2, output.Count(float.IsNaN));
    }

    private static Conv2DShape Parse(string text)
    {
        string[] words = text.Split(' ');
        int[] numbers = [.. words[..7].Select(int.Parse)];
        return ConvolutionCases.Shape(
            numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], bool.Parse(words[7]));
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
