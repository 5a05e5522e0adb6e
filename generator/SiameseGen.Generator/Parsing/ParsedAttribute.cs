using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Parsing;

/// <summary>An input, a layer or a loss, and where it is written.</summary>
/// <param name="Kind">The attribute's name without <c>Attribute</c>.</param>
/// <param name="Arguments">Its arguments in the order of the source.</param>
/// <param name="Syntax">The attribute.</param>
internal sealed record ParsedAttribute(string Kind, ImmutableArray<ParsedArgument> Arguments, AttributeSyntax Syntax)
{
    /// <summary>The attribute as a plain value.</summary>
    /// <param name="index">Its position in the model.</param>
    public AttributeModel ToModel(int index) => new(Kind, Arguments.Select(argument => argument.Model).ToEquatableArray(), index);
}

/// <summary>An argument, and where it is written.</summary>
/// <param name="Model">Name and value.</param>
/// <param name="Syntax">The argument.</param>
internal sealed record ParsedArgument(ArgumentModel Model, AttributeArgumentSyntax Syntax);
