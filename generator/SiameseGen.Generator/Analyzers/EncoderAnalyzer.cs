using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SiameseGen.Compiler;
using SiameseGen.Compiler.Model;
using SiameseGen.Generator.Diagnostics;
using SiameseGen.Generator.Parsing;

namespace SiameseGen.Generator.Analyzers;

/// <summary>
/// Reports what is wrong with a model at the attribute that asked for it. It runs the generator's own parser and rules, so that both always
/// agree, and it is an analyzer so that problems show while typing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EncoderAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        Descriptors.OfModels.Remove(Descriptors.TrainingNeedsLoss).Add(Descriptors.InternalFailure);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // Other tools may write encoders, too. What SiameseGen wrote itself is known by its place.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownTypes.Encoder) is not null)
                start.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in Diagnose((INamedTypeSymbol)context.Symbol, context.CancellationToken))
            context.ReportDiagnostic(diagnostic);
    }

    private static IReadOnlyList<Diagnostic> Diagnose(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        List<Diagnostic> diagnostics = [];
        try
        {
            // With an attribute that the compiler does not know, a layer may be missing, and what follows from that would mislead.
            if (EncoderParser.Parse(type, cancellationToken) is { HasUnknownAttributes: false } encoder)
            {
                diagnostics.AddRange(encoder.Problems.Select(known => ToDiagnostic(known.Problem, known.Location ?? encoder.Locate(known.Problem))));
                diagnostics.AddRange(ProblemsOfLayers(encoder.Model).Select(problem => ToDiagnostic(problem, encoder.Locate(problem))));
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A defect of the rules themselves. The generator does not meet it when the declaration has problems, which then are the ones to mend first.
            if (diagnostics.Count == 0)
                diagnostics.Add(Diagnostic.Create(Descriptors.InternalFailure, GeneratedTrees.UserLocation(type), type.Name, exception.GetType().Name, exception.Message));
        }

        return [.. diagnostics.Distinct()];
    }

    // Where the order of attributes is not known, rules about their order have nothing to say.
    private static EquatableArray<Problem> ProblemsOfLayers(EncoderModel model) =>
        model.Problems.Any(problem => problem.Id == ProblemIds.SpreadOverDeclarations)
            ? default
            : EncoderCompiler.Compile(model with { Problems = default }).Problems;

    private static Diagnostic ToDiagnostic(Problem problem, Location location) =>
        Diagnostic.Create(Descriptors.For(problem.Id), location, [.. problem.Arguments]);
}
