using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Parsing;

/// <summary>Reads the blocks that a model is made of, each of them once, and those that are in them.</summary>
/// <param name="cancellationToken">Ends the reading.</param>
internal sealed class BlockParser(CancellationToken cancellationToken)
{
    private readonly Dictionary<INamedTypeSymbol, int> _indices = new(SymbolEqualityComparer.Default);
    private readonly List<ParsedBlock?> _blocks = [];

    /// <summary>Whether a block has errors that the compiler reports, so that the model cannot be known.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Whether a block bears attributes that the compiler does not know, so that layers may be missing.</summary>
    public bool HasUnknownAttributes { get; private set; }

    /// <summary>The blocks so far.</summary>
    public ImmutableArray<ParsedBlock> Blocks => [.. _blocks.OfType<ParsedBlock>()];

    /// <summary>Reads a block unless it was read.</summary>
    /// <param name="type">Any class.</param>
    /// <returns>Its index.</returns>
    public int IndexOf(INamedTypeSymbol type)
    {
        if (_indices.TryGetValue(type, out int known))
            return known;

        // First its place: a block may lead back to itself.
        int index = _indices[type] = _blocks.Count;
        _blocks.Add(null);
        _blocks[index] = Parse(type);
        return index;
    }

    /// <summary>Reads the attributes of a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="declaration">The declaration that they should stand on; null when the class is in another assembly.</param>
    /// <returns>Those on the declaration in the order of the source, then the others; null when there are errors.</returns>
    public (ImmutableArray<ParsedAttribute> Attributes, int Declared)? Attributes(INamedTypeSymbol type, TypeDeclarationSyntax? declaration)
    {
        ImmutableArray<AttributeData> all = type.GetAttributes();
        HasUnknownAttributes |= all.Any(attribute => attribute.AttributeClass is null or { TypeKind: TypeKind.Error });
        List<ParsedAttribute> own = [], elsewhere = [];
        foreach (AttributeData data in all.Where(attribute => KnownTypes.PartBase(attribute.AttributeClass) is not null))
        {
            AttributeSyntax? syntax = data.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;
            if (syntax is null != declaration is null || AttributeParser.Parse(data, syntax, this) is not { } attribute)
                return null;
            (syntax?.Parent?.Parent == declaration ? own : elsewhere).Add(attribute);
        }

        // The compiler happens to keep the order of the source, but promises nothing.
        if (declaration is not null)
            own.Sort((left, right) => left.Syntax!.SpanStart.CompareTo(right.Syntax!.SpanStart));
        return ([.. own, .. elsewhere], own.Count);
    }

    private ParsedBlock Parse(INamedTypeSymbol type)
    {
        AttributeData? mark = type.GetAttributes().FirstOrDefault(attribute => KnownTypes.IsBlock(attribute.AttributeClass));
        var declaration = mark?.ApplicationSyntaxReference?.GetSyntax(cancellationToken).Parent?.Parent as TypeDeclarationSyntax;
        if (mark is null)
            return new ParsedBlock(new BlockModel(type.Name, default) { IsMarked = false }, []);
        (ImmutableArray<ParsedAttribute> attributes, int declared) = Attributes(type, declaration) ?? ([], -1);
        HasErrors |= declared < 0;
        var model = new BlockModel(type.Name, attributes.Select((attribute, index) => attribute.ToModel(index)).ToEquatableArray())
        {
            IsSpread = declared >= 0 && declared < attributes.Length,
            IsInSource = declaration is not null,
        };
        return new ParsedBlock(model, attributes);
    }
}

/// <summary>A block, and where everything in it is written.</summary>
/// <param name="Model">The block.</param>
/// <param name="Attributes">Its attributes, in its order.</param>
internal sealed record ParsedBlock(BlockModel Model, ImmutableArray<ParsedAttribute> Attributes);
