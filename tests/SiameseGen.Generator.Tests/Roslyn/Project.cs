using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SiameseGen.Compiler.Model;
using SiameseGen.Generator.Analyzers;
using SiameseGen.Generator.Parsing;

namespace SiameseGen.Generator.Tests.Roslyn;

/// <summary>A user's project in memory, with the generator and its analyzers.</summary>
internal static class Project
{
    public static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading.Tasks;";

    private static readonly ImmutableArray<MetadataReference> References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(EncoderInfo).Assembly.Location)];

    /// <summary>The project before the generator runs. Every file may use SiameseGen's names as they are.</summary>
    public static CSharpCompilation Of(params string[] files) => Of(Parsing, files);

    /// <summary>The project before the generator runs, read with other options.</summary>
    public static CSharpCompilation Of(CSharpParseOptions parsing, params string[] files)
    {
        SyntaxTree[] trees = [.. files.Select((file, index) => Read(file, $"File{index}.cs", parsing))];
        bool isProgram = trees.Any(tree => tree.GetCompilationUnitRoot().Members.Any(SyntaxKind.GlobalStatement));
        return CSharpCompilation.Create(
            "Project",
            trees.Append(Read(isProgram ? "global using SiameseGen; " + ImplicitUsings : "global using SiameseGen;", "Usings.cs", parsing)),
            References,
            new CSharpCompilationOptions(
                isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>One file of a project.</summary>
    public static SyntaxTree Read(string file, string path, CSharpParseOptions? parsing = null) => CSharpSyntaxTree.ParseText(file, parsing ?? Parsing, path);

    /// <summary>The generator, with its steps recorded.</summary>
    public static GeneratorDriver Driver(CSharpParseOptions? parsing = null) => CSharpGeneratorDriver.Create(
        [new EncoderGenerator().AsSourceGenerator()],
        parseOptions: parsing ?? Parsing,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>What the generator makes of a project.</summary>
    public static GeneratorRunResult Generate(Compilation project) => Driver(ParsingOf(project)).RunGenerators(project).GetRunResult().Results.Single();

    /// <summary>The project with the generated files.</summary>
    public static Compilation WithGenerated(Compilation project)
    {
        Driver(ParsingOf(project)).RunGeneratorsAndUpdateCompilation(project, out Compilation after, out _);
        return after;
    }

    /// <summary>What the analyzers say of a project, after the generator has run as in a build. A failing analyzer says AD0001.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation project) =>
        await WithGenerated(project).WithAnalyzers([new EncoderAnalyzer(), new TrainingAnalyzer(), new InputLengthAnalyzer(), new SamplerAnalyzer()]).GetAnalyzerDiagnosticsAsync();

    /// <summary>The files of encoders that could be generated, without those that only keep other code compiling.</summary>
    public static ImmutableArray<GeneratedSourceResult> Whole(GeneratorRunResult result) =>
        [.. result.GeneratedSources.Where(source => !source.SourceText.ToString().Contains("has mistakes, which the compiler reports", StringComparison.Ordinal))];

    /// <summary>What the compiler says of a project before the generator runs.</summary>
    public static IEnumerable<string> ErrorsWithoutGenerator(Compilation project) =>
        project.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id);

    /// <summary>Errors and warnings in the user's own files, except that they are not documented, and in all generated ones.</summary>
    public static IEnumerable<Diagnostic> ErrorsOfUser(Compilation project)
    {
        HashSet<string> own = [.. project.SyntaxTrees.Select(tree => tree.FilePath)];
        return WithGenerated(project).GetDiagnostics().Where(diagnostic =>
            diagnostic.Severity >= DiagnosticSeverity.Warning && !(diagnostic.Id == "CS1591" && own.Contains(diagnostic.Location.SourceTree?.FilePath ?? "")));
    }

    /// <summary>The model of the class with a metadata name; null when the parser declines.</summary>
    public static ParsedEncoder? Parse(string file, string name = "Encoder") => Parse(Of(file), name);

    /// <summary>The model of the class with a metadata name; null when the parser declines.</summary>
    public static ParsedEncoder? Parse(Compilation project, string name = "Encoder") =>
        EncoderParser.Parse(project.GetTypeByMetadataName(name)!, CancellationToken.None);

    /// <summary>The model's attributes as short text, such as <c>Conv2D(filters=8, Padding=1)</c>.</summary>
    public static string Text(EncoderModel model) =>
        string.Join(" ", model.Attributes.Select(attribute => attribute.Kind
            + (attribute.Arguments.Count == 0 ? "" : $"({string.Join(", ", attribute.Arguments.Select(argument => FormattableString.Invariant($"{argument.Name}={argument.Value}")))})")));

    /// <summary>Takes the marks <c>[|</c> and <c>|]</c> out of a file.</summary>
    /// <returns>The file, and what stood between the marks.</returns>
    public static (string File, TextSpan Marked) Unmark(string marked)
    {
        int start = marked.IndexOf("[|", StringComparison.Ordinal);
        int end = marked.IndexOf("|]", StringComparison.Ordinal) - 2;
        return (marked.Remove(end + 2, 2).Remove(start, 2), TextSpan.FromBounds(start, end));
    }

    private static CSharpParseOptions ParsingOf(Compilation project) => (CSharpParseOptions)project.SyntaxTrees.First().Options;
}
