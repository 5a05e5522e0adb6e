using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace SiameseGen.Docs.Tests;

/// <summary>Compiles a page's program in memory, with the generator and its analyzers, as a user's build would.</summary>
internal static class PageCompiler
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(EncoderInfo).Assembly.Location),
        MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "SiameseGen.Imaging.dll")),
        MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "SiameseGen.Export.dll")),
        MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "SiameseGen.Testing.dll")),
        MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "SiameseGen.Onnx.dll")),
    ];

    private static readonly Assembly GeneratorAssembly = Assembly.Load("SiameseGen.Generator");

    /// <summary>Compiles.</summary>
    /// <param name="source">The program.</param>
    /// <param name="diagnostics">Everything that the compiler, the generator and the analyzers say, hidden notes left out.</param>
    public static Compilation Compile(string source, out ImmutableArray<Diagnostic> diagnostics)
    {
        CSharpParseOptions parsing = new(LanguageVersion.CSharp14);
        Compilation compilation = CSharpCompilation.Create(
            "Page",
            [CSharpSyntaxTree.ParseText(source, parsing)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        IEnumerable<ISourceGenerator> generators = New<IIncrementalGenerator>().Select(generator => generator.AsSourceGenerator());
        CSharpGeneratorDriver.Create(generators, parseOptions: parsing)
            .RunGeneratorsAndUpdateCompilation(compilation, out compilation, out ImmutableArray<Diagnostic> fromGenerator);
        ImmutableArray<DiagnosticAnalyzer> analyzers = [.. New<DiagnosticAnalyzer>()];
        ImmutableArray<Diagnostic> fromAnalyzers = analyzers.IsEmpty
            ? []
            : compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        diagnostics =
        [
            .. compilation.GetDiagnostics().Concat(fromGenerator).Concat(fromAnalyzers)
                .Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning),
        ];
        return compilation;
    }

    /// <summary>Runs the program.</summary>
    /// <param name="compilation">A compilation without errors.</param>
    /// <returns>What each line of the page printed, in order.</returns>
    public static async Task<List<(int Line, string Text)>> RunAsync(Compilation compilation)
    {
        using MemoryStream image = new();
        if (!compilation.Emit(image).Success)
            throw new InvalidOperationException("A program with errors cannot run.");
        image.Position = 0;
        // Every page is an assembly of the same name, so each has a context of its own.
        Type program = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image).GetType(PageProgram.ClassName, throwOnError: true)!;
        await (Task)program.GetMethod("Run")!.Invoke(null, null)!;
        return (List<(int Line, string Text)>)program.GetField("Printed")!.GetValue(null)!;
    }

    private static IEnumerable<T> New<T>() =>
        GeneratorAssembly.GetTypes()
            .Where(type => typeof(T).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (T)Activator.CreateInstance(type)!);
}
