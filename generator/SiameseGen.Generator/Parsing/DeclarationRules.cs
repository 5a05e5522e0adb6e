using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Parsing;

/// <summary>What a class must be so that the rest of it can be generated, whatever its layers are.</summary>
internal static class DeclarationRules
{
    // Since then a member that hands out a span of its own struct may implement one of an interface.
    private const LanguageVersion OldestLanguage = LanguageVersion.CSharp13;

    // No member may have the name of its class.
    private static readonly HashSet<string> VerifierMembers =
    [
        "Summary", "Model", "InputLength", "WorkspaceLength", "Threshold", "UnsureUntil", "Enrol", "Verify", "Score", "Distance", "DistanceOf", "Probability", "Template", "Network", "Words",
    ];

    /// <summary>Finds what is wrong with a declaration.</summary>
    /// <param name="type">The class.</param>
    /// <param name="declaration">The declaration that bears <c>[Encoder]</c>.</param>
    /// <param name="model">The model.</param>
    /// <param name="elsewhere">The model's first attribute on another declaration; −1 when there is none.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static ImmutableArray<DeclarationProblem> Check(
        INamedTypeSymbol type, TypeDeclarationSyntax declaration, EncoderModel model, int elsewhere, CancellationToken cancellationToken)
    {
        ImmutableArray<DeclarationProblem>.Builder problems = ImmutableArray.CreateBuilder<DeclarationProblem>();
        if (!IsPartial(declaration))
            problems.Add(OfClass(ProblemIds.NotPartial, type.Name));
        if (ContainersOf(type).FirstOrDefault(around => !IsPartial(around, cancellationToken)) is { } container)
            problems.Add(OfClass(ProblemIds.NestedInNonPartial, type.Name, container.Name));
        if (type.IsGenericType)
            problems.Add(OfClass(ProblemIds.Generic, type.Name));
        if (WhatElse(type, cancellationToken) is { } other)
            problems.Add(OfClass(ProblemIds.UnsupportedClass, type.Name, other));
        if (elsewhere >= 0)
            problems.Add(new DeclarationProblem(new Problem(ProblemIds.SpreadOverDeclarations, elsewhere, null, EquatableArray.Of(type.Name))));
        if (declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < OldestLanguage and var language })
            problems.Add(OfClass(ProblemIds.LanguageTooOld, type.Name, language.ToDisplayString(), OldestLanguage.ToDisplayString()));
        problems.AddRange(NameRules.Check(type, model));
        problems.AddRange(MemberRules.Check(type, cancellationToken));
        return problems.ToImmutable();
    }

    /// <summary>Finds types that generated code cannot name.</summary>
    /// <param name="attributes">The model's attributes.</param>
    public static IEnumerable<DeclarationProblem> CheckTypes(ImmutableArray<ParsedAttribute> attributes)
    {
        for (int i = 0; i < attributes.Length; i++)
        {
            if (attributes[i].Type is { } type && ContainersOf(type).Prepend(type).Any(part => part.IsFileLocal))
                yield return new DeclarationProblem(new Problem(ProblemIds.LossNotVisible, i, null, EquatableArray.Of(type.Name)));
        }
    }

    /// <summary>What keeps the rest of a verifier's class from being generated, and what to do; null when nothing does.</summary>
    /// <param name="type">The class.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static string? WrongAsVerifier(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!IsPartial(type, cancellationToken))
            return "is not partial: add 'partial' to the class";
        if (ContainersOf(type).FirstOrDefault(around => !IsPartial(around, cancellationToken)) is { } container)
            return $"is nested in '{container.Name}', which is not partial: make it partial or move the class out of it";
        if (type.IsGenericType)
            return "is generic, or a type around it is: remove the type parameters";
        if (VerifierMembers.Contains(type.Name))
            return $"has the name of a member that is written for it: call it something else, such as '{type.Name}Verifier'";
        return type.IsRecord || ContainersOf(type).Prepend(type).Any(part => part.IsFileLocal) ? "is a record or local to its file: make it an ordinary class" : null;
    }

    /// <summary>Whether another part of a class can be written in another file.</summary>
    /// <param name="type">The class.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static bool CanHaveAnotherPart(INamedTypeSymbol type, CancellationToken cancellationToken) => ContainersOf(type).Prepend(type).All(part =>
        !part.IsGenericType && !part.IsFileLocal && !part.IsRecord && IsPartial(part, cancellationToken));

    private static DeclarationProblem OfClass(string id, params string[] holes) => new(new Problem(id, Problem.WholeClass, null, new(holes)));

    private static IEnumerable<INamedTypeSymbol> ContainersOf(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? around = type.ContainingType; around is not null; around = around.ContainingType)
            yield return around;
    }

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.All(reference => reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration && IsPartial(declaration));

    private static bool IsPartial(TypeDeclarationSyntax declaration) => declaration.Modifiers.Any(SyntaxKind.PartialKeyword);

    // One reason is enough. An encoder has no base class, for its members could hide or lack what generated ones need.
    private static string? WhatElse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (type.IsStatic)
            return "static";
        if (type.IsRecord)
            return "a record";
        if (type.IsAbstract)
            return "abstract";
        if (type.IsFileLocal)
            return "local to its file";
        if (ContainersOf(type).FirstOrDefault(around => around.IsFileLocal) is { } local)
            return $"nested in '{local.Name}', which is local to its file";
        if (type.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error })
            return $"derived from '{type.BaseType.Name}'";
        return type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax { ParameterList: not null })
            ? "a class with a primary constructor"
            : null;
    }
}
