using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SiameseGen.Compiler;
using SiameseGen.Generator;
using SiameseGen.Generator.Analyzers;
using SiameseGen.Generator.Parsing;

namespace SiameseGen.Testing;

/// <summary>What the generator, the analyzers and the compiler of C# make of a source text, in forms that any snapshot library takes.</summary>
public sealed class GeneratedModel
{
    private const string FileName = "Model.cs";
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private GeneratedModel(IReadOnlyDictionary<string, string> files, string plan, IReadOnlyList<ModelDiagnostic> diagnostics, IReadOnlyList<string> errors) =>
        (Files, Plan, Diagnostics, Errors) = (files, plan, diagnostics, errors);

    /// <summary>Generated files by name, in the order of their names.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>The plans of all encoders without mistakes, in their short text form: what most tests want to compare. Line ends are line feeds.</summary>
    public string Plan { get; }

    /// <summary>What SiameseGen's analyzers say, in the order of the source.</summary>
    public IReadOnlyList<ModelDiagnostic> Diagnostics { get; }

    /// <summary>Errors and warnings of the compiler of C#, in the text and in generated files, as it writes them.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>Compiles a source text. It sees .NET, SiameseGen and its namespace, and nothing else.</summary>
    /// <param name="source">C# with classes marked <c>[Encoder]</c> or <c>[Block]</c>.</param>
    /// <returns>All that comes of it; mistakes are no exceptions.</returns>
    public static GeneratedModel From(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        SyntaxTree[] trees = [CSharpSyntaxTree.ParseText(source, Parsing, FileName), CSharpSyntaxTree.ParseText("global using System; global using SiameseGen;", Parsing, "Usings.cs")];
        var compilation = CSharpCompilation.Create(
            "Model", trees, References(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new EncoderGenerator().AsSourceGenerator()], parseOptions: Parsing)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation whole, out _);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        ImmutableArray<Diagnostic> found = whole.WithAnalyzers([new EncoderAnalyzer(), new TrainingAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return new GeneratedModel(
            result.GeneratedSources.OrderBy(file => file.HintName, StringComparer.Ordinal).ToDictionary(file => file.HintName, file => file.SourceText.ToString()),
            string.Join("\n", ModelReader.Read(whole, whole.SyntaxTrees.First()).Select(model => EncoderCompiler.Compile(model).Plan).OfType<string>()),
            [.. found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal).Select(ModelDiagnostic.Of)],
            [.. whole.GetDiagnostics().Where(IsWorthTelling).Select(diagnostic => diagnostic.ToString())]);
    }

    /// <summary>Diagnostics, errors and generated files as one text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (ModelDiagnostic diagnostic in Diagnostics)
            text.Append(diagnostic).Append('\n');
        foreach (string error in Errors)
            text.Append(error).Append('\n');
        foreach ((string name, string file) in Files)
            text.Append("// ---- ").Append(name).Append('\n').Append(file);
        return text.ToString();
    }

    // A text for a test need not be documented.
    private static bool IsWorthTelling(Diagnostic diagnostic) => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1591";

    private static IEnumerable<MetadataReference> References()
    {
        string[] assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return assemblies.Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Append(typeof(EncoderInfo).Assembly.Location).Select(path => MetadataReference.CreateFromFile(path));
    }
}

/// <summary>A diagnostic of SiameseGen.</summary>
/// <param name="Id">Such as <c>SG0101</c>.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Underlined">The text that is underlined.</param>
/// <param name="Message">What is wrong and what would mend it.</param>
public sealed record ModelDiagnostic(string Id, int Line, string Underlined, string Message)
{
    /// <summary>Such as <c>SG0101, line 3, "Dense(64)": …</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}, line {Line}, \"{Underlined}\": {Message}");

    internal static ModelDiagnostic Of(Diagnostic diagnostic) => new(
        diagnostic.Id,
        diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1,
        diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan) ?? "",
        diagnostic.GetMessage(CultureInfo.InvariantCulture));
}
