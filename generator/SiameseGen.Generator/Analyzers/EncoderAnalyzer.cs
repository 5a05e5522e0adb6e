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
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Descriptors.OfModels.Remove(Descriptors.TrainingNeedsLoss);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
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
        try
        {
            // With an attribute that the compiler does not know, a layer may be missing, and what follows from that would mislead.
            return EncoderParser.Parse(type, cancellationToken) is { HasUnknownAttributes: false } encoder
                ? [.. ProblemsOf(encoder.Model).Distinct().Select(problem => ToDiagnostic(encoder, problem))]
                : [];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A defect of the rules themselves, which the generator meets and reports too.
            return [];
        }
    }

    // Where the order of attributes is not known, rules about their order have nothing to say.
    private static EquatableArray<Problem> ProblemsOf(EncoderModel model) =>
        model.Problems.Any(problem => problem.Id == ProblemIds.SpreadOverDeclarations) ? model.Problems : EncoderCompiler.Compile(model).Problems;

    private static Diagnostic ToDiagnostic(ParsedEncoder encoder, Problem problem) =>
        Diagnostic.Create(Descriptors.For(problem.Id), encoder.Locate(problem), [.. problem.Arguments]);
}
