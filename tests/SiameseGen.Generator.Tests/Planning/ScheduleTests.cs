using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using Xunit;

namespace SiameseGen.Generator.Tests.Planning;

public class ScheduleTests
{
    [Theory]
    [InlineData("[Features(4), Dense(4), BatchNorm, ReLU]", "dense1 + batchnorm1 + relu1")]
    [InlineData("[Features(4), Dense(4), ReLU]", "dense1 + relu1")]
    [InlineData("[Features(4), Dense(4), BatchNorm, LeakyReLU]", "dense1 + batchnorm1, leakyrelu1")]
    [InlineData("[Features(4), Dense(4), ReLU, BatchNorm]", "dense1 + relu1, batchnorm1")]
    [InlineData("[Features(4), Dense(4), Dropout(0.5f), BatchNorm, Dropout(0.5f), ReLU]", "dense1 + batchnorm1 + relu1")]
    [InlineData("[Features(4), Dense(4), BatchNorm, BatchNorm]", "dense1 + batchnorm1, batchnorm2")]
    [InlineData("[Features(4), BatchNorm, ReLU, Dense(4)]", "batchnorm1, relu1, dense1")]
    [InlineData("[Image(4, 4), Conv2D(4), BatchNorm, ReLU, Flatten, Dense(4), L2Normalize]", "conv2d1 + batchnorm1 + relu1, dense1, l2normalize1")]
    [InlineData("[Image(4, 4), DepthwiseConv2D, BatchNorm, ReLU, MaxPool2D(2), Flatten]", "depthwiseconv2d1 + batchnorm1 + relu1, maxpool2d1")]
    [InlineData("[Image(4, 4), Conv2D(4), Flatten, BatchNorm]", "conv2d1, batchnorm1")] // after Flatten it has a mean for every pixel
    [InlineData("[Image(4, 4), Conv2D(4), MaxPool2D(2), ReLU, Flatten]", "conv2d1 + maxpool2d1, relu1")]
    [InlineData("[Image(4, 4), Conv2D(4), BatchNorm, ReLU, MaxPool2D(2), Flatten]", "conv2d1 + batchnorm1 + relu1 + maxpool2d1")]
    [InlineData("[Image(4, 4), Conv2D(4), ReLU, MaxPool2D(2, Stride = 1), Flatten]", "conv2d1 + relu1, maxpool2d1")]
    [InlineData("[Image(6, 6), Conv2D(4), ReLU, MaxPool2D(3), Flatten]", "conv2d1 + relu1, maxpool2d1")]
    [InlineData("[Image(4, 4), Conv2D(4), LeakyReLU, MaxPool2D(2), Flatten]", "conv2d1, leakyrelu1, maxpool2d1")]
    [InlineData("[Features(4), Dropout(0.5f)]", "")]
    [InlineData("[Block, Dense(4), BatchNorm] class A; [Features(4), Use<A>, ReLU]", "a1.dense1 + a1.batchnorm1 + relu1")]
    [InlineData("[Block, ReLU] class A; [Features(4), Dense(4), Residual<A>]", "dense1, a1.relu1, a1.add1")] // the sum reads what comes before the ReLU
    [InlineData("[Block, Dense(4), BatchNorm] class A; [Features(4), Residual<A>, ReLU]", "a1.dense1 + a1.batchnorm1, a1.add1, relu1")]
    [InlineData("[Block, BatchNorm, Dense(4)] class A; [Features(4), Dense(4), Residual<A>]", "dense1, a1.batchnorm1, a1.dense1, a1.add1")]
    [InlineData("[Block, Dropout(0.5f)] class A; [Features(4), Dense(4), Residual<A>]", "dense1, a1.add1")]
    public void Inference_folds_and_fuses_what_follows_right_away(string attributes, string steps)
    {
        IEnumerable<string> fused = Compiled.Plan(attributes).Inference.Steps.Select(step =>
            string.Join(" + ", step.Fused.Prepend(step.Layer).Select(layer => layer.Name)));
        Assert.Equal(steps, string.Join(", ", fused));
    }

