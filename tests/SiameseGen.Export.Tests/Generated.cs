using System.Collections.Immutable;
using System.Reflection;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SiameseGen.Generator;
using SiameseGen.Generator.Analyzers;

namespace SiameseGen.Export.Tests;

/// <summary>A user's project with verifiers, compiled in memory.</summary>
internal static class Generated
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All, MetadataReference.CreateFromFile(typeof(EncoderInfo).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Models.SmallGlyphs).Assembly.Location),
    ];

    /// <summary>A project before anything is generated.</summary>
    /// <param name="source">Its only file.</param>
    /// <param name="optimization">Whether it is built to be debugged or to be shipped.</param>
    public static CSharpCompilation Project(string source, OptimizationLevel optimization = OptimizationLevel.Debug) => CSharpCompilation.Create(
        "Shipping", [CSharpSyntaxTree.ParseText("using SiameseGen;\n" + source, Parsing, "Shipping.cs")], References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: optimization, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The project with what is generated.</summary>
    /// <param name="project">The project.</param>
    /// <param name="artifacts">Its artifacts: paths and texts.</param>
    public static Compilation WithGenerated(CSharpCompilation project, params (string Path, string Text)[] artifacts)
    {
        CSharpGeneratorDriver.Create(
            [new EncoderGenerator().AsSourceGenerator(), new VerifierGenerator().AsSourceGenerator()], artifacts.Select(file => new Artifact(file.Path, file.Text)), Parsing)
            .RunGeneratorsAndUpdateCompilation(project, out Compilation after, out _);
        return after;
    }

    /// <summary>Compiles the project and loads it.</summary>
    /// <param name="project">The project, with what is generated.</param>
    public static Assembly Load(Compilation project)
    {
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = project.Emit(image);
        Xunit.Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5)));
        return Assembly.Load(image.ToArray());
    }

    /// <summary>What analyzers say of the project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="publishing">Whether it is being published.</param>
    /// <param name="artifacts">Its artifacts.</param>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CSharpCompilation project, bool publishing, params (string Path, string Text)[] artifacts)
    {
        var options = new AnalyzerOptions([.. artifacts.Select(file => new Artifact(file.Path, file.Text))], new Options(publishing));
        return await WithGenerated(project, artifacts).WithAnalyzers([new EncoderAnalyzer(), new VerifierAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
    }

    private sealed class Artifact(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Options(bool publishing) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => new Global(publishing);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Global(bool publishing) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = key switch
            {
                "build_property.ProjectDir" => "/project/",
                "build_property._IsPublishing" when publishing => "true",
                _ => null,
            };
            return value is not null;
        }
    }
}
