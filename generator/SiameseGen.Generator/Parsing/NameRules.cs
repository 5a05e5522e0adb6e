using Microsoft.CodeAnalysis;
using SiameseGen.Compiler.Emission;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Parsing;

/// <summary>A user's class may have members of its own, as long as none is in the way of a generated one.</summary>
internal static class NameRules
{
    // Types by name only: where the generator runs, the nested Embedding does not exist yet.
    private static readonly SymbolDisplayFormat NamesOnly = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters, miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    private static readonly Dictionary<string, string[]> GeneratedMethods = new()
    {
        ["Embed"] = ["ReadOnlySpan<float>", "ReadOnlySpan<byte>", GeneratedNames.Input],
        ["Distance"] = [$"{GeneratedNames.Embedding}, {GeneratedNames.Embedding}"],
        ["Similarity"] = [$"{GeneratedNames.Embedding}, {GeneratedNames.Embedding}"],
        ["Save"] = ["string"],
        ["Load"] = ["string"],
    };

    /// <summary>Finds members whose names collide.</summary>
    /// <param name="type">The class.</param>
    /// <param name="model">The model.</param>
    public static IEnumerable<DeclarationProblem> Check(INamedTypeSymbol type, EncoderModel model)
    {
        HashSet<string> names = [.. GeneratedNames.Of(model)];
        if (names.Contains(type.Name))
            yield return new DeclarationProblem(Collision(type, type.Name));

        foreach (ISymbol member in type.GetMembers())
        {
            if (!member.IsImplicitlyDeclared
                && GeneratedTrees.UserLocation(member) is { } location
                && CollidingName(member, names) is { } name)
            {
                yield return new DeclarationProblem(Collision(type, name), location);
            }
        }
    }

    /// <summary>Whether a method has the signature of the generated constructor.</summary>
    /// <param name="method">A method.</param>
    public static bool IsGenerated(IMethodSymbol method) => method is { MethodKind: MethodKind.Constructor, Parameters.Length: 1 }
        && method.Parameters[0].Type.SpecialType == SpecialType.System_Int32;

    private static Problem Collision(INamedTypeSymbol type, string name) =>
        new(ProblemIds.NameCollision, Problem.WholeClass, null, EquatableArray.Of(type.Name, name));

    private static string? CollidingName(ISymbol member, HashSet<string> names) => member switch
    {
        IMethodSymbol constructor when IsGenerated(constructor) => $"{member.ContainingType.Name}(int)",
        IMethodSymbol { MethodKind: not MethodKind.Ordinary } => null,
        IMethodSymbol method when IsOverload(method) => null,
        _ => names.Contains(member.Name) ? member.Name : null,
    };

    private static bool IsOverload(IMethodSymbol method) =>
        GeneratedMethods.TryGetValue(method.Name, out string[] signatures)
        && (method.IsGenericMethod || !signatures.Contains(string.Join(", ", method.Parameters.Select(parameter => parameter.Type.ToDisplayString(NamesOnly)))));
}
