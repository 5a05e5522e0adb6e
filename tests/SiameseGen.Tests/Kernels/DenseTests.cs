using System.Runtime.InteropServices;
using SiameseGen.Kernels;
using SiameseGen.Reference;
using Xunit;

namespace SiameseGen.Tests.Kernels;

/// <summary>What holds for dense layers, beyond what holds for every layer (<see cref="LayerKernelTests"/>, which runs them too).</summary>
public class DenseTests
{
    [Theory]
    [InlineData(12, 5, 40)]
    [InlineData(64, 64, 16)]
    [InlineData(33, 18, 7)]
    [InlineData(784, 256, 1)] // one item, whole groups of panels
    [InlineData(70, 150, 1)] // … and a rest
    [InlineData(513, 20, 9)] // a rest of items and of outputs
    [InlineData(600, 32, 12)]
    [InlineData(1030, 48, 25)] // two blocks of inputs, and panels by twos and one
    [InlineData(2050, 40, 13)] // three blocks, and half a panel
    public void Each_output_is_one_chain_over_the_inputs(int inputs, int outputs, int items)
    {
        using var harness = new LayerHarness(ConvolutionCases.Dense(inputs, outputs), items);
        LayerHarness.Random(9, harness.Parameters.Values.Length).CopyTo(harness.Parameters.Values);
        float[] weights = harness.Parameters.Values.ToArray(), input = LayerHarness.Random(2, items * inputs);
        float[] expected = new float[items * outputs];
        for (int i = 0; i < expected.Length; i++)
        {
            float sum = weights[(inputs * outputs) + (i % outputs)];
            for (int k = 0; k < inputs; k++)
                sum = MathF.FusedMultiplyAdd(input[(i / outputs * inputs) + k], weights[(k * outputs) + (i % outputs)], sum);
            expected[i] = sum;
        }

        AssertSameBits(expected, harness.Forward(input));
        AssertSameBits(expected, harness.Infer(input));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Batch_normalisation_and_rectifier_are_folded(bool relu)
    {
        const int inputs = 13, outputs = 19, items = 6, gain = (inputs + 1) * outputs;
        var fold = new BatchNormFold(gain, gain + outputs, gain + (2 * outputs), gain + (3 * outputs), 1e-5f);
        LayerCase layer = ConvolutionCases.Dense(inputs, outputs, relu: relu) with
        {
            Trainable = [inputs * outputs, outputs, outputs, outputs],
            State = [outputs, outputs],
            Prepare = (parameters, prepared) => Dense.Prepare(parameters, new DenseShape(inputs, outputs), 0, inputs * outputs, fold, prepared),
        };
        using var harness = new LayerHarness(layer, items);
        LayerHarness.Random(9, fold.RunningVariance).CopyTo(harness.Parameters.Values);
        float[] input = LayerHarness.Random(2, items * inputs);
        var reference = new ReferenceNetwork(new DenseReference(inputs, outputs, bias: true), new BatchNormReference(outputs, fold.Epsilon, 0.1));
        reference.Assign(harness.Parameters.Values);
        double[] expected = reference.Infer(Array.ConvertAll(input, value => (double)value), items);
        float[] actual = harness.Infer(input);
        double tolerance = 2e-6 * expected.Select(Math.Abs).Max();
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(relu ? Math.Max(0, expected[i]) : expected[i], actual[i], tolerance);
    }

    private static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.True(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)));
}
