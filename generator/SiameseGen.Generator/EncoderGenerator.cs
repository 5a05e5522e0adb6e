using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler;
using SiameseGen.Compiler.Model;
using SiameseGen.Generator.Diagnostics;
using SiameseGen.Generator.Parsing;

namespace SiameseGen.Generator;

/// <summary>
/// Writes the rest of every class marked <c>[Encoder]</c>. Of a broken model it writes the members without anything in them and says nothing: that is the analyzer's part.
/// </summary>
/// <remarks>Each model is guarded for itself, because an exception that leaves a generator takes the output of all models with it.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class EncoderGenerator : IIncrementalGenerator
{
    /// <summary>The step that reads attributes; it runs at every edit.</summary>
    public const string ModelsStep = "Models";

    /// <summary>The step that compiles models; it runs for those that changed.</summary>
    public const string SourcesStep = "Sources";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Result> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownTypes.Encoder,
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                static (hit, cancellationToken) => Guard(hit.TargetSymbol.Name, () => Read(hit, cancellationToken)))
            .Where(static result => result is not null)
            .Select(static (result, _) => result!)
            .WithTrackingName(ModelsStep);
        IncrementalValuesProvider<Result> sources = models
            .Select(static (result, _) => result.Model is { } model ? Guard(model.Name, () => Compile(model))! : result)
            .WithTrackingName(SourcesStep);
        context.RegisterSourceOutput(sources, static (output, result) => Write(output, result));

        IncrementalValuesProvider<Result> blocks = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownTypes.Block,
                static (node, _) => node is ClassDeclarationSyntax,
                static (hit, cancellationToken) => Guard(hit.TargetSymbol.Name, () => ReadBlock(hit, cancellationToken)))
            .Where(static result => result is not null)
            .Select(static (result, _) => result!);
        context.RegisterSourceOutput(
            blocks, static (output, result) => Write(output, result.Model is { } model ? Guard(model.Name, () => CompileBlock(model))! : result));
    }

    // A second declaration with [Encoder] is the compiler's error, and must not become a second file of the same name.
    private static Result? Read(GeneratorAttributeSyntaxContext hit, CancellationToken cancellationToken) =>
        hit.TargetSymbol is INamedTypeSymbol type
        && EncoderParser.Parse(type, cancellationToken) is { } parsed
        && parsed.Declaration == hit.TargetNode
        && parsed.Model.Problems.All(problem => ProblemIds.LeavesRoom(problem.Id))
            ? new Result(parsed.Model.Name, Model: parsed.Model)
            : null;

    private static Result? ReadBlock(GeneratorAttributeSyntaxContext hit, CancellationToken cancellationToken) =>
        hit.TargetSymbol is INamedTypeSymbol type
        && !type.GetAttributes().Any(attribute => KnownTypes.IsEncoder(attribute.AttributeClass))
        && EncoderParser.ParseBlock(type, cancellationToken) is { } parsed
        && parsed.Declaration == hit.TargetNode
        && !parsed.Model.IsDocumented
        && DeclarationRules.CanHaveAnotherPart(type, cancellationToken)
            ? new Result(parsed.Model.Name, Model: parsed.Model)
            : null;

    private static Result CompileBlock(EncoderModel model)
    {
        CompilationResult result = EncoderCompiler.CompileBlock(model);
        return new Result(model.Name, HintName: result.HintName, Source: result.Source);
    }

    private static Result Compile(EncoderModel model)
    {
        CompilationResult result = EncoderCompiler.Compile(model);
        return new Result(model.Name, HintName: result.HintName, Source: result.Source ?? result.Skeleton);
    }

    /// <summary>Adds a file to the compilation, or reports that the generator failed.</summary>
    /// <param name="output">The compilation.</param>
    /// <param name="result">The file.</param>
    internal static void Write(SourceProductionContext output, Result result)
    {
        Result written = Guard(result.Name, () =>
        {
            if (result is { HintName: { } hintName, Source: { } source })
                output.AddSource(FileName(hintName), source);
            return result;
        })!;
        if (written.Failure is { } failure)
            output.ReportDiagnostic(Diagnostic.Create(Descriptors.InternalFailure, Location.None, written.Name, failure.Exception, failure.Message));
    }

    // Identifiers may have marks and joiners, as words of many scripts do, which Roslyn refuses in names of files.
    private static string FileName(string hintName) => string.Concat(hintName.Select(letter =>
        char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter.ToString() : FormattableString.Invariant($"-{(int)letter:x4}")));

    /// <summary>Carries out a step; what it throws becomes part of the result, because an exception would take the output of all models with it.</summary>
    /// <param name="name">The class.</param>
    /// <param name="step">The step.</param>
    internal static Result? Guard(string name, Func<Result?> step)
    {
        try
        {
            return step();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new Result(name, Failure: new Failure(exception.GetType().Name, exception.Message));
        }
    }

    /// <summary>How far a model has come.</summary>
    /// <param name="Name">The class.</param>
    /// <param name="Model">What to compile.</param>
    /// <param name="HintName">The name of the generated file.</param>
    /// <param name="Source">The generated file; null when there is none.</param>
    /// <param name="Failure">What went wrong in the generator itself.</param>
    internal sealed record Result(string Name, EncoderModel? Model = null, string? HintName = null, string? Source = null, Failure? Failure = null);

    /// <summary>An exception as a plain value.</summary>
    /// <param name="Exception">Its type.</param>
    /// <param name="Message">Its message.</param>
    internal sealed record Failure(string Exception, string Message);
}
