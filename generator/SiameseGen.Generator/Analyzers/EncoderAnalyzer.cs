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
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Descriptors.OfModels.Add(Descriptors.InternalFailure);

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
                Diagnose(encoder, EncoderCompiler.ProblemsOf, diagnostics);
            if (EncoderParser.ParseBlock(type, cancellationToken) is { HasUnknownAttributes: false } block)
                Diagnose(block, EncoderCompiler.ProblemsOfBlock, diagnostics);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A defect of the rules themselves. The generator does not meet it when the declaration has problems, which then are the ones to mend first.
            if (diagnostics.Count == 0)
                diagnostics.Add(Diagnostic.Create(Descriptors.InternalFailure, GeneratedTrees.UserLocation(type), type.Name, exception.GetType().Name, exception.Message));
        }

        return [.. diagnostics.Distinct()];
    }

    private static void Diagnose(ParsedEncoder parsed, Func<EncoderModel, EquatableArray<Problem>> problemsOf, List<Diagnostic> diagnostics)
    {
        foreach (DeclarationProblem known in parsed.Problems)
            diagnostics.Add(ToDiagnostic(known.Problem, known.Location ?? parsed.Locate(known.Problem), null));

        // Where the order of attributes is not known, rules about their order have nothing to say.
        if (parsed.Problems.Any(known => known.Problem.Id == ProblemIds.SpreadOverDeclarations))
            return;
        foreach (Problem problem in problemsOf(parsed.Model with { Problems = default }))
            diagnostics.Add(ToDiagnostic(problem, parsed.Locate(problem), parsed.LocateInBlock(problem)));
    }

    private static Diagnostic ToDiagnostic(Problem problem, Location location, Location? inBlock) =>
        Diagnostic.Create(
            Descriptors.For(problem.Id),
            location,
            inBlock is null ? null : new[] { inBlock },
            ImmutableDictionary<string, string?>.Empty.Add(Problem.Remedy, problem.Arguments.Count == 0 ? null : problem.Arguments[problem.Arguments.Count - 1]),
            [.. problem.Arguments]);
}
