using SiameseGen.Kernels;
using SiameseGen.Reference;
using Xunit;

namespace SiameseGen.Tests.Kernels;

/// <summary>Groups, dilation and borders of any width, beyond what holds for every layer (<see cref="LayerKernelTests"/>, which runs the small cases too).</summary>
public class GroupedConv2DTests
{
    private static readonly int[] Sizes = [1, 2, 3, 5, 16, 17];

    /// <summary>Seeds of shapes.</summary>
    public static TheoryData<int> Shapes => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Any_shape_agrees_with_double_precision(int seed)
    {
        GroupedConv2DShape shape = Draw(seed);
        Check(ConvolutionCases.GroupedConv2D(shape));
        if (shape.Groups == 1)
            Check(ConvolutionCases.Conv2D(shape.Group));
    }

    [Fact]
    public void One_group_is_a_plain_convolution_to_the_bit()
    {
        Conv2DShape shape = ConvolutionCases.Shape(6, 5, 3, 19, 3, 3, 1, same: true);
        using var plain = new LayerHarness(ConvolutionCases.Conv2D(shape), 9);
        using var grouped = new LayerHarness(ConvolutionCases.GroupedConv2D(new GroupedConv2DShape(1, shape)), 9);
        float[] input = LayerHarness.Random(2, 9 * shape.InputLength), slopes = LayerHarness.Random(3, 9 * shape.OutputLength);
        Assert.Equal(plain.Forward(input), grouped.Forward(input));
        Assert.Equal(plain.Backward(slopes), grouped.Backward(slopes));
        Assert.Equal(plain.Gradients(), grouped.Gradients());
        Assert.Equal(plain.Infer(input), grouped.Infer(input));
    }

    [Fact]
    public void Batch_normalisation_and_rectifier_are_folded()
    {
        const int items = 5;
        var shape = new GroupedConv2DShape(3, new Conv2DShape(6, 5, 2, 7, 3, 3, 1, 1, 1, 6, 5));
        int filters = shape.Filters, gain = shape.WeightLength + filters;
        var fold = new BatchNormFold(gain, gain + filters, gain + (2 * filters), gain + (3 * filters), 1e-3f);
        LayerCase layer = ConvolutionCases.GroupedConv2D(shape, relu: true) with
        {
            Trainable = [shape.WeightLength, filters, filters, filters],
            State = [filters, filters],
            Prepare = (parameters, prepared) => GroupedConv2D.Prepare(parameters, shape, 0, shape.WeightLength, fold, prepared),
        };
        using var harness = new LayerHarness(layer, items);
        LayerHarness.Random(9, gain + (3 * filters)).CopyTo(harness.Parameters.Values); // a variance is never negative
        float[] input = LayerHarness.Random(2, items * shape.InputLength);
        var reference = new ReferenceNetwork(ConvolutionCases.Reference(shape, bias: true), new BatchNormReference(filters, fold.Epsilon, 0.1));
        reference.Assign(harness.Parameters.Values);
        double[] expected = reference.Infer(Array.ConvertAll(input, value => (double)value), items);
        AssertClose(Array.ConvertAll(expected, value => Math.Max(0, value)), harness.Infer(input));
    }

    private static void Check(LayerCase layer)
    {
        const int items = 10;
        using var harness = new LayerHarness(layer, items);
        LayerHarness.Random(9, harness.Parameters.Values.Length).CopyTo(harness.Parameters.Values);
        float[] input = LayerHarness.Random(2, items * layer.InputLength), slopes = LayerHarness.Random(3, items * layer.OutputLength);
        var reference = new ReferenceNetwork(layer.Reference());
        reference.Assign(harness.Parameters.Values);
        double[] expected = reference.Forward(Array.ConvertAll(input, value => (double)value), items);
        AssertClose(expected, harness.Forward(input));
        AssertClose(expected, harness.Infer(input));
        AssertClose(reference.Backward(Array.ConvertAll(slopes, value => (double)value)), harness.Backward(slopes));
        AssertClose(reference.Gradients, [.. harness.Gradients().Select(value => (float)value)]);
    }

    // Within what the compiler accepts: a kernel fits into the bordered image, and a border is narrower than the kernel reaches.
    private static GroupedConv2DShape Draw(int seed)
    {
        var random = new CounterRandom(31, CounterRandom.Purpose.Data, (uint)seed);
        int dilation = 1 + random.NextInt32(3), stride = 1 + random.NextInt32(3), groups = 1 + random.NextInt32(4);
        (int height, int top, int kernelHeight, int rows) = Side(ref random, dilation, stride);
        (int width, int left, int kernelWidth, int columns) = Side(ref random, dilation, stride);
        int channels = Sizes[random.NextInt32(Sizes.Length)], filters = Sizes[random.NextInt32(Sizes.Length)];
        return new(groups, new Conv2DShape(height, width, channels, filters, kernelHeight, kernelWidth, stride, top, left, rows, columns, dilation));
    }

    private static (int Size, int Before, int Kernel, int Places) Side(ref CounterRandom random, int dilation, int stride)
    {
        int kernel = 1 + random.NextInt32(4), reach = (kernel - 1) * dilation;
        int before = random.NextInt32(reach + 1), after = random.NextInt32(reach + 1);
        int size = Math.Max(1, reach + 1 - before - after) + random.NextInt32(6);
        return (size, before, kernel, ((size + before + after - reach - 1) / stride) + 1);
    }

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
}
