using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Xunit;

namespace SiameseGen.Docs.Tests;

/// <summary>What the documentation shows is what the code does.</summary>
public sealed class PageTests
{
    private const string Arrow = "// → ";

    // The pages of the diagnostics, with an example that fails and one that works, are checked beside the analyzer's tests.
    public static TheoryData<string> PagesWithCode() =>
        [.. Repository.Pages().Where(page => !page.StartsWith("docs/reference/diagnostics/", StringComparison.Ordinal) && Blocks(page).Count > 0)];

    public static TheoryData<string> AllPages() => [.. Repository.Pages()];

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public async Task Code_compiles_and_prints_what_the_page_says(string page)
    {
        List<CodeBlock> blocks = Blocks(page).FindAll(block => block.Kind is not CodeBlockKind.Error);
        Compilation compilation = PageCompiler.Compile(PageProgram.Compose(page, blocks), out ImmutableArray<Diagnostic> diagnostics);
        Assert.Empty(diagnostics.Select(diagnostic => diagnostic.ToString()));

        ILookup<int, string> printed = (await PageCompiler.RunAsync(compilation)).ToLookup(print => print.Line, print => print.Text);
        foreach ((int line, string expected) in blocks.Where(block => block.Kind is CodeBlockKind.Run).SelectMany(Expectations))
        {
            string actual = string.Join(' ', printed[line]);
            Assert.True(Agree(expected, actual), $"{page}({line}): the page says {expected}, the code prints {(actual.Length == 0 ? "nothing" : actual)}.");
        }
    }

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public void Broken_code_gives_the_diagnostic_the_page_names(string page)
    {
        foreach (CodeBlock block in Blocks(page).Where(block => block.Kind is CodeBlockKind.Error))
        {
            PageCompiler.Compile(PageProgram.Compose(page, [block]), out ImmutableArray<Diagnostic> diagnostics);
            Assert.True(
                diagnostics.Any(diagnostic => diagnostic.Id == block.ErrorId),
                $"{page}({block.FirstLine}): expected {block.ErrorId}, got {string.Join("; ", diagnostics)}");
        }
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Links_lead_somewhere(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        foreach ((string file, string heading) in Markdown.LocalLinks(Read(page)))
        {
            string target = file.Length == 0 ? Path.Combine(Repository.Root, page) : Path.Combine(folder, file);
            Assert.True(Path.Exists(target), $"{page}: the link to {file} leads nowhere.");
            Assert.True(heading.Length == 0 || Markdown.Anchors(File.ReadAllText(target)).Contains(heading), $"{page}: {file} has no heading {heading}.");
        }
    }

    [Theory]
    [InlineData("0.25", "0.25000003", true)]
    [InlineData("0.49", "0.485", true)]
    [InlineData("0.49", "0.4849", false)]
    [InlineData("0", "0.4", false)]
    [InlineData("0", "0", true)]
    [InlineData("Ada", "Ada", true)]
    [InlineData("Ada", "Ida", false)]
    public void Figures_agree_to_the_digits_that_a_page_shows(string expected, string actual, bool agree) =>
        Assert.Equal(agree, Agree(expected, actual));

    private static List<CodeBlock> Blocks(string page) => CodeBlock.In(Read(page));

    private static string Read(string page) => File.ReadAllText(Path.Combine(Repository.Root, page));

    private static IEnumerable<(int Line, string Expected)> Expectations(CodeBlock block) =>
        block.Text.Split('\n')
            .Select((text, index) => (Line: block.FirstLine + index, Text: text, At: text.IndexOf(Arrow, StringComparison.Ordinal)))
            .Where(line => line.At >= 0)
            .Select(line => (line.Line, line.Text[(line.At + Arrow.Length)..].Trim()));

    private static bool Agree(string expected, string actual)
    {
        if (!decimal.TryParse(expected, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal shown)
            || !decimal.TryParse(actual, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal printed))
            return expected == actual;
        // A whole number is exact; a decimal one is rounded to the digits shown.
        decimal tolerance = shown.Scale == 0 ? 0 : 0.5m / (decimal)Math.Pow(10, shown.Scale);
        return Math.Abs(shown - printed) <= tolerance;
    }
}
