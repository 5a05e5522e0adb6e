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

    private static readonly (string, string)[] Artifacts =
    [
        ("/project/measured.siamese", Measured()), ("/project/damaged.siamese", Measured()[..^80]),
        ("/project/faces/measured-twice.siamese", Measured()), ("/project/hands/measured-twice.siamese", Measured()),
    ];

    public static TheoryData<string> Ids() => [.. VerifierDescriptors.All.Select(words => words.Id)];

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
    [InlineData("Template")]
    [InlineData("Threshold")]
    public async Task A_verifier_cannot_have_the_name_of_a_member(string name)
    {
        Diagnostic diagnostic = Assert.Single(await Generated.AnalyzeAsync(Generated.Project(Good.Replace("MeasuredVerifier", name, StringComparison.Ordinal)), false, Artifacts));
        Assert.Equal("SG0601", diagnostic.Id);
        Assert.Contains($"{name}Verifier", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, float.NaN)]
    [InlineData(0, 0f)]
    [InlineData(4, 1f)]
    [InlineData(8, float.PositiveInfinity)]
    public async Task Numbers_that_no_exporter_writes_are_refused(int at, float number)
    {
        byte[] payload = [.. ArtifactTests.Example().Payload];
        BitConverter.TryWriteBytes(payload.AsSpan(at), number);
        Diagnostic diagnostic = Assert.Single(await Generated.AnalyzeAsync(Generated.Project(Good), false, ("/project/measured.siamese", Measured(payload))));
        Assert.Equal("SG0604", diagnostic.Id);
        Assert.Contains("none that an exporter writes", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_layer_that_differs_is_named()
    {
        string changed = Good.Replace("Dense(2)", "Dense(2, Bias = false)", StringComparison.Ordinal);
        Diagnostic diagnostic = Assert.Single(await Generated.AnalyzeAsync(Generated.Project(changed), false, Artifacts));
        Assert.Contains("its layer 1 is 'dense bias 1 -> 2' where the encoder has 'dense bias 0 -> 2'", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_files_of_a_name_the_one_in_the_project_s_folder_is_meant_or_none()
    {
        (string, string) deep = ("/project/old/measured.siamese", Measured()[..^80]), deeper = ("/project/older/measured.siamese", Measured());
        Assert.Empty(await Generated.AnalyzeAsync(Generated.Project(Good), false, deep, Artifacts[0], deeper));
        Diagnostic diagnostic = Assert.Single(await Generated.AnalyzeAsync(Generated.Project(Good), false, deep, deeper));
        Assert.Contains("old/measured.siamese, older/measured.siamese", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.DoesNotContain(Generated.WithGenerated(Generated.Project(Good), deep, deeper).SyntaxTrees, tree => tree.FilePath.Contains("MeasuredVerifier", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_artifact_with_other_ends_of_lines_is_the_same()
    {
        string crlf = Measured().Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Empty(await Generated.AnalyzeAsync(Generated.Project(Good), true, ("/project/measured.siamese", crlf)));
    }

    private static Task<ImmutableArray<Diagnostic>> Said(string example) =>
        Generated.AnalyzeAsync(Generated.Project(example.Replace("using SiameseGen;", "", StringComparison.Ordinal)), false, Artifacts);

    private static string Measured(byte[]? payload = null)
    {
        var artifact = ArtifactTests.Example(payload);
        using var text = new StringWriter { NewLine = "\n" };
        ArtifactWriter.Write(artifact, text);
        return text.ToString();
    }
}
