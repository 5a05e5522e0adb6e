using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SiameseGen.Generator.Diagnostics;

namespace SiameseGen.Generator.Analyzers;

/// <summary>
/// Reports a trainer that is made for an encoder without a loss. An encoder needs none as long as it only embeds, so this belongs to the place
/// where training begins. Encoders written by hand say what they train by in code, which no analyzer can read.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrainingAnalyzer : DiagnosticAnalyzer
{
    private const string Trainer = "SiameseGen.Training.Trainer`1";
    private const string Encoder = "SiameseGen.EncoderAttribute";
    private const string Loss = "SiameseGen.LossAttribute";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.TrainingNeedsLoss];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            Compilation compilation = start.Compilation;
            if (compilation.GetTypeByMetadataName(Trainer) is { } trainer
                && compilation.GetTypeByMetadataName(Encoder) is { } encoder
                && compilation.GetTypeByMetadataName(Loss) is { } loss)
            {
                start.RegisterOperationAction(operation => Analyze(operation, trainer, encoder, loss), OperationKind.ObjectCreation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, INamedTypeSymbol trainer, INamedTypeSymbol encoder, INamedTypeSymbol loss)
    {
        if (((IObjectCreationOperation)context.Operation).Type is not INamedTypeSymbol made
            || !SymbolEqualityComparer.Default.Equals(made.OriginalDefinition, trainer)
            || made.TypeArguments[0] is not INamedTypeSymbol trained)
        {
            return;
        }

        ImmutableArray<AttributeData> attributes = trained.GetAttributes();
        if (!attributes.Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, encoder))
            || attributes.Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass?.BaseType, loss)))
        {
            return;
        }

        SyntaxNode place = context.Operation.Syntax is ObjectCreationExpressionSyntax { Type: { } type } ? type : context.Operation.Syntax;
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.TrainingNeedsLoss, place.GetLocation(), trained.Name));
    }
}
