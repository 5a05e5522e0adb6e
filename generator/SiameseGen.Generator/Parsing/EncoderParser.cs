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
        if (encoder?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax { Parent.Parent: TypeDeclarationSyntax declaration } mark)
            return null;

        var parser = new BlockParser(cancellationToken);
        if (parser.Attributes(type, declaration) is not var (attributes, declared) || parser.HasErrors)
            return null;
        EncoderModel model = ModelOf(type, attributes, parser, cancellationToken) with { Budgets = AttributeParser.Budgets(encoder) };
        ImmutableArray<DeclarationProblem> problems =
        [
            .. DeclarationRules.Check(type, declaration, model, declared == attributes.Length ? -1 : declared, cancellationToken),
            .. DeclarationRules.CheckTypes(attributes),
        ];
        return new ParsedEncoder(
            model with { Problems = problems.Select(problem => problem.Problem).ToEquatableArray() },
            declaration,
            mark,
            attributes,
            parser.Blocks,
            problems,
            parser.HasUnknownAttributes);
    }

    /// <summary>Reads the model of a class of this project or of a referenced assembly, where the order of attributes is that of the metadata.</summary>
    /// <param name="type">Any class.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The model; null when the class is no encoder, or its declaration has mistakes.</returns>
    public static EncoderModel? ParseWherever(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (type.DeclaringSyntaxReferences.Length > 0)
            return Parse(type, cancellationToken) is { HasUnknownAttributes: false } parsed && parsed.Model.Problems.Count == 0 ? parsed.Model : null;
        if (!type.GetAttributes().Any(attribute => KnownTypes.IsEncoder(attribute.AttributeClass)))
            return null;
        var parser = new BlockParser(cancellationToken);
        return parser.Attributes(type, null) is var (attributes, _) && !parser.HasErrors ? ModelOf(type, attributes, parser, cancellationToken) : null;
    }

    /// <summary>Reads a block for itself: as a model without input.</summary>
    /// <param name="type">Any type.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The block; null when the type is none, or has errors that the compiler reports.</returns>
    public static ParsedEncoder? ParseBlock(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        AttributeData? block = type.GetAttributes().FirstOrDefault(attribute => KnownTypes.IsBlock(attribute.AttributeClass));
        if (block?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax { Parent.Parent: TypeDeclarationSyntax declaration } mark)
            return null;
        var parser = new BlockParser(cancellationToken);
        parser.IndexOf(type);
        if (parser.Attributes(type, declaration) is not var (attributes, declared) || parser.HasErrors)
            return null;
        ImmutableArray<DeclarationProblem> problems =
            declared == attributes.Length ? [] : [new(new Problem(ProblemIds.SpreadOverDeclarations, declared, null, EquatableArray.Of(type.Name)))];
        return new ParsedEncoder(ModelOf(type, attributes, parser, cancellationToken), declaration, mark, attributes, parser.Blocks, problems, parser.HasUnknownAttributes);
    }

    private static EncoderModel ModelOf(
        INamedTypeSymbol type, ImmutableArray<ParsedAttribute> attributes, BlockParser parser, CancellationToken cancellationToken) =>
        new(
            NamespaceOf(type),
            ContainingTypesOf(type),
            type.Name,
            IsDocumented(type, cancellationToken),
            attributes.Select((attribute, index) => attribute.ToModel(index)).ToEquatableArray(),
            Problems: default)
        {
            Blocks = parser.Blocks.Select(block => block.Model).ToEquatableArray(),
        };

    /// <summary>The namespace of a type; empty for the global one.</summary>
    /// <param name="type">The type.</param>
    internal static string NamespaceOf(INamedTypeSymbol type)
    {
        StringBuilder name = new();
        for (INamespaceSymbol space = type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
            name.Insert(0, name.Length == 0 ? space.Name : space.Name + ".");
        return name.ToString();
    }

    /// <summary>The types around a type, outermost first.</summary>
    /// <param name="type">The type.</param>
    internal static EquatableArray<ContainingType> ContainingTypesOf(INamedTypeSymbol type)
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

    /// <summary>Whether the user documents a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <remarks>By text, because the compiler takes documentation for ordinary comments when no documentation file is asked for.</remarks>
    internal static bool IsDocumented(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences
            .Where(reference => !GeneratedTrees.Contain(reference.SyntaxTree))
            .SelectMany(reference => reference.GetSyntax(cancellationToken).GetLeadingTrivia())
            .Select(trivia => trivia.ToFullString())
            .Any(text => text.StartsWith("///", StringComparison.Ordinal) || text.StartsWith("/**", StringComparison.Ordinal));
}
