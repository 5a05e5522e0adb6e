using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler;

/// <summary>What became of a model.</summary>
/// <param name="Problems">Everything that is wrong with it, in the order of the source; first what parsing had found.</param>
/// <param name="HintName">The name of the generated file: no two models of an assembly share one, not even ignoring case.</param>
/// <param name="Source">The generated C#; null when there are problems.</param>
/// <param name="Plan">The plan as short text, for people and snapshots; null when there are problems.</param>
public sealed record CompilationResult(EquatableArray<Problem> Problems, string HintName, string? Source, string? Plan)
{
    /// <summary>When there are problems: C# with the encoder's members and nothing in them, so that no other code stops compiling; else null.</summary>
    public string? Skeleton { get; init; }
}
