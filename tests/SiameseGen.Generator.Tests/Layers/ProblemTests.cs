using SiameseGen.Compiler;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;
using SiameseGen.Generator.Diagnostics;
using Xunit;

namespace SiameseGen.Generator.Tests.Layers;

public class ProblemTests
{
    [Theory]
    [InlineData("[Dense(4)]", ProblemIds.NoInput, -1, null, "Encoder")]
    [InlineData("[Features(4)]", ProblemIds.NoLayers, -1, null, "Encoder")]
    [InlineData("[Features(4), Features(5), Dense(4)]", ProblemIds.TwoInputs, 1, null, "Encoder|Features(4)|Features(5)")]
    [InlineData("[Features(4), Dense(4), Image(2, 3)]", ProblemIds.TwoInputs, 2, null, "Encoder|Features(4)|Image(2, 3)")]
    [InlineData("[Dense(4), ReLU, Features(4)]", ProblemIds.InputNotFirst, 0, null, "Dense(4)|Features(4)")]
    [InlineData("[TripletLoss, Features(4), Dense(4)]", ProblemIds.InputNotFirst, 0, null, "TripletLoss|Features(4)")]
    [InlineData("[Image(4, 5, Channels = 3), Dense(4)]", ProblemIds.NeedsFlatten, 1, null, "Dense(4)|4×5×3|60")]
    [InlineData("[Image(4, 5), L2Normalize, Dense(4)]", ProblemIds.NeedsFlatten, 1, null, "L2Normalize|4×5×1|20")]
    [InlineData("[Image(3, 9), Conv2D(4, Kernel = 5), Flatten]", ProblemIds.KernelTooLarge, 1, "Kernel", "Conv2D(4)|5×5|3×9×1|use a kernel of at most 3×3, Padding.Same, or fewer strides and pooling layers before it")]
    [InlineData("[Image(9, 3), MaxPool2D(4), Flatten]", ProblemIds.NothingLeft, 1, "size", "MaxPool2D(4)|4×4|9×3×1|use a window of at most 3×3 or remove a pooling layer")]
    [InlineData("[Image(1, 1), AvgPool2D(2), Flatten]", ProblemIds.NothingLeft, 1, "size", "AvgPool2D(2)|2×2|1×1×1|remove it, or a pooling layer before it")]
    [InlineData("[Image(3, 9), DepthwiseConv2D(Kernel = 5, Padding = Padding.Valid), Flatten]", ProblemIds.KernelTooLarge, 1, "Kernel", "DepthwiseConv2D|5×5|3×9×1|use a kernel of at most 3×3, Padding.Same, or fewer strides and pooling layers before it")]
    [InlineData("[Features(4), DepthwiseConv2D]", ProblemIds.NeedsImage, 1, null, "DepthwiseConv2D|4|declare the input as [Image(height, width)] or remove the layer")]
    [InlineData("[Features(4), Conv2D(4)]", ProblemIds.NeedsImage, 1, null, "Conv2D(4)|4|declare the input as [Image(height, width)] or remove the layer")]
    [InlineData("[Image(2, 2), Flatten, MaxPool2D(2)]", ProblemIds.NeedsImage, 2, null, "MaxPool2D(2)|4|move it before Flatten or remove it")]
    [InlineData("[Image(2, 2), GlobalAvgPool, GlobalAvgPool]", ProblemIds.NeedsImage, 2, null, "GlobalAvgPool|1|move it before GlobalAvgPool or remove it")]
    [InlineData("[Image(4, 6), Conv2D(2)]", ProblemIds.EndsInImage, 1, null, "Encoder|2×4×2|16")]
    [InlineData("[Features(4), Dense(4), TripletLoss, ContrastiveLoss]", ProblemIds.TwoLosses, 3, null, "Encoder|TripletLoss|ContrastiveLoss")]
    public void A_problem_is_reported_once_at_the_attribute_at_fault(string attributes, string id, int attribute, string? argument, string holes)
    {
        Assert.Equal(new Problem(id, attribute, argument, EquatableArray.Of(holes.Split('|'))), Compiled.Problem(attributes));
    }

