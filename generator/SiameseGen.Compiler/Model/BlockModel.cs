namespace SiameseGen.Compiler.Model;

/// <summary>A class that a model puts in as a block: layers as one.</summary>
/// <param name="Name">The class's name as metadata has it, without <c>@</c>.</param>
/// <param name="Attributes">SiameseGen's attributes except <c>[Block]</c>, in order.</param>
public sealed record BlockModel(string Name, EquatableArray<AttributeModel> Attributes)
{
    /// <summary>Whether the class is marked <c>[Block]</c>; one that is not is a problem of the attribute that names it.</summary>
    public bool IsMarked { get; init; } = true;

    /// <summary>Whether its attributes are spread over several declarations, whose order C# does not define.</summary>
    public bool IsSpread { get; init; }

    /// <summary>Whether it is declared in the same project, where its own problems are shown.</summary>
    public bool IsInSource { get; init; } = true;
}
