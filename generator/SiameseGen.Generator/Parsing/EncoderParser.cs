using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Parsing;

/// <summary>Turns a class with <c>[Encoder]</c> into a model. The only part of the generator that knows symbols and syntax.</summary>
internal static class EncoderParser
{
    /// <summary>Reads the model that a class declares.</summary>
    /// <param name="type">Any type.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The model; null when the type is no encoder, or has errors that the compiler reports.</returns>
    public static ParsedEncoder? Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (type.TypeKind != TypeKind.Class)
            return null;
        ImmutableArray<AttributeData> all = type.GetAttributes();
        AttributeData? encoder = all.FirstOrDefault(attribute => KnownTypes.IsEncoder(attribute.AttributeClass));
        if (encoder?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not { Parent.Parent: TypeDeclarationSyntax declaration })
            return null;

        ImmutableArray<ParsedAttribute>.Builder own = ImmutableArray.CreateBuilder<ParsedAttribute>();
        ImmutableArray<ParsedAttribute>.Builder elsewhere = ImmutableArray.CreateBuilder<ParsedAttribute>();
        foreach (AttributeData data in all.Where(attribute => KnownTypes.PartBase(attribute.AttributeClass) is not null))
        {
            if (data.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax syntax
                || AttributeParser.Parse(data, syntax) is not { } attribute)
            {
                return null;
            }

            (syntax.Parent?.Parent == declaration ? own : elsewhere).Add(attribute);
        }

        // The compiler happens to keep the order of the source, but promises nothing.
        own.Sort((left, right) => left.Syntax.SpanStart.CompareTo(right.Syntax.SpanStart));
        int declared = own.Count;
        own.AddRange(elsewhere);
        ImmutableArray<ParsedAttribute> attributes = own.ToImmutable();
        EncoderModel model = new(
            NamespaceOf(type),
            ContainingTypesOf(type),
            type.Name,
            IsDocumented(type, cancellationToken),
            attributes.Select((attribute, index) => attribute.ToModel(index)).ToEquatableArray(),
            Problems: default);
        ImmutableArray<DeclarationProblem> problems =
            DeclarationRules.Check(type, declaration, model, elsewhere.Count == 0 ? -1 : declared, cancellationToken);
        return new ParsedEncoder(
            model with { Problems = problems.Select(problem => problem.Problem).ToEquatableArray() },
            declaration,
            attributes,
            problems,
            all.Any(attribute => attribute.AttributeClass is null or { TypeKind: TypeKind.Error }));
    }

    private static string NamespaceOf(INamedTypeSymbol type)
    {
        StringBuilder name = new();
        for (INamespaceSymbol space = type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
            name.Insert(0, name.Length == 0 ? space.Name : space.Name + ".");
        return name.ToString();
    }

    private static EquatableArray<ContainingType> ContainingTypesOf(INamedTypeSymbol type)
    {
        List<ContainingType> types = [];
        for (INamedTypeSymbol? around = type.ContainingType; around is not null; around = around.ContainingType)
            types.Insert(0, new ContainingType(KeywordOf(around), around.Name, around.TypeParameters.Select(parameter => parameter.Name).ToEquatableArray()));
        return types.ToEquatableArray();
    }

    private static string KeywordOf(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        _ => "class",
    };

    // By text, because the compiler takes documentation for ordinary comments when no documentation file is asked for.
    private static bool IsDocumented(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences
            .Where(reference => !GeneratedTrees.Contain(reference.SyntaxTree))
            .SelectMany(reference => reference.GetSyntax(cancellationToken).GetLeadingTrivia())
            .Select(trivia => trivia.ToFullString())
            .Any(text => text.StartsWith("///", StringComparison.Ordinal) || text.StartsWith("/**", StringComparison.Ordinal));
}
