using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace SiameseGen.Generator.Analyzers;

/// <summary>What can be known of a value where it is used: what made it, and how long it is. Nothing is followed beyond a local variable that is set once.</summary>
internal static class ConstantLengths
{
    /// <summary>The number of elements of an array, a collection expression or a <c>stackalloc</c>; null when it is not known.</summary>
    /// <param name="value">The value, as it is handed over.</param>
    public static int? Of(IOperation value) => Origin(value) switch
    {
        IArrayCreationOperation { Initializer: { } elements } => elements.ElementValues.Length,
        IArrayCreationOperation { DimensionSizes: { Length: 1 } sizes } when sizes[0].ConstantValue is { HasValue: true, Value: int length } => length,
        ICollectionExpressionOperation collection when collection.Elements.All(element => element is not ISpreadOperation) => collection.Elements.Length,
        { Syntax: StackAllocArrayCreationExpressionSyntax syntax, SemanticModel: { } model } => Of(syntax, model),
        _ => null,
    };

    /// <summary>What made a value: through conversions, and from a local variable to its initializer where nothing else sets it.</summary>
    /// <param name="value">The value.</param>
    public static IOperation Origin(IOperation value)
    {
        // A local may be initialised by itself, which is an error that others report.
        var followed = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        while (true)
        {
            switch (value)
            {
                case IConversionOperation conversion when KeepsElements(conversion):
                    value = conversion.Operand;
                    break;
                case ILocalReferenceOperation local when followed.Add(local.Local) && Initializer(local) is { } initializer:
                    value = initializer;
                    break;
                default:
                    return value;
            }
        }
    }

    /// <summary>The whole body around an operation.</summary>
    /// <param name="operation">The operation.</param>
    public static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    // A conversion of the user's can make a value of any length; the built-in ones and those to a span or memory cannot.
    private static bool KeepsElements(IConversionOperation conversion) => conversion.OperatorMethod is not { } method
        || (method.ContainingType is { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", ContainingNamespace: { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true } });

    private static IOperation? Initializer(ILocalReferenceOperation reference)
    {
        if (reference.Local.RefKind != RefKind.None)
            return null;
        IOperation? initializer = null;
        foreach (IOperation operation in Root(reference).Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when Same(declarator.Symbol, reference):
                    initializer = declarator.GetVariableInitializer()?.Value;
                    break;
                case IAssignmentOperation { Target: ILocalReferenceOperation target } when Same(target.Local, reference):
                case IDeconstructionAssignmentOperation { Target: { } targets } when targets.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Any(target => Same(target.Local, reference)):
                case IVariableInitializerOperation { Value: ILocalReferenceOperation taken, Parent: IVariableDeclaratorOperation { Symbol.RefKind: RefKind.Ref } } when Same(taken.Local, reference):
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: ILocalReferenceOperation handed } when Same(handed.Local, reference):
                    return null;
            }
        }

        return initializer;
    }

    private static bool Same(ILocalSymbol symbol, ILocalReferenceOperation reference) => SymbolEqualityComparer.Default.Equals(symbol, reference.Local);

    private static int? Of(StackAllocArrayCreationExpressionSyntax syntax, SemanticModel model)
    {
        if (syntax.Initializer is { } elements)
            return elements.Expressions.Count;
        return syntax.Type is ArrayTypeSyntax { RankSpecifiers: { Count: 1 } ranks } && ranks[0].Sizes.Count == 1
            && model.GetConstantValue(ranks[0].Sizes[0]) is { HasValue: true, Value: int length } ? length : null;
    }
}
