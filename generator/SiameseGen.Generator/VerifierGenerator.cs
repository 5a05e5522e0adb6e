using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Generator.Diagnostics;
using SiameseGen.Generator.Parsing;

namespace SiameseGen.Generator;

/// <summary>
/// Writes the rest of every class marked <c>[Verifier]</c>, with the weights of its artifact as constants. Where something is wrong it writes nothing, and the analyzer says what; only a missing
/// artifact leaves a class that compiles, because training comes after the first build.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class VerifierGenerator : IIncrementalGenerator
{
    /// <summary>The step that compiles verifiers; it runs for those that changed or whose artifact did.</summary>
    public const string SourcesStep = "VerifierSources";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ImmutableArray<ArtifactFile>> artifacts = context.AdditionalTextsProvider
            .Where(static file => ArtifactFiles.IsArtifact(file.Path))
            .Select(static (file, cancellationToken) => ArtifactFile.Of(file, cancellationToken))
            .Collect();
        IncrementalValueProvider<string> folder = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => ArtifactFiles.ProjectFolder(options.GlobalOptions));
        IncrementalValuesProvider<EncoderGenerator.Result> verifiers = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownTypes.Verifier,
                static (node, _) => node is ClassDeclarationSyntax,
                static (hit, cancellationToken) => hit.TargetSymbol is INamedTypeSymbol type && VerifierParser.Parse(type, cancellationToken) is { Model: { } model, Declaration: var declaration } && declaration == hit.TargetNode ? model : null)
            .Where(static model => model is not null)
            .Combine(artifacts.Combine(folder))
            .Select(static (found, _) => new Pair(found.Left!, ArtifactFiles.Find(found.Right.Left, file => file.Path, found.Right.Right, found.Left!.Artifact)))
            .Select(static (pair, _) => EncoderGenerator.Guard(pair.Model.Name, () => Compile(pair))!)
            .WithTrackingName(SourcesStep);
        context.RegisterSourceOutput(verifiers, static (output, result) => EncoderGenerator.Write(output, result));
    }

    private static EncoderGenerator.Result Compile(Pair pair)
    {
        if (ArtifactFiles.Ambiguity(pair.Model, pair.Artifact) is not null)
            return new EncoderGenerator.Result(pair.Model.Name);
        CompilationResult result = VerifierCompiler.Compile(pair.Model, pair.Artifact.File?.Text);
        return new EncoderGenerator.Result(pair.Model.Name, HintName: result.HintName, Source: result.Source);
    }

    private sealed record Pair(VerifierModel Model, FoundArtifact<ArtifactFile> Artifact);
}
