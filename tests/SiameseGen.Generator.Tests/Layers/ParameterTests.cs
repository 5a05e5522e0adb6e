using SiameseGen.Compiler.Planning;
using Xunit;

namespace SiameseGen.Generator.Tests.Layers;

public class ParameterTests
{
    [Fact]
    public void Trained_tensors_come_first_and_running_statistics_last()
    {
        ParameterLayout layout = Compiled.Plan("[Image(8, 8), BatchNorm, Conv2D(4), ReLU, Flatten, Dense(3), BatchNorm]").Parameters;
        Assert.Equal(
            [
                "batchnorm1.gain 0 1", "batchnorm1.shift 1 1", "conv2d1.weight 2 3×3×1×4", "conv2d1.bias 38 4", "dense1.weight 42 144×3",
                "batchnorm2.gain 474 3", "batchnorm2.shift 477 3", "batchnorm1.running_mean 480 1", "batchnorm1.running_variance 481 1",
                "batchnorm2.running_mean 482 3", "batchnorm2.running_variance 485 3",
            ],
            layout.Tensors.Select(tensor => $"{tensor.Name} {tensor.Offset} {tensor.Tensor.ShapeText}"));
        Assert.Equal((480, 8), (layout.ParameterCount, layout.StateCount));
    }

    [Theory]
    [InlineData("[Features(4), Dense(3)]", true)]
    [InlineData("[Features(4), Dense(3), ReLU, BatchNorm]", true)]
    [InlineData("[Features(4), Dense(3), BatchNorm]", false)]
    [InlineData("[Features(4), Dense(3, Bias = true), BatchNorm]", true)]
    [InlineData("[Features(4), Dense(3, Bias = false)]", false)]
    [InlineData("[Image(4, 4), Conv2D(3), BatchNorm, Flatten]", false)]
    [InlineData("[Image(4, 4), Conv2D(3), Flatten]", true)]
    [InlineData("[Image(4, 4), DepthwiseConv2D, BatchNorm, Flatten]", false)]
    [InlineData("[Image(4, 4), DepthwiseConv2D(Bias = true), BatchNorm, Flatten]", true)]
    [InlineData("[Image(4, 4), DepthwiseConv2D, ReLU, Flatten]", true)]
    public void A_bias_is_added_unless_batch_normalisation_follows(string attributes, bool bias)
    {
        Assert.Equal(bias, Compiled.Plan(attributes).Parameters.Tensors.Any(tensor => tensor.Name.EndsWith(".bias", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Dense(3), ReLU", "HeUniform")]
    [InlineData("Dense(3), LeakyReLU", "HeUniform")]
    [InlineData("Dense(3), BatchNorm, ReLU", "HeUniform")]
    [InlineData("Dense(3), BatchNorm", "GlorotUniform")]
    [InlineData("Dense(3), Tanh", "GlorotUniform")]
    [InlineData("Dense(3), Dropout(0.1f), ReLU", "GlorotUniform")]
    [InlineData("Dense(3)", "GlorotUniform")]
    public void Weights_start_after_He_where_a_rectifier_follows(string layers, string initializer)
    {
        PlacedTensor weight = Compiled.Plan($"[Features(5), {layers}]").Parameters.Tensors[0];
        Assert.Equal((initializer, 5, 3), (weight.Tensor.Initializer, weight.Tensor.FanIn, weight.Tensor.FanOut));
    }

    [Fact]
    public void Fans_of_a_convolution_count_its_kernel()
    {
        PlacedTensor weight = Compiled.Plan("[Image(9, 9, Channels = 3), Conv2D(7, Kernel = 5), Flatten]").Parameters.Tensors[0];
        Assert.Equal((75, 175), (weight.Tensor.FanIn, weight.Tensor.FanOut)); // PyTorch: _calculate_fan_in_and_fan_out
    }

    [Fact]
    public void Fans_of_a_depthwise_convolution_are_its_kernel()
    {
        PlacedTensor weight = Compiled.Plan("[Image(9, 9, Channels = 3), DepthwiseConv2D(Kernel = 5), Flatten]").Parameters.Tensors[0];
        Assert.Equal(("5×5×3", 25, 25), (weight.Tensor.ShapeText, weight.Tensor.FanIn, weight.Tensor.FanOut));
    }

    [Fact]
    public void Layers_are_counted_by_kind()
    {
        IEnumerable<string> names = Compiled.Plan("[Features(5), Dense(4), ReLU, Dense(3), LeakyReLU, ReLU]").Graph.Layers.Select(layer => layer.Name);
        Assert.Equal(["dense1", "relu1", "dense2", "leakyrelu1", "relu2"], names);
    }
}
