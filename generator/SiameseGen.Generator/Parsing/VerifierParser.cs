using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Shipping;

namespace SiameseGen.Generator.Parsing;

/// <summary>Turns a class with <c>[Verifier]</c> into a model.</summary>
internal static class VerifierParser
{
    /// <summary>Reads the verifier that a class declares.</summary>
    /// <param name="type">Any type.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The verifier; null when the type is none, or has errors that the compiler reports.</returns>
    public static ParsedVerifier? Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        AttributeData? data = type.GetAttributes().FirstOrDefault(attribute => KnownTypes.IsVerifier(attribute.AttributeClass));
        if (data?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax { Parent.Parent: TypeDeclarationSyntax declaration } mark
            || data.AttributeClass!.TypeArguments[0] is not INamedTypeSymbol { TypeKind: TypeKind.Class } encoder
            || data.ConstructorArguments.Length != 1 || data.ConstructorArguments[0].Value is not string artifact)
            return null;
        string? wrong = DeclarationRules.WrongAsVerifier(type, cancellationToken);
        EncoderModel? model = EncoderParser.ParseWherever(encoder, cancellationToken);
        Problem? problem = wrong is not null ? ProblemOf(ProblemIds.VerifierDeclaration, type.Name, wrong)
            : model is null ? ProblemOf(ProblemIds.VerifierOfBrokenEncoder, type.Name, encoder.Name)
            : null;
        ArtifactPrecision? precision = data.NamedArguments.FirstOrDefault(argument => argument.Key == "Precision").Value.Value is int member && Enum.IsDefined(typeof(ArtifactPrecision), member)
            ? (ArtifactPrecision)member
            : null;
        return new ParsedVerifier(
            problem is null ? new VerifierModel(EncoderParser.NamespaceOf(type), EncoderParser.ContainingTypesOf(type), type.Name, EncoderParser.IsDocumented(type, cancellationToken), model!, artifact, precision) : null,
            problem, declaration, mark);
    }

    private static Problem ProblemOf(string id, params string[] holes) => new(id, Problem.WholeClass, null, new(holes));
}

/// <summary>A verifier, and where it is written.</summary>
/// <param name="Model">The verifier; null when there is a problem.</param>
/// <param name="Problem">What is wrong before any artifact is looked at.</param>
/// <param name="Declaration">The declaration that bears <c>[Verifier]</c>.</param>
/// <param name="Mark"><c>[Verifier]</c> itself.</param>
internal sealed record ParsedVerifier(VerifierModel? Model, Problem? Problem, TypeDeclarationSyntax Declaration, AttributeSyntax Mark);
