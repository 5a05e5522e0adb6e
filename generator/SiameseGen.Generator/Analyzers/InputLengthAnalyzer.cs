using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SiameseGen.Compiler.Emission;
using SiameseGen.Generator.Diagnostics;
using SiameseGen.Generator.Parsing;

namespace SiameseGen.Generator.Analyzers;

/// <summary>Reports an input of a length that is known and wrong, where it is handed to <c>Embed</c> or made an <c>Input</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InputLengthAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.WrongInputLength];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownTypes.Encoder) is { } encoder)
                start.RegisterOperationAction(operation => Analyze(operation, encoder), OperationKind.Invocation, OperationKind.ObjectCreation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, INamedTypeSymbol encoderAttribute)
    {
        (INamedTypeSymbol? type, ImmutableArray<IArgumentOperation> arguments) = context.Operation switch
        {
            IInvocationOperation { TargetMethod.Name: "Embed" } call => (call.TargetMethod.ContainingType, call.Arguments),
            IObjectCreationOperation { Type: { Name: GeneratedNames.Input, ContainingType: { } around } } made => (around, made.Arguments),
            _ => (null, default),
        };
        if (type is null || arguments.Length != 1 || !Takes(arguments[0].Parameter?.Type, type)
            || !type.GetAttributes().Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, encoderAttribute))
            || ShapeOf(type) is not var (expected, words))
        {
            return;
        }

        IOperation value = arguments[0].Value;
        if (ConstantLengths.Of(value) is { } length && length != expected)
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.WrongInputLength, value.Syntax.GetLocation(), type.Name, words, length));
    }

    // What the user adds to the class may be called Embed as well, and take what it likes.
    private static bool Takes(ITypeSymbol? parameter, INamedTypeSymbol encoder) =>
        parameter is INamedTypeSymbol { Name: "ReadOnlySpan", TypeArguments: { Length: 1 } elements } && elements[0].SpecialType is SpecialType.System_Single or SpecialType.System_Byte
        || (parameter is { Name: GeneratedNames.Input } && SymbolEqualityComparer.Default.Equals(parameter.ContainingType, encoder));

    // From what was generated, which knows; an encoder with mistakes has no table of layers, and its input is not known.
    private static (int Length, string Words)? ShapeOf(INamedTypeSymbol type)
    {
        if (type.GetTypeMembers(GeneratedNames.Input).FirstOrDefault() is not { } input || ConstantOf(type, "Summary") is not string { Length: > 0 }
            || ConstantOf(input, "Length") is not int length)
        {
            return null;
        }

        return ConstantOf(input, "Height") is int height && ConstantOf(input, "Width") is int width && ConstantOf(input, "Channels") is int channels
            ? (length, FormattableString.Invariant($"{height}×{width}×{channels} = {length} values"))
            : (length, FormattableString.Invariant($"{length} values"));
    }

    private static object? ConstantOf(INamedTypeSymbol type, string name) => type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue;
}
