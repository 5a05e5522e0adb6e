using System.Runtime.InteropServices;
using SiameseGen.Kernels;
using SiameseGen.Reference;
using Xunit;

namespace SiameseGen.Tests.Kernels;

/// <summary>What holds for the kernels of every layer: they compute what the reference does, in the same bits on any number of threads.</summary>
public class LayerKernelTests
{
    internal static readonly Dictionary<string, LayerCase> Layers = Declare();

    public static TheoryData<string, int> Cases()
    {
        // One item; some shards empty; one item a shard; shards of different sizes; a usual batch.
        var cases = new TheoryData<string, int>();
        foreach (string name in Layers.Keys)
        {
            foreach (int items in (int[])[1, 5, 8, 19, 128])
                cases.Add(name, items);
        }

        return cases;
    }

    public static TheoryData<string> Names => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_and_backward_agree_with_double_precision(string name, int items)
    {
        LayerCase layer = Layers[name];
        float[] input = LayerHarness.Random(2, items * layer.InputLength), slopes = LayerHarness.Random(3, items * layer.OutputLength);
        var reference = new ReferenceNetwork(layer.Reference());
        foreach (bool inPlace in (bool[])[false, true])
        {
            using var harness = new LayerHarness(layer, items, inPlace: inPlace);
            reference.Assign(harness.Parameters.Values);
            AssertClose(layer, reference.Forward(Exact(input), items), harness.Forward(input));
            double[] expected = reference.Backward(Exact(slopes));
            float[] actual = harness.Backward(slopes);
            if (layer.HasInputGradient)
                AssertClose(layer, expected, actual);
            AssertClose(layer, reference.Gradients, [.. harness.Gradients().Select(value => (float)value)]);
            AssertClose(layer, reference.Values, harness.Parameters.Values.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Inference_agrees_with_double_precision(string name, int items)
    {
        LayerCase layer = Layers[name];
        if (layer.Infer is null)
            return;
        var reference = new ReferenceNetwork(layer.Reference());
        float[] input = LayerHarness.Random(2, items * layer.InputLength);
        using var harness = new LayerHarness(layer, items, inPlace: true);
        reference.Assign(harness.Parameters.Values);
        AssertClose(layer, reference.Infer(Exact(input), items), harness.Infer(input));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bits_do_not_depend_on_the_number_of_threads(string name)
    {
        LayerCase layer = Layers[name];
        foreach (int items in (int[])[5, 19])
        {
            float[] input = LayerHarness.Random(2, items * layer.InputLength), slopes = LayerHarness.Random(3, items * layer.OutputLength);
            using var alone = new LayerHarness(layer, items);
            float[] output = alone.Forward(input), gradient = alone.Backward(slopes);
            foreach (int workers in (int[])[2, 3, 9])
            {
                using var team = new LayerHarness(layer, items, workers);
                AssertSameBits(output, team.Forward(input));
                AssertSameBits(gradient, team.Backward(slopes));
                AssertSameBits(alone.Parameters.Values, team.Parameters.Values);
                for (int shard = 0; shard < Shard.Count; shard++)
                    AssertSameBits(alone.Gradients(shard), team.Gradients(shard));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_allocated(string name)
    {
        using var harness = new LayerHarness(Layers[name], 19, workers: 2);
        harness.Forward(LayerHarness.Random(2, 19 * Layers[name].InputLength));

        // The runtime makes things at a method's first call, and when a worker waits for the first time, whichever run that is in; a kernel that allocates does so in every run.
        const int runs = 10, wanted = 3;
        int without = 0;
        for (int i = 0; i < runs && without < wanted; i++)
        {
            harness.Run();
            without = harness.Allocated == 0 ? without + 1 : 0;
        }

        Assert.Equal(wanted, without);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_of_parameters_accumulate(string name)
    {
        LayerCase layer = Layers[name];
        using var harness = new LayerHarness(layer, 19);
        harness.Forward(LayerHarness.Random(2, 19 * layer.InputLength));
        float[] slopes = LayerHarness.Random(3, 19 * layer.OutputLength);
        harness.Backward(slopes);
        double[] once = harness.Gradients();
        harness.Backward(slopes);
        Assert.Equal(once.Select(value => 2 * value), harness.Gradients());
    }

    private static Dictionary<string, LayerCase> Declare()
    {
        var layers = new Dictionary<string, LayerCase>();
        foreach (int length in (int[])[1, 3, 5, 17, 64])
        {
            layers[$"ReLU {length}"] = LayerCase.ReLU(length);
            layers[$"LeakyReLU {length}"] = LayerCase.LeakyReLU(length, 0.1f);
            layers[$"Sigmoid {length}"] = LayerCase.Sigmoid(length);
            layers[$"Tanh {length}"] = LayerCase.Tanh(length);
            layers[$"LayerNorm {length}"] = LayerCase.GroupNorm(4, 1, 2 + length, 1);
            layers[$"GroupNorm {length}"] = LayerCase.GroupNorm(1, 6, 3 * length, 3);
            layers[$"Affine {length}"] = LayerCase.Affine(length);
            layers[$"SpatialDropout {length}"] = LayerCase.SpatialDropout(5, length, 0.3f);
            layers[$"ELU {length}"] = LayerCase.ELU(length);
            layers[$"Softplus {length}"] = LayerCase.Softplus(length);
            layers[$"SiLU {length}"] = LayerCase.SiLU(length);
            layers[$"HardSwish {length}"] = LayerCase.HardSwish(length);
            layers[$"GELU {length}"] = LayerCase.GELU(length);
            layers[$"GELU by tanh {length}"] = LayerCase.TanhGELU(length);
            layers[$"PReLU {length}"] = LayerCase.PReLU(5, length);
            layers[$"Dropout {length}"] = LayerCase.Dropout(length, 0.3f);
            layers[$"L2Normalize {length}"] = LayerCase.L2Normalize(length);
            layers[$"GlobalAvgPool {length}"] = LayerCase.GlobalAvgPool(3, 5, length);
            layers[$"BatchNorm vector {length}"] = LayerCase.BatchNorm(1, length);
            layers[$"BatchNorm image {length}"] = LayerCase.BatchNorm(12, length);
            foreach ((int size, int stride) in ((int, int)[])[(2, 2), (3, 2), (3, 1), (2, 3), (1, 1)])
            {
                layers[$"MaxPool2D {length}, {size} by {stride}"] = LayerCase.MaxPool2D(5, 6, length, size, stride);
                layers[$"AvgPool2D {length}, {size} by {stride}"] = LayerCase.AvgPool2D(5, 6, length, size, stride);
            }
        }

        foreach (int channels in (int[])[1, 8, 27])
        {
            (string, Pool2DShape, WindowBorder)[] pools =
            [
                ("padded", new(6, 7, channels, 3, 3, 2, 3, 4, 1, 1), new(1, 1, 1, 1)),
                ("padded below and to the right", new(5, 5, channels, 2, 2, 2, 3, 3), new(0, 1, 0, 1)),
                ("wide windows", new(4, 7, channels, 1, 3, 1, 4, 3, 0, 1, 3), new(0, 0, 1, 1)),
                ("padded pairs", new(4, 4, channels, 2, 2, 2, 3, 3, 1, 1), new(1, 1, 1, 1)),
                ("wider than the image", new(3, 2, channels, 3, 4, 1, 3, 3, 1, 2), new(1, 1, 2, 2)),
            ];
            foreach ((string name, Pool2DShape shape, WindowBorder border) in pools)
            {
                layers[$"MaxPool2D {channels}, {name}"] = LayerCase.MaxPool2D(shape, border);
                layers[$"AvgPool2D {channels}, {name}"] = LayerCase.AvgPool2D(shape, border);
            }
        }

        layers["LeakyReLU without slope"] = LayerCase.LeakyReLU(9, 0f);
        layers["Dropout of nothing"] = LayerCase.Dropout(9, 0f);
        layers["BatchNorm of several tiles"] = LayerCase.BatchNorm(100, 130);
        layers["MaxPool2D of everything"] = LayerCase.MaxPool2D(4, 4, 3, 4, 4);
        foreach ((int height, int width, int channels) in ((int, int, int)[])[(4, 4, 8), (7, 5, 17), (3, 2, 3), (5, 4, 27)])
        {
            string text = $"{height} by {width} by {channels}";
            layers[$"BatchNorm with ReLU {text}"] = LayerCase.BatchNormReLU(height * width, channels);
            layers[$"BatchNorm with ReLU and MaxPool2D {text}"] = LayerCase.BatchNormReLUMaxPool(height, width, channels);
        }

        foreach ((string name, LayerCase layer) in ConvolutionCases.Small.Concat(DepthwiseCases.Small).Concat(InputConvolutionCases.Small))
            layers[name] = layer;
        return layers;
    }

    private static double[] Exact(float[] values) => Array.ConvertAll(values, value => (double)value);

    private static void AssertClose(LayerCase layer, double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double tolerance = layer.Tolerance * Math.Max(0.1, expected.Select(Math.Abs).DefaultIfEmpty(0).Max());
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance))
                Assert.Fail($"Element {i} is {actual[i]:R} and should be {expected[i]:R}.");
        }
    }

    private static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.True(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)));
}