    [Theory]
    [InlineData("[Image(0, 5), Flatten]", 0, "height", "Image(0, 5)|height|0|1|8192")]
    [InlineData("[Image(5, 9000), Flatten]", 0, "width", "Image(5, 9000)|width|9000|1|8192")]
    [InlineData("[Image(5, 5, Channels = 0), Flatten]", 0, "Channels", "Image(5, 5)|Channels|0|1|65536")]
    [InlineData("[Features(-1), Dense(1)]", 0, "count", "Features(-1)|count|-1|1|16777216")]
    [InlineData("[Image(5, 5), Conv2D(0), Flatten]", 1, "filters", "Conv2D(0)|filters|0|1|65536")]
    [InlineData("[Image(5, 5), DepthwiseConv2D(Kernel = 256), Flatten]", 1, "Kernel", "DepthwiseConv2D|Kernel|256|1|255")]
    [InlineData("[Image(5, 5), DepthwiseConv2D(Stride = 0), Flatten]", 1, "Stride", "DepthwiseConv2D|Stride|0|1|8192")]
    [InlineData("[Image(5, 5), Conv2D(1, Kernel = 0), Flatten]", 1, "Kernel", "Conv2D(1)|Kernel|0|1|255")]
    [InlineData("[Image(5, 5), Conv2D(1, Stride = 0), Flatten]", 1, "Stride", "Conv2D(1)|Stride|0|1|8192")]
    [InlineData("[Features(5), Dense(0)]", 1, "units", "Dense(0)|units|0|1|65536")]
    [InlineData("[Image(5, 5), MaxPool2D(0), Flatten]", 1, "size", "MaxPool2D(0)|size|0|1|8192")]
    [InlineData("[Image(5, 5), AvgPool2D(2, Stride = -2), Flatten]", 1, "Stride", "AvgPool2D(2)|Stride|-2|1|8192")]
    public void A_size_out_of_range_is_reported(string attributes, int attribute, string argument, string holes)
    {
        Assert.Equal(new Problem(ProblemIds.SizeOutOfRange, attribute, argument, EquatableArray.Of(holes.Split('|'))), Compiled.Problem(attributes));
    }

    [Theory]
    [InlineData("[Features(5), BatchNorm(Epsilon = 0f)]", 1, "Epsilon", "BatchNorm|Epsilon|0|(0, 1]")]
    [InlineData("[Features(5), BatchNorm(Epsilon = float.NaN)]", 1, "Epsilon", "BatchNorm|Epsilon|NaN|(0, 1]")]
    [InlineData("[Features(5), BatchNorm(Momentum = 1.5f)]", 1, "Momentum", "BatchNorm|Momentum|1.5|(0, 1]")]
    [InlineData("[Features(5), LeakyReLU(Slope = 1f)]", 1, "Slope", "LeakyReLU|Slope|1|[0, 1)")]
    [InlineData("[Features(5), LeakyReLU(Slope = -0.5f)]", 1, "Slope", "LeakyReLU|Slope|-0.5|[0, 1)")]
    [InlineData("[Features(5), Dropout(1f), Dense(4)]", 1, "rate", "Dropout(1)|rate|1|[0, 1)")]
    [InlineData("[Image(5, 5), DepthwiseConv2D(Padding = (Padding)2), Flatten]", 1, "Padding", "DepthwiseConv2D|Padding|2|one of Padding.Valid, Padding.Same")]
    [InlineData("[Image(5, 5), Conv2D(1, Padding = (Padding)2), Flatten]", 1, "Padding", "Conv2D(1)|Padding|2|one of Padding.Valid, Padding.Same")]
    [InlineData(
        "[Features(5), Dense(1), TripletLoss(Distance = (DistanceMetric)6)]", 2, "Distance",
        "TripletLoss|Distance|6|one of DistanceMetric.Euclidean, DistanceMetric.SquaredEuclidean, DistanceMetric.Cosine, DistanceMetric.Manhattan, DistanceMetric.SignalToNoise, DistanceMetric.DotProduct")]
    [InlineData(
        "[Features(5), Dense(1), ContrastiveLoss(Distance = DistanceMetric.DotProduct)]", 2, "Distance",
        "ContrastiveLoss|Distance|5|one of DistanceMetric.Euclidean, DistanceMetric.SquaredEuclidean, DistanceMetric.Cosine, DistanceMetric.Manhattan, DistanceMetric.SignalToNoise")]
    public void A_value_out_of_range_is_reported(string attributes, int attribute, string argument, string holes)
    {
        Assert.Equal(new Problem(ProblemIds.ValueOutOfRange, attribute, argument, EquatableArray.Of(holes.Split('|'))), Compiled.Problem(attributes));
    }

