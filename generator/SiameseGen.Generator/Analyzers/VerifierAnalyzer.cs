using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SiameseGen.Compiler;
using SiameseGen.Compiler.Model;
using SiameseGen.Generator.Diagnostics;
using SiameseGen.Generator.Parsing;

namespace SiameseGen.Generator.Analyzers;

/// <summary>Reports what is wrong with a verifier or its artifact at the attribute. It runs the generator's own rules, so that both always agree.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class VerifierAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = VerifierDescriptors.All.Add(Descriptors.InternalFailure);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownTypes.Verifier) is not null)
                start.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        try
        {
            Diagnose(context, type);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.InternalFailure, GeneratedTrees.UserLocation(type), type.Name, exception.GetType().Name, exception.Message));
        }
    }

    private static void Diagnose(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        if (VerifierParser.Parse(type, context.CancellationToken) is not { } verifier)
            return;
        if (verifier.Problem is { } known)
        {
            Report(context, verifier, known);
            return;
        }

        AnalyzerConfigOptions options = context.Options.AnalyzerConfigOptionsProvider.GlobalOptions;
        FoundArtifact<AdditionalText> found = ArtifactFiles.Find(
            context.Options.AdditionalFiles.Where(file => ArtifactFiles.IsArtifact(file.Path)), file => file.Path, ArtifactFiles.ProjectFolder(options), verifier.Model!.Artifact);
        if (ArtifactFiles.Ambiguity(verifier.Model, found) is { } several)
        {
            Report(context, verifier, several);
            return;
        }

        string? text = found.File is null ? null : ArtifactFile.Of(found.File, context.CancellationToken).Text;
        foreach (Problem problem in VerifierCompiler.Check(verifier.Model, text))
            Report(context, verifier, problem);
    }

    private static void Report(SymbolAnalysisContext context, ParsedVerifier verifier, Problem problem)
    {
        DiagnosticDescriptor words = Descriptors.For(problem.Id);

        // While training is still to come a class without weights is what one wants; a program that is published is another matter.
        DiagnosticSeverity severity = problem.Id == ProblemIds.ArtifactMissing && ArtifactFiles.IsPublishing(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions)
            ? DiagnosticSeverity.Error
            : words.DefaultSeverity;
        context.ReportDiagnostic(Diagnostic.Create(words, verifier.Mark.GetLocation(), severity, null, null, [.. problem.Arguments]));
    }
}
