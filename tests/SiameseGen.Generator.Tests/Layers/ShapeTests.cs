using SiameseGen.Compiler.Layers;
using Xunit;

namespace SiameseGen.Generator.Tests.Layers;

public class ShapeTests
{
    // Shapes that PyTorch prints for the same layers.
    [Theory]
    [InlineData("[Image(28, 28), Conv2D(6, Kernel = 5)]", "24×24×6")] // LeNet
    [InlineData("[Image(32, 32, Channels = 3), Conv2D(8, Padding = Padding.Same)]", "32×32×8")]
    [InlineData("[Image(227, 227, Channels = 3), Conv2D(96, Kernel = 11, Stride = 4)]", "55×55×96")] // AlexNet
    [InlineData("[Image(224, 224, Channels = 3), Conv2D(64, Kernel = 7, Stride = 2, Padding = Padding.Same)]", "112×112×64")] // ResNet, padding = 3
    [InlineData("[Image(105, 105), Conv2D(64, Kernel = 10)]", "96×96×64")] // Koch et al., 2015
    [InlineData("[Image(5, 7), Conv2D(2, Kernel = 2, Padding = Padding.Same)]", "5×7×2")]
    [InlineData("[Image(5, 8), Conv2D(2, Kernel = 3, Stride = 2)]", "2×3×2")]
    [InlineData("[Image(5, 8), Conv2D(2, Kernel = 3, Stride = 3, Padding = Padding.Same)]", "2×3×2")]
    [InlineData("[Image(2, 2), Conv2D(3, Kernel = 9, Padding = Padding.Same)]", "2×2×3")]
    [InlineData("[Image(7, 7), MaxPool2D(2)]", "3×3×1")]
    [InlineData("[Image(13, 9, Channels = 4), MaxPool2D(3, Stride = 2)]", "6×4×4")]
    [InlineData("[Image(9, 8, Channels = 5), DepthwiseConv2D]", "9×8×5")]
    [InlineData("[Image(9, 8, Channels = 5), DepthwiseConv2D(Stride = 2)]", "5×4×5")] // PyTorch: padding = 1, groups = 5
    [InlineData("[Image(9, 8, Channels = 5), DepthwiseConv2D(Kernel = 4, Stride = 3, Padding = Padding.Valid)]", "2×2×5")]
    [InlineData("[Image(7, 6), AvgPool2D(2, Stride = 1)]", "6×5×1")]
    [InlineData("[Image(7, 7), AvgPool2D(3, Stride = 5)]", "1×1×1")]
    [InlineData("[Image(3, 5, Channels = 7), BatchNorm]", "3×5×7")]
    [InlineData("[Image(3, 5, Channels = 7), ReLU]", "3×5×7")]
    [InlineData("[Image(3, 5, Channels = 7), Dropout(0.5f)]", "3×5×7")]
    public void An_image_leaves_in_the_shape_that_PyTorch_gives(string attributes, string shape)
    {
        Assert.Equal(shape, Compiled.Plan(attributes.TrimEnd(']') + ", GlobalAvgPool]").Graph.Layers[0].Output.ToString());
    }

    [Theory]
    [InlineData("[Image(3, 5, Channels = 7), Flatten]", 105)]
    [InlineData("[Image(3, 5, Channels = 7), GlobalAvgPool]", 7)]
    [InlineData("[Features(9), Dense(4)]", 4)]
    [InlineData("[Features(9), BatchNorm]", 9)]
    [InlineData("[Features(9), L2Normalize]", 9)]
    [InlineData("[Features(9), Flatten]", 9)]
    public void A_vector_leaves_in_its_length(string attributes, int length)
    {
        Assert.Equal(length, Compiled.Plan(attributes).Graph.EmbeddingLength);
    }

    [Fact]
    public void Sides_agree_with_a_window_that_slides_until_it_no_longer_fits()
    {
        for (int side = 1; side <= 12; side++)
        {
            for (int kernel = 1; kernel <= side; kernel++)
            {
                for (int stride = 1; stride <= 4; stride++)
                {
                    Assert.Equal(Places(side, kernel, stride), Rows($"Conv2D(1, Kernel = {kernel}, Stride = {stride})", side));
                    Assert.Equal(Places(side, kernel, stride), Rows($"MaxPool2D({kernel}, Stride = {stride})", side));
                    Assert.Equal(Places(side + kernel - 1, kernel, stride), Rows($"Conv2D(1, Kernel = {kernel}, Stride = {stride}, Padding = Padding.Same)", side));
                    Assert.Equal((int)Math.Ceiling((double)side / stride), Places(side + kernel - 1, kernel, stride)); // as the documentation says
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)] // the odd zero goes below and to the right
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(10, 4)]
    public void Zeros_above_and_to_the_left_are_the_smaller_half(int kernel, int zeros)
    {
        Layer layer = Compiled.Plan($"[Image(28, 28), Conv2D(1, Kernel = {kernel}, Padding = Padding.Same), Flatten]").Graph.Layers[0];
        Assert.Contains($"PadTop: {zeros}, PadLeft: {zeros},", layer.Constants[0].Value, StringComparison.Ordinal);
    }

    private static int Places(int side, int window, int stride)
    {
        int places = 0;
        for (int first = 0; first + window <= side; first += stride)
            places++;
        return places;
    }

    private static int Rows(string layer, int side)
    {
        Shape output = Compiled.Plan($"[Image({side}, {side}), {layer}, Flatten]").Graph.Layers[0].Output;
        Assert.Equal(output.Height, output.Width);
        return output.Height;
    }
}
