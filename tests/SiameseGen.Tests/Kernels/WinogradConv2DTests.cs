using System.Runtime.InteropServices;
using SiameseGen.Kernels;
using SiameseGen.Reference;
using Xunit;

namespace SiameseGen.Tests.Kernels;

/// <summary>What holds for Winograd convolutions, beyond what holds for every layer (<see cref="LayerKernelTests"/>, which runs small ones too).</summary>
public class WinogradConv2DTests
{
    private static readonly int[] Sizes = [1, 2, 3, 5, 8, 15, 16, 17, 32];

    /// <summary>Shapes drawn at random.</summary>
    public static TheoryData<string> Shapes()
    {
        var random = new CounterRandom(22, CounterRandom.Purpose.Data, 0);
        var shapes = new TheoryData<string>();
        while (shapes.Count < 60)
        {
            bool same = random.NextInt32(2) == 0;
            int height = (same ? 1 : 3) + random.NextInt32(11), width = (same ? 1 : 3) + random.NextInt32(11);
            shapes.Add($"{height} {width} {Sizes[random.NextInt32(Sizes.Length)]} {Sizes[random.NextInt32(Sizes.Length)]} {same}");
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Any_shape_agrees_with_double_precision(string text)
    {
        AssertAgrees(ConvolutionCases.WinogradConv2D(Parse(text)), 10, ConvolutionCases.WinogradTolerance);
        AssertAgrees(ConvolutionCases.WinogradConv2D(Parse(text), bias: false), text.Length % 2 == 0 ? 35 : 75, ConvolutionCases.WinogradTolerance);
    }

    // The layers of Conv4-64 and of encoders of larger images.
    [Theory]
    [InlineData("28 28 1 64 True")]
    [InlineData("14 14 64 64 True")]
    [InlineData("7 7 64 64 True")]
    [InlineData("3 3 64 64 True")]
    [InlineData("23 28 32 96 True")]
    [InlineData("9 9 256 128 False")]
    public void Errors_stay_below_a_ten_thousandth_of_the_largest_output(string text) => AssertAgrees(ConvolutionCases.WinogradConv2D(Parse(text)), 8, 1e-4);

    [Theory]
    [InlineData(0, 2, 5, 6)]
    [InlineData(2, 0, 7, 4)]
    [InlineData(0, 0, 4, 5)]
    [InlineData(2, 1, 6, 5)]
    public void Any_border_agrees_with_double_precision(int top, int left, int rows, int columns)
    {
        var shape = new Conv2DShape(5, 6, 5, 9, 3, 3, 1, top, left, rows, columns);
        foreach (int items in (int[])[11, 35, 75])
            AssertAgrees(ConvolutionCases.WinogradConv2D(shape, bias: false), items, ConvolutionCases.WinogradTolerance);
    }

    // Tiles differ where pooling leaves out a last odd row or column.
    [Theory]
    [InlineData("28 28 3 16 True")]
    [InlineData("14 15 64 64 True")]
    [InlineData("7 7 64 64 True")]
    [InlineData("3 5 16 21 True")]
    public void Pooled_outputs_agree_with_double_precision(string text)
    {
        const int items = 6;
        Conv2DShape shape = Parse(text);
        using var harness = new LayerHarness(ConvolutionCases.WinogradConv2D(shape, pool: true), items);
        FillSigned(harness.Parameters.Values);
        float[] input = LayerHarness.Random(2, items * shape.InputLength);
        var reference = new ReferenceNetwork(ConvolutionCases.Reference(shape, bias: true), new MaxPool2DReference(shape.OutputHeight, shape.OutputWidth, shape.Filters, 2, 2, stride: 2));
        reference.Assign(harness.Parameters.Values);
        AssertClose(reference.Infer(Exact(input), items), harness.Infer(input), ConvolutionCases.WinogradTolerance);
    }

    // A loss that takes roots of distances has no gradient where two are the same: it must see that they are.
    [Fact]
    public void Equal_images_have_equal_outputs_wherever_they_are_in_a_batch()
    {
        const int items = 32;
        Conv2DShape shape = Parse("14 14 8 16 True");
        using var harness = new LayerHarness(ConvolutionCases.WinogradConv2D(shape), items);
        float[] input = LayerHarness.Random(2, items * shape.InputLength);
        for (int item = 1; item < items; item += 3)
            input.AsSpan(0, shape.InputLength).CopyTo(input.AsSpan(item * shape.InputLength));
        float[] output = harness.Forward(input);
        for (int item = 1; item < items; item += 3)
            AssertSameBits(output.AsSpan(0, shape.OutputLength), output.AsSpan(item * shape.OutputLength, shape.OutputLength));
    }

    [Theory]
    [InlineData("8 8 8 16 True", 45)] // shards of five and six
    [InlineData("3 3 5 9 False", 45)]
    [InlineData("5 7 16 16 True", 45)] // tiles of six in columns only, which reach beyond
    [InlineData("13 13 3 8 True", 101)] // several groups of images
    public void A_shard_does_not_see_what_was_computed_for_another(string text, int items)
    {
        Conv2DShape shape = Parse(text);
        float[] input = LayerHarness.Random(2, items * shape.InputLength), slopes = LayerHarness.Random(3, items * shape.OutputLength);
        using var alone = new LayerHarness(ConvolutionCases.WinogradConv2D(shape), items);
        using var apart = new LayerHarness(ConvolutionCases.WinogradConv2D(shape), items, workers: Shard.Count);
        AssertSameBits(apart.Forward(input), alone.Forward(input));
        AssertSameBits(apart.Backward(slopes), alone.Backward(slopes));
        Assert.Equal(apart.Gradients(), alone.Gradients());
    }

    [Theory]
    [InlineData("14 14 3 64 True", 9)]
    [InlineData("5 5 17 33 True", 40)]
    [InlineData("3 3 16 16 True", 35)]
    public void Items_have_the_same_bits_alone_and_among_others(string text, int items)
    {
        Conv2DShape shape = Parse(text);
        using var harness = new LayerHarness(ConvolutionCases.WinogradConv2D(shape), items);
        using var one = new LayerHarness(ConvolutionCases.WinogradConv2D(shape), 1);
        FillSigned(harness.Parameters.Values);
        harness.Parameters.Values.CopyTo(one.Parameters.Values);
        float[] input = LayerHarness.Random(2, items * shape.InputLength);
        float[] output = harness.Forward(input), inferred = harness.Infer(input);
        for (int item = 0; item < items; item++)
        {
            Range place = (item * shape.OutputLength)..((item + 1) * shape.OutputLength);
            float[] image = input[(item * shape.InputLength)..((item + 1) * shape.InputLength)];
            AssertSameBits(output.AsSpan(place), one.Forward(image));
            AssertSameBits(inferred.AsSpan(place), one.Infer(image));
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Batch_normalisation_and_rectifier_are_folded(bool bias, bool relu)
    {
        const int items = 5;
        Conv2DShape shape = Parse("6 5 3 19 True");
        int filters = shape.Filters, gain = shape.WeightLength + (bias ? filters : 0);
        var fold = new BatchNormFold(gain, gain + filters, gain + (2 * filters), gain + (3 * filters), 1e-3f);
        LayerCase layer = ConvolutionCases.WinogradConv2D(shape, bias, relu) with
        {
            Trainable = [shape.WeightLength, .. bias ? (int[])[filters] : [], filters, filters],
            State = [filters, filters],
            Prepare = (parameters, prepared) => WinogradConv2D.Prepare(parameters, shape, 0, bias ? shape.WeightLength : -1, fold, prepared),
        };
        using var harness = new LayerHarness(layer, items);
        FillSigned(harness.Parameters.Values[..(gain + (3 * filters))]); // a variance is never negative
        float[] input = LayerHarness.Random(2, items * shape.InputLength);
        var reference = new ReferenceNetwork(ConvolutionCases.Reference(shape, bias), new BatchNormReference(filters, fold.Epsilon, 0.1));
        reference.Assign(harness.Parameters.Values);
        double[] expected = reference.Infer(Exact(input), items);
        AssertClose(
            relu ? Array.ConvertAll(expected, value => Math.Max(0, value)) : expected, harness.Infer(input), ConvolutionCases.WinogradTolerance);
    }

    [Fact]
    public void A_first_layer_has_the_same_gradients_and_leaves_that_of_its_input_alone()
    {
        const int items = 19;
        Conv2DShape shape = Parse("6 5 1 19 True");
        using var inner = new LayerHarness(ConvolutionCases.WinogradConv2D(shape), items);
        using var first = new LayerHarness(ConvolutionCases.WinogradConv2D(shape, inputGradient: false), items);
        float[] input = LayerHarness.Random(2, items * shape.InputLength), slopes = LayerHarness.Random(3, items * shape.OutputLength);
        inner.Forward(input);
        inner.Backward(slopes);
        first.Forward(input);
        Assert.All(first.Backward(slopes), value => Assert.True(float.IsNaN(value))); // what the harness put there
        Assert.Equal(inner.Gradients(), first.Gradients());
    }

    // Products are computed for two, four or six tiles at once. A store too many would overwrite what another thread has computed.
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(13)]
    [InlineData(17)]
    public void Nothing_is_written_after_the_last_item(int width)
    {
        Conv2DShape shape = Parse($"3 {width} 17 21 True");
        using var harness = new LayerHarness(ConvolutionCases.WinogradConv2D(shape), 7);
        harness.Forward(LayerHarness.Random(2, 7 * shape.InputLength));
        harness.Backward(LayerHarness.Random(3, 7 * shape.OutputLength));
        Assert.All(harness.Beyond.Output, value => Assert.Equal(0f, value));
        Assert.All(harness.Beyond.InputGradient, value => Assert.Equal(0f, value));
    }

    [Theory]
    [InlineData(5, 5, 1)]
    [InlineData(3, 3, 2)]
    [InlineData(1, 3, 1)]
    public void Other_kernels_and_strides_are_refused(int kernelHeight, int kernelWidth, int stride)
    {
        Conv2DShape shape = ConvolutionCases.Shape(8, 8, 3, 5, kernelHeight, kernelWidth, stride, same: true);
        Assert.Throws<ArgumentException>(() => WinogradConv2D.TrainingScratch(shape));
        Assert.Throws<ArgumentException>(() => WinogradConv2D.InferenceScratch(shape));
        Assert.Throws<ArgumentException>(() => WinogradConv2D.PreparedLength(shape));
        Conv2DShape dilated = ConvolutionCases.Shape(8, 8, 3, 5, 3, 3, 1, same: true) with { Dilation = 2 };
        Assert.Throws<ArgumentException>(() => WinogradConv2D.TrainingScratch(dilated));
    }

    private static void AssertAgrees(LayerCase layer, int items, double tolerance)
    {
        using var harness = new LayerHarness(layer, items);
        FillSigned(harness.Parameters.Values);
        float[] input = LayerHarness.Random(2, items * layer.InputLength), slopes = LayerHarness.Random(3, items * layer.OutputLength);
        var reference = new ReferenceNetwork(layer.Reference());
        reference.Assign(harness.Parameters.Values);
        AssertClose(reference.Forward(Exact(input), items), harness.Forward(input), tolerance);
        AssertClose(reference.Backward(Exact(slopes)), harness.Backward(slopes), tolerance);
        AssertClose(reference.Infer(Exact(input), items), harness.Infer(input), tolerance);
        int weights = layer.Trainable[0];
        float[] gradients = [.. harness.Gradients().Select(value => (float)value)];
        AssertClose(reference.Gradients[..weights], gradients[..weights], tolerance);
        if (gradients.Length > weights)
            AssertClose(reference.Gradients[weights..], gradients[weights..], 2e-6);
    }

    private static Conv2DShape Parse(string text)
    {
        string[] words = text.Split(' ');
        int[] numbers = [.. words[..4].Select(int.Parse)];
        return ConvolutionCases.Shape(numbers[0], numbers[1], numbers[2], numbers[3], 3, 3, 1, bool.Parse(words[4]));
    }

    private static void FillSigned(Span<float> values) => LayerHarness.Random(9, values.Length).CopyTo(values);

    private static double[] Exact(float[] values) => Array.ConvertAll(values, value => (double)value);

    private static void AssertClose(double[] expected, float[] actual, double share)
    {
        Assert.Equal(expected.Length, actual.Length);
        double tolerance = share * Math.Max(0.1, expected.Select(Math.Abs).Max());
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance))
                Assert.Fail($"Element {i} is {actual[i]:R} and should be {expected[i]:R}, of {expected.Select(Math.Abs).Max():R} at most.");
        }
    }

    private static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.True(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)));
}
