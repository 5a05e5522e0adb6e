using static System.FormattableString;

namespace SiameseGen.Compiler.Model;

/// <summary>What a user declared: the class and its attributes in the order of the source. Plain values only, nothing of Roslyn.</summary>
/// <param name="Namespace">The namespace; empty for the global one.</param>
/// <param name="ContainingTypes">The types around the class, outermost first.</param>
/// <param name="Name">The class's name as metadata has it, without <c>@</c>.</param>
/// <param name="IsDocumented">Whether the user wrote a documentation comment, which the generated one must not repeat.</param>
/// <param name="Attributes">SiameseGen's attributes except <c>[Encoder]</c>, in the order of the source.</param>
/// <param name="Problems">What is wrong with the declaration itself, found while parsing.</param>
public sealed record EncoderModel(
    string Namespace,
    EquatableArray<ContainingType> ContainingTypes,
    string Name,
    bool IsDocumented,
    EquatableArray<AttributeModel> Attributes,
    EquatableArray<Problem> Problems)
{
    /// <summary>Every block that the model is made of, directly or in another block; one that is used twice is here once.</summary>
    public EquatableArray<BlockModel> Blocks { get; init; }

    /// <summary>The arguments of <c>[Encoder]</c>: what the encoder may take at most.</summary>
    public EquatableArray<ArgumentModel> Budgets { get; init; }

    /// <summary>The name that is unique in the assembly: namespace, then types separated by <c>+</c>.</summary>
    public string MetadataName =>
        (Namespace.Length == 0 ? "" : Namespace + ".") + string.Concat(ContainingTypes.Select(type => type.MetadataName + "+")) + Name;
}

/// <summary>A type around an encoder, as a partial declaration must repeat it.</summary>
/// <param name="Keyword">Such as <c>class</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="Name">The name without <c>@</c>.</param>
/// <param name="TypeParameters">Names of type parameters, in order.</param>
public sealed record ContainingType(string Keyword, string Name, EquatableArray<string> TypeParameters)
{
    /// <summary>The name with the number of type parameters, such as <c>Pair`2</c>.</summary>
    public string MetadataName => TypeParameters.Count == 0 ? Name : Invariant($"{Name}`{TypeParameters.Count}");
}
