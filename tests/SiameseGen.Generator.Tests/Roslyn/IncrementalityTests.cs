using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace SiameseGen.Generator.Tests.Roslyn;

/// <summary>An edit regenerates what it changes and nothing else, so that typing stays quick in projects with many encoders.</summary>
public sealed class IncrementalityTests
{
    private const string First = """
        [Encoder, Features(4), Dense(2)] partial class First
        {
            int Number() => 1;
        }
        """;

    private const string Second = "[Encoder, Features(4), Dense(3), TripletLoss] partial class Second;";
    private const string Other = "class Other;";

    [Theory]
    [InlineData(0, "Number() => 1", "Number() => 2")]
    [InlineData(0, "=> 1;", "=> 1; int Another() => 3;")]
    [InlineData(0, "[Encoder", "// Words about it.\n[Encoder")]
    [InlineData(0, "Features(4), ", "Features(4),\n\n    /* wide */ ")]
    [InlineData(0, "Dense(2)", "Dense(1 + 1)")]
    [InlineData(1, "partial", "sealed partial")]
    [InlineData(2, "class Other;", "class Other { void Method() { } }")]
    [InlineData(2, "class Other;", "partial class First { string Text => \"\"; }")]
    [InlineData(2, "class Other;", "[System.Obsolete] enum Other { One }")]
    public void An_edit_that_changes_no_model_regenerates_nothing(int file, string from, string to)
    {
        GeneratorRunResult result = RunAfterEdit(file, from, to);
        Assert.Equal(2, Steps(result, EncoderGenerator.SourcesStep).Count);
        Assert.All(Steps(result, EncoderGenerator.ModelsStep), step => Assert.True(IsKept(step.Reason), $"Models: {step.Reason}"));
        Assert.All(Steps(result, EncoderGenerator.SourcesStep), step => Assert.Equal(IncrementalStepRunReason.Cached, step.Reason));
        Assert.All(
            result.TrackedOutputSteps.Values.SelectMany(steps => steps).SelectMany(step => step.Outputs),
            step => Assert.Equal(IncrementalStepRunReason.Cached, step.Reason));
    }

    [Theory]
    [InlineData(0, "Dense(2)", "Dense(5)", "First")]
    [InlineData(0, "Dense(2)", "Dense(2, Bias = false)", "First")]
    [InlineData(0, "Dense(2)", "Dense(2), ReLU", "First")]
    [InlineData(0, "[Encoder", "/// <summary>Documented.</summary>\n[Encoder", "First")]
    [InlineData(1, "TripletLoss", "ContrastiveLoss", "Second")]
    public void A_changed_model_alone_is_regenerated(int file, string from, string to, string changed)
    {
        GeneratorRunResult result = RunAfterEdit(file, from, to);
        Assert.Equal(
            [(changed == "First", "First"), (changed == "Second", "Second")],
            Steps(result, EncoderGenerator.SourcesStep).Select(step => (step.Reason == IncrementalStepRunReason.Modified, ((EncoderGenerator.Result)step.Value).Name)).Order(
                Comparer<(bool, string Name)>.Create((left, right) => string.CompareOrdinal(left.Name, right.Name))));
    }

    [Fact]
    public void A_model_that_breaks_leaves_the_other_alone()
    {
        GeneratorRunResult result = RunAfterEdit(0, "Dense(2)", "Dense(0)");
        Assert.Equal(["Second.g.cs"], Project.Whole(result).Select(source => source.HintName));
        Assert.Contains(Steps(result, EncoderGenerator.SourcesStep), step => step.Reason == IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_removed_model_is_no_longer_generated() =>
        Assert.Equal(["Second.g.cs"], RunAfterEdit(0, "Encoder, ", "").GeneratedSources.Select(source => source.HintName));

    [Fact]
    public void Steps_keep_nothing_of_the_compiler()
    {
        GeneratorRunResult result = Project.Generate(Project.Of(First, Second, "partial class A { [Encoder, Features(4), Dense(2), TripletLoss] partial class B; }"));
        List<object> values = [.. Steps(result, EncoderGenerator.ModelsStep).Concat(Steps(result, EncoderGenerator.SourcesStep)).Select(step => step.Value)];
        Assert.Equal(6, values.Count);
        Assert.All(values, value => ObjectGraph.AssertPlain(value));
    }

    private static GeneratorRunResult RunAfterEdit(int file, string from, string to)
    {
        string[] files = [First, Second, Other];
        Assert.Contains(from, files[file], StringComparison.Ordinal);
        CSharpCompilation before = Project.Of(files);
        SyntaxTree edited = before.SyntaxTrees[file];
        CSharpCompilation after = before.ReplaceSyntaxTree(edited, Project.Read(files[file].Replace(from, to, StringComparison.Ordinal), edited.FilePath));
        return Project.Driver().RunGenerators(before).RunGenerators(after).GetRunResult().Results.Single();
    }

    private static bool IsKept(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static List<(object Value, IncrementalStepRunReason Reason)> Steps(GeneratorRunResult result, string name) =>
        [.. result.TrackedSteps[name].SelectMany(step => step.Outputs)];
}