    [Theory]
    [InlineData("ContrastiveLoss", "0f", "0")]
    [InlineData("TripletLoss", "-0.5f", "-0.5")]
    [InlineData("TripletLoss", "float.NaN", "NaN")]
    [InlineData("ContrastiveLoss", "float.PositiveInfinity", "Infinity")]
    public void A_margin_that_is_not_positive_and_finite_is_reported(string loss, string margin, string shown)
    {
        Problem problem = Compiled.Problem($"[Features(5), Dense(1), {loss}(Margin = {margin})]");
        Assert.Equal(new Problem(ProblemIds.MarginOutOfRange, 2, "Margin", EquatableArray.Of(loss, shown)), problem);
    }

    [Theory]
    [InlineData("[Image(8192, 8192), GlobalAvgPool]", 0, "Image(8192, 8192)|values|67108864|16777216")]
    [InlineData("[Image(4096, 4096), Conv2D(2, Padding = Padding.Same), GlobalAvgPool]", 1, "Conv2D(2)|output|33554432|16777216")]
    [InlineData("[Image(8192, 2, Channels = 1024), Conv2D(65536, Kernel = 255, Padding = Padding.Same, Stride = 8192), GlobalAvgPool, Dense(8)]", 1, "Conv2D(65536)|parameters|4363753947136|268435456")]
    [InlineData("[Features(16777216), Dense(65536), Dense(8)]", 1, "Dense(65536)|parameters|1099511693312|268435456")]
    [InlineData("[Image(512, 512), Flatten]", 1, "Flatten|embedding|262144|8192")]
    [InlineData("[Features(4), Dense(8193)]", 1, "Dense(8193)|embedding|8193|8192")]
    public void What_cannot_be_addressed_is_reported(string attributes, int attribute, string holes)
    {
        Assert.Equal(new Problem(ProblemIds.TooLarge, attribute, null, EquatableArray.Of(holes.Split('|'))), Compiled.Problem(attributes));
    }

    [Fact]
    public void An_embedding_may_have_8192_floats() => Assert.Empty(Compiled.Problems("[Features(4), Dense(8192)]"));

    [Fact]
    public void An_encoder_whose_layers_are_too_large_together_is_reported_at_the_class()
    {
        string dense = string.Concat(Enumerable.Repeat("[Dense(10000)]", 3));
        Problem problem = Compiled.Problem($"[Features(10000)] {dense} [Dense(4)]");
        Assert.Equal(new Problem(ProblemIds.TooLarge, Problem.WholeClass, null, EquatableArray.Of("Encoder", "parameters", "300070004", "268435456")), problem);
    }

    [Fact]
    public void Independent_problems_show_at_once_in_the_order_of_the_source()
    {
        EquatableArray<Problem> problems = Compiled.Problems(
            "[Image(8, 8)] [Conv2D(0)] [BatchNorm(Momentum = 0f)] [Dropout(2f)] [Dense(0)] [TripletLoss(Margin = 0f)]");
        Assert.Equal(
            [ProblemIds.SizeOutOfRange, ProblemIds.ValueOutOfRange, ProblemIds.ValueOutOfRange, ProblemIds.SizeOutOfRange, ProblemIds.MarginOutOfRange],
            problems.Select(problem => problem.Id));
        Assert.Equal([1, 2, 3, 4, 5], problems.Select(problem => problem.Attribute));
    }