    [Theory]
    [InlineData("[Features(4), Dense(4), BatchNorm, ReLU, Dense(4)]", "dense1, batchnorm1 + relu1, dense2")]
    [InlineData("[Features(4), Dense(4), ReLU, BatchNorm]", "dense1, relu1, batchnorm1")]
    [InlineData("[Features(4), Dense(4), BatchNorm, Dropout(0.5f), ReLU]", "dense1, batchnorm1, dropout1, relu1")]
    [InlineData("[Image(4, 4), Conv2D(4), BatchNorm, ReLU, MaxPool2D(2), Flatten]", "conv2d1, batchnorm1 + relu1 + maxpool2d1")]
    [InlineData("[Image(6, 6), Conv2D(4), BatchNorm, ReLU, MaxPool2D(3), Flatten]", "conv2d1, batchnorm1 + relu1, maxpool2d1")]
    [InlineData("[Image(4, 4), Conv2D(4), BatchNorm, MaxPool2D(2), Flatten]", "conv2d1, batchnorm1, maxpool2d1")]
    [InlineData("[Image(4, 4), Conv2D(4), BatchNorm, ReLU, Flatten]", "conv2d1, batchnorm1 + relu1")]
    [InlineData("[Image(8, 8), Conv2D(8), BatchNorm, ReLU, MaxPool2D(2), Flatten]", "conv2d1 + batchnorm1 + relu1 + maxpool2d1")]
    [InlineData("[Image(8, 8), Conv2D(8, Frozen = true), BatchNorm, ReLU, MaxPool2D(2), Flatten]", "conv2d1 + batchnorm1 + relu1 + maxpool2d1")]
    [InlineData("[Image(8, 8), Conv2D(8), BatchNorm(Frozen = true), ReLU, MaxPool2D(2), Flatten]", "conv2d1 + batchnorm1 + relu1 + maxpool2d1")]
    [InlineData("[Image(8, 8), Conv2D(4), BatchNorm, ReLU, MaxPool2D(2), Flatten]", "conv2d1, batchnorm1 + relu1 + maxpool2d1")] // 216 beside 200
    [InlineData("[Image(8, 8), Conv2D(5), BatchNorm, ReLU, MaxPool2D(2), Flatten]", "conv2d1 + batchnorm1 + relu1 + maxpool2d1")]
    [InlineData("[Image(8, 8), Conv2D(8, Dilation = 2), BatchNorm, ReLU, MaxPool2D(2), Flatten]", "conv2d1, batchnorm1 + relu1 + maxpool2d1")]
    [InlineData("[Image(8, 8), Conv2D(8), BatchNorm, LeakyReLU, MaxPool2D(2), Flatten]", "conv2d1, batchnorm1, leakyrelu1, maxpool2d1")]
    [InlineData("[Image(8, 8), Conv2D(8), BatchNorm, ReLU, Flatten]", "conv2d1, batchnorm1 + relu1")]
    [InlineData("[Image(8, 8, Channels = 3), Conv2D(16), BatchNorm, ReLU, MaxPool2D(2), Flatten]", "conv2d1, batchnorm1 + relu1 + maxpool2d1")] // too few filters for so many terms
    [InlineData("[Image(8, 8, Channels = 3), Conv2D(32), BatchNorm, ReLU, MaxPool2D(2), Flatten]", "conv2d1 + batchnorm1 + relu1 + maxpool2d1")]
    [InlineData("[Image(8, 8), BatchNorm, Conv2D(8), BatchNorm, ReLU, MaxPool2D(2), Flatten]", "batchnorm1, conv2d1, batchnorm2 + relu1 + maxpool2d1")]
    [InlineData(
        "[Image(16, 16), Conv2D(8), BatchNorm, ReLU, MaxPool2D(2), Conv2D(64), BatchNorm, ReLU, MaxPool2D(2), Flatten]",
        "conv2d1 + batchnorm1 + relu1 + maxpool2d1, conv2d2, batchnorm2 + relu2 + maxpool2d2")]
    public void Training_fuses_what_follows_a_batch_normalisation_right_away(string attributes, string steps)
    {
        TrainingSchedule training = Compiled.Plan(attributes).Training;
        string Names(IEnumerable<Step> calls) =>
            string.Join(", ", calls.Select(step => string.Join(" + ", step.Fused.Prepend(step.Layer).Select(layer => layer.Name))));
        Assert.Equal(steps, Names(training.Forward));
        Assert.Equal(steps, Names(training.Backward.Reverse()));
    }

