using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Parsing;

/// <summary>A model, and where everything in it is written. It lives as long as one analysis: only the model is kept.</summary>
/// <param name="Model">The model.</param>
/// <param name="Declaration">The declaration that bears <c>[Encoder]</c>.</param>
/// <param name="Mark"><c>[Encoder]</c> itself, or <c>[Block]</c>.</param>
/// <param name="Attributes">The model's attributes, in its order.</param>
/// <param name="Blocks">The model's blocks, in its order.</param>
/// <param name="Problems">The model's own problems; those of a member of the class know where it is.</param>
/// <param name="HasUnknownAttributes">Whether the class bears attributes that the compiler does not know, so that the model may lack some.</param>
internal sealed record ParsedEncoder(
    EncoderModel Model,
    TypeDeclarationSyntax Declaration,
    AttributeSyntax Mark,
    ImmutableArray<ParsedAttribute> Attributes,
    ImmutableArray<ParsedBlock> Blocks,
    ImmutableArray<DeclarationProblem> Problems,
    bool HasUnknownAttributes)
{
    /// <summary>Where to show a problem: at the argument, else at the attribute, else at the name of the class.</summary>
    /// <param name="problem">A problem of the model whose place is not known otherwise.</param>
    public Location Locate(Problem problem)
    {
        if (problem.Attribute < 0 || problem.Attribute >= Attributes.Length)
            return Mark.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals is { Name: var name } && name.Identifier.ValueText == problem.Argument)?.GetLocation()
                ?? Declaration.Identifier.GetLocation();
        // An argument at fault in a block is none of the attribute's that puts the block in.
        return Locate(Attributes[problem.Attribute], problem.Origin is null ? problem.Argument : null) ?? Declaration.Identifier.GetLocation();
    }

    /// <summary>Where in a block the problem is; null when it is in none, or the block is in another assembly.</summary>
    /// <param name="problem">A problem of the model.</param>
    public Location? LocateInBlock(Problem problem) =>
        problem.Origin is { } origin ? Locate(Blocks[origin.Block].Attributes[origin.Attribute], problem.Argument) : null;

    private static Location? Locate(ParsedAttribute attribute, string? name)
    {
        ParsedArgument? argument = attribute.Arguments.FirstOrDefault(argument => argument.Model.Name == name);
        return (argument?.Syntax as SyntaxNode ?? attribute.Syntax)?.GetLocation();
    }
}

/// <summary>Something wrong with the declaration of the class.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Location">Where to show it, if it is neither an attribute nor the name of the class.</param>
internal sealed record DeclarationProblem(Problem Problem, Location? Location = null);
