using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Parsing;

/// <summary>An input, a layer or a loss, and where it is written.</summary>
/// <param name="Kind">The attribute's name without <c>Attribute</c>.</param>
/// <param name="Arguments">Its arguments in the order of the source.</param>
/// <param name="Blocks">The blocks that its type arguments name, as indices into the model's.</param>
/// <param name="Syntax">The attribute; null for that of a block in another assembly.</param>
internal sealed record ParsedAttribute(string Kind, ImmutableArray<ParsedArgument> Arguments, ImmutableArray<int> Blocks, AttributeSyntax? Syntax)
{
    /// <summary>The type that a type argument names and that is no block; null when there is none.</summary>
    public INamedTypeSymbol? Type { get; init; }

    /// <summary>The attribute as a plain value.</summary>
    /// <param name="index">Its position in the model or the block.</param>
    public AttributeModel ToModel(int index) =>
        new(Kind, Arguments.Select(argument => argument.Model).ToEquatableArray(), index) { Blocks = Blocks.ToEquatableArray(), TypeName = Type?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) };
}

/// <summary>An argument, and where it is written.</summary>
/// <param name="Model">Name and value.</param>
/// <param name="Syntax">The argument; null for that of a block in another assembly.</param>
internal sealed record ParsedArgument(ArgumentModel Model, AttributeArgumentSyntax? Syntax);