    [Theory]
    [InlineData("[Features(4), Sigmoid, Dense(4), ReLU, Dense(3)]", "dense2, relu1, dense1")]
    [InlineData("[Features(4), ReLU, BatchNorm, Dropout(0.5f)]", "dropout1, batchnorm1")]
    [InlineData("[Features(4), L2Normalize]", "")]
    [InlineData("[Image(4, 4), Dropout(0.5f), Conv2D(2), Flatten]", "conv2d1")]
    [InlineData("[Block, Tanh] class A; [Features(4), Residual<A>, Dense(4)]", "dense1")]
    [InlineData("[Features(4), Dense(4, Frozen = true), BatchNorm(Frozen = true), ReLU, Dense(3)]", "dense2")]
    [InlineData("[Image(8, 8), Conv2D(8, Frozen = true), BatchNorm(Frozen = true), ReLU, MaxPool2D(2), Flatten, Dense(3)]", "dense1")]
    [InlineData("[Image(8, 8), Conv2D(8, Frozen = true), BatchNorm, ReLU, MaxPool2D(2), Flatten, Dense(3)]", "dense1, conv2d1")]
    [InlineData("[Image(8, 8), Conv2D(8), BatchNorm(Frozen = true), ReLU, MaxPool2D(2), Flatten, Dense(3)]", "dense1, conv2d1")]
    [InlineData("[Features(4), Dense(4), ReLU, Dense(3, Frozen = true)]", "dense2, relu1, dense1")]
    [InlineData("[Block, Dense(4), ReLU] class A; [Features(4), Repeat<A>(3, Frozen = true), Dense(3)]", "dense1")]
    [InlineData("[Block, Tanh] class A; [Features(4), Dense(4), Residual<A>]", "tanh1, add1 Accumulate, dense1")]
    [InlineData("[Block, Dense(4), Tanh] class A; [Features(4), Residual<A>]", "tanh1, dense1")]
    public void Backward_ends_at_the_first_layer_with_parameters(string attributes, string steps)
    {
        Assert.Equal(steps, string.Join(", ", Compiled.Plan(attributes).Training.Backward.Select(step =>
            step.Layer.Name.Replace("a1.", "", StringComparison.Ordinal) + (step.Method == "Backward" ? "" : " " + step.Method))));
    }

    [Fact]
    public void The_first_layer_with_weights_computes_no_gradient_of_its_input()
    {
        IReadOnlyList<Step> backward = Compiled.Plan("[Image(4, 4), Conv2D(2), ReLU, Flatten, Dense(3)]").Training.Backward;
        Assert.Equal(-1, backward[^1].Offset(OperandKind.InputGradient));
        Assert.All(backward.SkipLast(1), step => Assert.True(step.Offset(OperandKind.InputGradient) >= 0));
    }

    [Fact]
    public void Scratch_is_that_of_the_hungriest_layer()
    {
        Plan plan = Compiled.Plan("[Image(8, 8), Conv2D(4), Conv2D(8), Flatten, Dense(4)]");
        Assert.Equal(plan.Graph.Layers.Max(layer => layer.Lowering.TrainingScratch), plan.Training.ScratchLength);
        Assert.Equal(plan.Inference.Steps.Max(step => step.Lowering.InferenceScratch), plan.Inference.ScratchLength);
    }
}
