using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SiameseGen.Compiler.Model;
using SiameseGen.Docs.Tests;
using SiameseGen.Generator.Diagnostics;
using Xunit;

namespace SiameseGen.Generator.Tests.Roslyn;

/// <summary>Each diagnostic has a page, with an example that fails and one that works.</summary>
public sealed class PageTests
{
    private static IEnumerable<DiagnosticDescriptor> All => Descriptors.OfModels.Concat(Descriptors.OfCalls).Concat(VerifierDescriptors.All).Append(Descriptors.InternalFailure);

    public static TheoryData<string> Ids() => [.. All.Select(words => words.Id)];

    // Those of verifiers need artifacts, and are carried out beside the tests of exports.
    public static TheoryData<string> IdsWithExamples() => [.. Descriptors.OfModels.Concat(Descriptors.OfCalls).Select(words => words.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_diagnostic_has_a_page_and_a_line_in_the_table(string id)
    {
        DiagnosticDescriptor words = All.Single(words => words.Id == id);
        Assert.EndsWith(PathOf(id), words.HelpLinkUri, StringComparison.Ordinal);
        Assert.StartsWith($"# {id}: {words.Title}\n", Read(PathOf(id)), StringComparison.Ordinal);
        Assert.Contains($"\n| [{id}]({id}.md) | {words.Title} |\n", Read(PathOf("README")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_belongs_to_a_diagnostic() =>
        Assert.Equal(
            All.Select(words => words.Id).Append("README").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.GetDirectoryName(Path.Combine(Repository.Root, PathOf("README")))!)
                .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(IdsWithExamples))]
    public async Task The_examples_of_a_page_fail_and_work_as_it_says(string id)
    {
        List<CodeBlock> examples = CodeBlock.In(Read(PathOf(id)));
        Assert.Equal([CodeBlockKind.Error, CodeBlockKind.Run], examples.Select(example => example.Kind));

        Assert.Equal(id, examples[0].ErrorId);
        Assert.Equal(id, Assert.Single(await Project.AnalyzeAsync(Project.Of(ParsingOfFailing(id), examples[0].Text))).Id);

        Compilation working = Project.Of(examples[1].Text);
        Assert.Empty(await Project.AnalyzeAsync(working));
        Assert.Empty(Project.ErrorsOfUser(working));
        Assert.NotEmpty(Project.Generate(working).GeneratedSources);
    }

    // All examples are for today's C#, but one.
    private static CSharpParseOptions ParsingOfFailing(string id) =>
        id == ProblemIds.LanguageTooOld ? Project.Parsing.WithLanguageVersion(LanguageVersion.CSharp12) : Project.Parsing;

    private static string PathOf(string page) => $"docs/reference/diagnostics/{page}.md";

    private static string Read(string page) => File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");
}
