using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Parsing;

/// <summary>Encoders are made by generated code, too: by its constructor, which all others call, and by its <c>Load</c>, which knows no values.</summary>
internal static class MemberRules
{
    /// <summary>Finds constructors that leave an encoder without weights, and members that <c>Load</c> cannot set.</summary>
    /// <param name="type">The class.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static IEnumerable<DeclarationProblem> Check(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            if (member.IsImplicitlyDeclared || GeneratedTrees.UserLocation(member) is not { } location)
                continue;
            if (member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
            {
                yield return Problem(ProblemIds.RequiredMember, type, member.Name, location);
            }
            else if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
                && !NameRules.IsGenerated(constructor)
                && !Chains(constructor, cancellationToken))
            {
                yield return Problem(
                    ProblemIds.ConstructorNotChained, type, $"{type.Name}({string.Join(", ", constructor.Parameters.Select(TypeOf))})", location);
            }
        }
    }

    // Of a partial constructor, only the part with a body can call another one. Without one, the compiler has an error of its own.
    private static bool Chains(IMethodSymbol constructor, CancellationToken cancellationToken)
    {
        IMethodSymbol body = constructor.PartialImplementationPart ?? constructor;
        return body.IsPartialDefinition
            || body.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).OfType<ConstructorDeclarationSyntax>()
                .All(syntax => syntax.Initializer.IsKind(SyntaxKind.ThisConstructorInitializer));
    }

    private static string TypeOf(IParameterSymbol parameter) => parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static DeclarationProblem Problem(string id, INamedTypeSymbol type, string member, Location location) =>
        new(new Problem(id, Compiler.Model.Problem.WholeClass, null, EquatableArray.Of(type.Name, member)), location);
}
