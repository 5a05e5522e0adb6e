using Xunit;

namespace SiameseGen.Generator.Tests.Planning;

public class ArchitectureTests
{
    private const string Model = "[Image(8, 8), Conv2D(4), BatchNorm, ReLU, Flatten, Dense(3), TripletLoss]";

    [Fact]
    public void The_text_tells_all_that_weights_depend_on()
    {
        Assert.Equal(
            "image 8x8x1; conv2d 4 kernel 3 stride 1 pad 0 0 bias 0 -> 6x6x4; batchnorm epsilon 1E-05; relu; flatten -> 144; dense bias 1 -> 3",
            Text(Model));
    }

    [Theory]
    [InlineData("[Image(8, 8), Conv2D(4, Bias = false), BatchNorm(Momentum = 0.5f), ReLU, Flatten, Dense(3), ContrastiveLoss]")]
    [InlineData("[Image(8, 8), Conv2D(4), BatchNorm, ReLU, Dropout(0.5f), Flatten, Flatten, Dense(3)]")]
    public void Weights_are_interchangeable_where_only_training_differs(string attributes) => Assert.Equal(Text(Model), Text(attributes));

    [Theory]
    [InlineData("[Image(8, 8), Conv2D(4), BatchNorm(Epsilon = 0.001f), ReLU, Flatten, Dense(3)]")]
    [InlineData("[Image(8, 8), Conv2D(4, Bias = true), BatchNorm, ReLU, Flatten, Dense(3)]")]
    [InlineData("[Image(8, 8), Conv2D(4), BatchNorm, LeakyReLU, Flatten, Dense(3)]")]
    [InlineData("[Image(8, 8), Conv2D(4), BatchNorm, ReLU, Flatten, Dense(3), L2Normalize]")]
    [InlineData("[Image(8, 8), Conv2D(4, Padding = Padding.Same), BatchNorm, ReLU, Flatten, Dense(3)]")]
    [InlineData("[Image(8, 9), Conv2D(4), BatchNorm, ReLU, Flatten, Dense(3)]")]
    [InlineData("[Image(8, 8), Conv2D(4, Stride = 2), BatchNorm, ReLU, Flatten, Dense(3)]")]
    public void Weights_are_not_interchangeable_where_embeddings_would_differ(string attributes) => Assert.NotEqual(Text(Model), Text(attributes));

    private static string Text(string attributes) => string.Join("; ", Compiled.Plan(attributes).Graph.Architecture);
}
