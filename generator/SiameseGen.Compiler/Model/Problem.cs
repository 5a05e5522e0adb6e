namespace SiameseGen.Compiler.Model;

/// <summary>Something wrong with a model, to be shown at the attribute that asked for it.</summary>
/// <param name="Id">One of <see cref="ProblemIds"/>.</param>
/// <param name="Attribute">The attribute's index in the model, or <see cref="WholeClass"/>.</param>
/// <param name="Argument">The argument to underline (see <see cref="ArgumentModel.Name"/>); null for the whole attribute.</param>
/// <param name="Arguments">What fills the message's holes; see the constant of each id.</param>
public sealed record Problem(string Id, int Attribute, string? Argument, EquatableArray<string> Arguments)
{
    /// <summary>The <see cref="Attribute"/> of a problem that belongs to the class.</summary>
    public const int WholeClass = -1;

    /// <summary>The property of a diagnostic that holds the last hole of its message, which code fixes go by.</summary>
    public const string Remedy = "Remedy";

    /// <summary>The attribute in a block that is at fault, where <see cref="Attribute"/> only puts the block in; null otherwise.</summary>
    public BlockOrigin? Origin { get; init; }
}
