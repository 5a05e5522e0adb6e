using SiameseGen.Compiler.Planning;
using Xunit;

namespace SiameseGen.Generator.Tests.Planning;

public class ConvolutionAlgorithmTests
{
    // Conv4-64: one channel is too few for Winograd. At inference the last layer has so few outputs that its larger weights do not pay.
    [Fact]
    public void Each_layer_and_phase_gets_its_algorithm()
    {
        string block = "Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2), ";
        Plan plan = Compiled.Plan($"[Image(28, 28), {block}{block}{block}{block}Flatten, Dense(64), L2Normalize]");
        Assert.Equal(
            ["direct", "winograd", "winograd", "winograd", "gemm"],
            plan.Training.Forward.Select(step => step.Lowering.Algorithm).Where(name => name.Length > 0));
        Assert.Equal(
            ["direct", "winograd", "winograd", "direct", "gemm"],
            plan.Inference.Steps.Select(step => step.Lowering.Algorithm).Where(name => name.Length > 0));

        // In training 6 + 4 + 4, 4 + 3 and 3 outputs either way, with two products more for each.
        Assert.Equal(
            [20 * 20 * 64 * 64, 11 * 11 * 64 * 64, 5 * 5 * 64 * 64],
            plan.Training.Forward.Where(step => step.Lowering.Algorithm == "winograd").Select(step => step.Lowering.MultiplyAdds));

        // 28 × 28 outputs; 4 + 4 + 4 + 2 either way, and 4 + 2 of the 7 that pooling does not leave out; 2 × 2 of the 3 × 3.
        Assert.Equal(
            [28 * 28 * 9 * 64, 22 * 22 * 64 * 64, 10 * 10 * 64 * 64, 2 * 2 * 9 * 64 * 64, 64 * 64],
            plan.Inference.Steps.Select(step => step.Lowering.MultiplyAdds).Where(count => count > 0));
    }

    [Theory]
    [InlineData("Conv2D(64, Kernel = 5)")]
    [InlineData("Conv2D(64, Kernel = 1)")]
    [InlineData("Conv2D(64, Stride = 2)")]
    public void Other_kernels_and_strides_are_computed_directly(string layer)
    {
        Plan plan = Compiled.Plan($"[Image(16, 16, Channels = 64), {layer}, Flatten, Dense(4)]");
        Assert.Equal("direct", plan.Training.Forward[0].Lowering.Algorithm);
        Assert.Equal("direct", plan.Inference.Steps[0].Lowering.Algorithm);
    }
}
