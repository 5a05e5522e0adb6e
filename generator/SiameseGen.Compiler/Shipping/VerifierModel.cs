using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Shipping;

/// <summary>What a user's <c>[Verifier]</c> declares.</summary>
/// <param name="Namespace">The namespace of the class; empty for the global one.</param>
/// <param name="ContainingTypes">The types around it, outermost first.</param>
/// <param name="Name">The class.</param>
/// <param name="IsDocumented">Whether the user documents it.</param>
/// <param name="Encoder">The encoder whose weights are compiled in.</param>
/// <param name="Artifact">The path of the artifact as it is declared.</param>
/// <param name="Precision">The precision that is asked for; null when that of the artifact will do.</param>
public sealed record VerifierModel(
    string Namespace, EquatableArray<ContainingType> ContainingTypes, string Name, bool IsDocumented, EncoderModel Encoder, string Artifact, ArtifactPrecision? Precision)
{
    /// <summary>The class as an encoder's model, for what names and files have in common.</summary>
    internal EncoderModel AsClass => new(Namespace, ContainingTypes, Name, IsDocumented, default, default);
}
