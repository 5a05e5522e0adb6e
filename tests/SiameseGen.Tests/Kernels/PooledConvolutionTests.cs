using System.Runtime.InteropServices;
using SiameseGen.Kernels;
using Xunit;

namespace SiameseGen.Tests.Kernels;

/// <summary>A convolution that pools what it writes gives the bits of the convolution, as far as pooling reads it, and then the pooling.</summary>
public class PooledConvolutionTests
{
    // Even and odd sides; one image at a time and several; whole vectors of filters and rests; strides and larger kernels for the plain convolution.
    [Theory]
    [InlineData("28 28 1 64 3 1", 3)]
    [InlineData("17 19 3 10 3 1", 2)]
    [InlineData("7 7 16 16 3 1", 23)]
    [InlineData("3 3 5 17 3 1", 40)]
    [InlineData("2 9 8 8 3 1", 5)]
    [InlineData("21 20 2 9 5 2", 4)]
    public void Pooling_is_part_of_the_convolution(string text, int items)
    {
        int[] numbers = [.. text.Split(' ').Select(int.Parse)];
        Conv2DShape shape = ConvolutionCases.Shape(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[4], numbers[5], same: true);
        foreach (bool relu in (bool[])[false, true])
        {
            AssertPools(shape, items, ConvolutionCases.Conv2D(shape, relu: relu), ConvolutionCases.Conv2D(shape, relu: relu, pool: true));
            if (shape is { KernelHeight: 3, Stride: 1 })
            {
                // Pooling leaves out a last odd row or column, which changes the tiles: so compare with a convolution that leaves it out too.
                Conv2DShape read = shape with { OutputHeight = shape.OutputHeight / 2 * 2, OutputWidth = shape.OutputWidth / 2 * 2 };
                AssertPools(read, items, ConvolutionCases.WinogradConv2D(read, relu: relu), ConvolutionCases.WinogradConv2D(shape, relu: relu, pool: true));
            }
        }
    }

    private static void AssertPools(Conv2DShape shape, int items, LayerCase convolution, LayerCase pooled)
    {
        float[] input = LayerHarness.Random(2, items * shape.InputLength), weights = LayerHarness.Random(9, shape.WeightLength + shape.Filters);
        float[] Infer(LayerCase layer, float[] images)
        {
            using var harness = new LayerHarness(layer, items);
            weights.AsSpan(0, Math.Min(weights.Length, harness.Parameters.Values.Length)).CopyTo(harness.Parameters.Values);
            return harness.Infer(images);
        }

        float[] outputs = Infer(convolution, input);
        LayerCase pool = LayerCase.MaxPool2D(shape.OutputHeight, shape.OutputWidth, shape.Filters, 2, 2);
        Assert.True(MemoryMarshal.AsBytes<float>(Infer(pool, outputs)).SequenceEqual(MemoryMarshal.AsBytes<float>(Infer(pooled, input))));
    }
}
