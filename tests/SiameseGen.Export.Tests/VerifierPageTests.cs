using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Docs.Tests;
using SiameseGen.Generator.Diagnostics;
using Xunit;

namespace SiameseGen.Export.Tests;

/// <summary>What is said of verifiers and their artifacts: the examples of the pages, and what the pages do not show.</summary>
public sealed class VerifierPageTests
{
    private const string Good =
        """
        [Verifier<Measured>("measured.siamese")]
        public static partial class MeasuredVerifier;

        [Encoder, Features(4), Dense(2)]
        public partial class Measured;
        """;

    private static readonly (string, string)[] Artifacts = [("/project/measured.siamese", Measured()), ("/project/damaged.siamese", Measured()[..^80])];

    public static TheoryData<string> Ids() => [.. Descriptors.OfVerifiers.Select(words => words.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_examples_of_a_page_fail_and_work_as_it_says(string id)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "reference", "diagnostics", id + ".md"), TestContext.Current.CancellationToken);
        List<CodeBlock> examples = CodeBlock.In(page);
        Assert.Equal([CodeBlockKind.Error, CodeBlockKind.Compile], examples.Select(example => example.Kind));
        ImmutableArray<Diagnostic> said = await Said(examples[0].Text);
        Diagnostic diagnostic = Assert.Single(said, diagnostic => diagnostic.Id.StartsWith("SG06", StringComparison.Ordinal) && (id == "SG0603" || diagnostic.Id != "SG0603"));
        Assert.Equal(id, diagnostic.Id);
        Assert.StartsWith("Verifier<", diagnostic.Location.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(diagnostic.Location.SourceSpan), StringComparison.Ordinal);
        Assert.Empty(await Said(examples[1].Text));
        Generated.Load(Generated.WithGenerated(Generated.Project(examples[1].Text), Artifacts));
    }

    [Theory]
    [InlineData(false, DiagnosticSeverity.Warning)]
    [InlineData(true, DiagnosticSeverity.Error)]
    public async Task A_missing_artifact_is_a_warning_and_an_error_when_the_project_is_published(bool publishing, DiagnosticSeverity severity)
    {
        Diagnostic diagnostic = Assert.Single(await Generated.AnalyzeAsync(Generated.Project(Good), publishing));
        Assert.Equal(("SG0603", severity), (diagnostic.Id, diagnostic.Severity));
    }

    [Fact]
    public void Without_an_artifact_the_class_is_complete_and_throws()
    {
        const string use = "public static class Use { public static string Of() { try { MeasuredVerifier.Template t = default; return MeasuredVerifier.Verify(t, new float[4]).ToString(); } catch (System.InvalidOperationException e) { return e.Message; } } }";
        Compilation project = Generated.WithGenerated(Generated.Project($"{Good}\n{use}"));
        Assert.Contains("train first", (string)Generated.Load(project).GetType("Use")!.GetMethod("Of")!.Invoke(null, [])!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Template")]
    [InlineData("Threshold")]
    public async Task A_verifier_cannot_have_the_name_of_a_member(string name)
    {
        Diagnostic diagnostic = Assert.Single(await Generated.AnalyzeAsync(Generated.Project(Good.Replace("MeasuredVerifier", name, StringComparison.Ordinal)), false, Artifacts));
        Assert.Equal("SG0601", diagnostic.Id);
        Assert.Contains($"{name}Verifier", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_layer_that_differs_is_named()
    {
        string changed = Good.Replace("Dense(2)", "Dense(2, Bias = false)", StringComparison.Ordinal);
        Diagnostic diagnostic = Assert.Single(await Generated.AnalyzeAsync(Generated.Project(changed), false, Artifacts));
        Assert.Contains("its layer 1 is 'dense bias 1 -> 2' where the encoder has 'dense bias 0 -> 2'", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_artifact_with_other_ends_of_lines_is_the_same()
    {
        string crlf = Measured().Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Empty(await Generated.AnalyzeAsync(Generated.Project(Good), true, ("/project/measured.siamese", crlf)));
    }

    private static Task<ImmutableArray<Diagnostic>> Said(string example) =>
        Generated.AnalyzeAsync(Generated.Project(example.Replace("using SiameseGen;", "", StringComparison.Ordinal)), false, Artifacts);

    private static string Measured()
    {
        var artifact = ArtifactTests.Example();
        using var text = new StringWriter { NewLine = "\n" };
        ArtifactWriter.Write(artifact, text);
        return text.ToString();
    }
}
