using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using SiameseGen.Docs.Tests;
using SiameseGen.Generator.Tests.Gradients;
using SiameseGen.Generator.Tests.Roslyn;
using Xunit;

namespace SiameseGen.Generator.Tests.Planning;

/// <summary>An architecture's text is enough to make the same encoder again.</summary>
public partial class ArchitectureTextTests
{
    public static TheoryData<string> Models => [.. FilesOfModels().SelectMany(EncodersIn)];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_comes_back_from_its_text(string name) => AssertComesBack(Project.Parse(Project.Of([.. FilesOfModels()]), $"SiameseGen.Models.{name}")!.Model);

    [Fact]
    public void Random_models_come_back_from_their_texts()
    {
        foreach (string declaration in RandomDeclarations.Make(300, seed: 5))
            AssertComesBack(Declared.Model(Blocks(declaration)));
    }

    [Theory]
    [InlineData("[Features(4), Dropout(0.5f)]")]
    [InlineData("[Block, Dropout(0.1f)] class A; [Features(4), Residual<A>, Dense(2)]")]
    [InlineData("[Block, Dropout(0.1f)] class A; [Block, Dense(4)] class B; [Features(4), Residual<A, B>, Residual<B, A>]")]
    [InlineData("[Block, Residual<B>, Residual<B>] class A; [Block, Dense(4), Residual<C>] class B; [Block, ReLU] class C; [Features(4), Residual<A, A>]")]
    [InlineData("[Block, SqueezeExcite(3)] class A; [Image(4, 4, Channels = 7), Residual<A>, SqueezeExcite(2), SqueezeExcite(100), Flatten]")]
    [InlineData("[Image(9, 9), MaxPool2D(3, 2), AvgPool2D(2, 1, Pad = 1, PadLeft = 0, PadRight = 0), Flatten]")]
    [InlineData("[Image(9, 9), MaxPool2D(2, 3), MaxPool2D(2, Padding = Padding.Same), AvgPool2D(2, Stride = 1), Flatten]")]
    [InlineData("[Features(3), Standardize(0.1f, 0.3f), Invert, Rescale(0.00392156886f), Dense(2), BatchNorm(Epsilon = 0.000123456789f)]")]
    public void What_is_hard_to_see_in_a_text_comes_back(string attributes) => AssertComesBack(Declared.Model(attributes));

    [Theory]
    [InlineData("")]
    [InlineData("image 4x4")]
    [InlineData("features four; relu")]
    [InlineData("features 4; relu relu")]
    [InlineData("features 4; swish")]
    [InlineData("features 4; dense bias 2 -> 3")]
    [InlineData("features 4; dense bias 1")]
    [InlineData("features 4; dense bias 1 -> 03")]
    [InlineData("features 4; dense bias 1 -> -3")]
    [InlineData("features 4; batchnorm epsilon 0.00001")]
    [InlineData("features 4; add with 1")]
    [InlineData("features 4; from 1: relu")]
    [InlineData("features 4; from 0: relu")]
    [InlineData("features 4; relu; from 0: tanh")]
    [InlineData("features 4; relu; tanh; add with 1; from 2: add with 1")]
    [InlineData("features 4; relu with 0")]
    [InlineData("features 4; add")]
    [InlineData("image 4x4x1; flatten -> 15")]
    [InlineData("image 4x4x1; conv2d 4 kernel 9 stride 1 pad 0 0 bias 1 -> 1x1x4; flatten -> 4")]
    [InlineData("image 4x4x2; sigmoid; from 0: channelscale with 1; flatten -> 32")]
    public void Another_text_is_refused(string text) =>
        Assert.Contains("architecture's text", Assert.Throws<FormatException>(() => ArchitectureText.Read(text)).Message, StringComparison.Ordinal);

    // Each part reads the two before it: as blocks it would be as large as Fibonacci's numbers.
    [Fact]
    public void A_text_made_up_to_take_long_or_deep_is_refused_soon()
    {
        string overlapping = "features 4; relu" + string.Concat(Enumerable.Range(0, 90).Select(line => FormattableString.Invariant($"; add with {line}")));
        Assert.Throws<FormatException>(() => ArchitectureText.Read(overlapping));
        string deep = "features 4; relu" + string.Concat(Enumerable.Repeat("; relu", 2000)) + string.Concat(Enumerable.Range(0, 2000).Select(line => FormattableString.Invariant($"; add with {2000 - line}")));
        Assert.Throws<FormatException>(() => ArchitectureText.Read(deep));
        Assert.Throws<FormatException>(() => ArchitectureText.Read("features 4" + string.Concat(Enumerable.Repeat("; relu", 5000))));
    }

    [Fact]
    public void The_model_has_the_name_it_is_given()
    {
        EncoderModel model = ArchitectureText.Read("features 4; dense bias 1 -> 3", "Faces", "My.Models");
        Assert.Equal("My.Models.Faces", model.MetadataName);
    }

    private static void AssertComesBack(EncoderModel model)
    {
        Plan plan = Compiled.Plan(model);
        string text = ArchitectureText.Of(plan.Graph);
        Plan again = Compiled.Plan(ArchitectureText.Read(text));
        Assert.Equal(text, ArchitectureText.Of(again.Graph));
        Assert.Equal(Tensors(plan), Tensors(again));

        Assert.Equal(Steps(plan), Steps(again));
    }

    private static IEnumerable<string> Tensors(Plan plan) =>
        plan.Parameters.Tensors.Select(placed => FormattableString.Invariant($"{placed.Tensor.Role} {placed.Tensor.ShapeText} at {placed.Offset}"));

    // What is computed, in which order: all of the plan of inference but names.
    private static IEnumerable<string> Steps(Plan plan) => plan.Inference.Steps.Select(step => FormattableString.Invariant($"{step.Lowering.Kernel} ")
        + OfTraining().Replace(string.Join(", ", step.Layer.Constants.Select(constant => constant.Value)), "")
        + string.Join(", ", step.Values.Select(pair => pair.Value.Offset)));

    private static IEnumerable<string> FilesOfModels() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Models", "Models"), "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText);

    private static IEnumerable<string> EncodersIn(string file) => Project.Read(file, "Models.cs").GetRoot().DescendantNodes()
        .OfType<ClassDeclarationSyntax>()
        .Where(type => type.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == "Encoder"))
        .Select(type => type.Identifier.Text);

    // As tests read declarations: without [Encoder], and blocks as classes that are not public.
    private static string Blocks(string declaration) => declaration.Replace("[Encoder]", "", StringComparison.Ordinal).Replace("public class", "class", StringComparison.Ordinal);

    [GeneratedRegex(", Momentum: [^,]+")]
    private static partial Regex OfTraining();
}