    [Theory]
    [InlineData("[Image(8, 8), Conv2D(4, Kernel = 9), BatchNorm, ReLU, MaxPool2D(2), Dense(4)]", ProblemIds.KernelTooLarge)] // what arrives at Dense is unknown
    [InlineData("[Image(8, 8), Dense(4), ReLU, Dense(2)]", ProblemIds.NeedsFlatten)] // the first Dense makes a vector all the same
    [InlineData("[Image(8, 8), BatchNorm(Epsilon = -1f), Flatten, Dense(2)]", ProblemIds.ValueOutOfRange)]
    [InlineData("[Features(0), Conv2D(4), Flatten]", ProblemIds.SizeOutOfRange)]
    [InlineData("[Image(4, 4), Features(16), Dense(2)]", ProblemIds.TwoInputs)]
    [InlineData("[Features(16), Image(4, 4), Conv2D(2), Flatten]", ProblemIds.TwoInputs)]
    [InlineData("[Image(2, 2), MaxPool2D(3), MaxPool2D(3)]", ProblemIds.NothingLeft)]
    public void A_problem_does_not_bring_others_with_it(string attributes, string id) => Assert.Equal(id, Compiled.Problem(attributes).Id);

    [Fact]
    public void What_is_known_after_a_problem_is_still_checked()
    {
        EquatableArray<Problem> problems = Compiled.Problems("[Image(8, 8), BatchNorm(Epsilon = -1f), Dense(4), Conv2D(2)]");
        Assert.Equal([ProblemIds.ValueOutOfRange, ProblemIds.NeedsFlatten, ProblemIds.NeedsImage], problems.Select(problem => problem.Id));
        Assert.Equal("move it before Dense(4) or remove it", problems[2].Arguments[2]);
    }

    [Fact]
    public void Problems_of_the_declaration_come_with_those_of_the_layers()
    {
        var notPartial = new Problem(ProblemIds.NotPartial, Problem.WholeClass, null, EquatableArray.Of("Encoder"));
        EncoderModel model = Declared.Model("[Features(4), Dense(0)]") with { Problems = EquatableArray.Of(notPartial) };
        CompilationResult result = EncoderCompiler.Compile(model);
        Assert.Equal([ProblemIds.NotPartial, ProblemIds.SizeOutOfRange], result.Problems.Select(problem => problem.Id));
        Assert.Null(result.Source);
    }

    [Fact]
    public void Every_hole_of_a_message_is_filled()
    {
        string[] models =
        [
            "[Dense(4)]", "[Features(4)]", "[Features(4), Features(5), Dense(4)]", "[Dense(4), Features(4)]", "[Image(4, 5), Dense(4)]",
            "[Image(3, 9), Conv2D(4, Kernel = 5), Flatten]", "[Image(9, 3), MaxPool2D(4), Flatten]", "[Features(4), Conv2D(4)]", "[Image(4, 6), Conv2D(2)]",
            "[Features(0), Dense(1)]", "[Features(5), Dropout(1f), Dense(4)]", "[Image(512, 512), Flatten]",
            "[Features(4), Dense(4), TripletLoss, ContrastiveLoss]", "[Features(5), Dense(1), TripletLoss(Margin = 0f)]",
        ];
        List<Problem> problems = [.. models.Select(Compiled.Problem)];
        Assert.Equal(problems.Count, problems.Select(problem => problem.Id).Distinct().Count());
        foreach (Problem problem in problems)
        {
            string format = Descriptors.For(problem.Id).MessageFormat.ToString(null);
            int holes = Enumerable.Range(0, 9).Count(hole => format.Contains($"{{{hole}}}", StringComparison.Ordinal));
            Assert.Equal(holes, problem.Arguments.Count);
        }
    }

    [Fact]
    public void An_attribute_that_the_compiler_does_not_know_is_a_defect()
    {
        EncoderModel model = Declared.Model("[Features(4), Dense(4)]") with { Attributes = EquatableArray.Of(new AttributeModel("Unheard", default, 0)) };
        Assert.Throws<InvalidOperationException>(() => EncoderCompiler.Compile(model));
    }
}
