namespace SiameseGen;

/// <summary>
/// Compiles a trained encoder into a <c>static partial</c> class: SiameseGen reads the artifact that <c>EncoderExport</c> wrote and generates enrolment and verification with its weights as
/// constants. No file is opened at run time.
/// </summary>
/// <param name="artifact">The path of the artifact, relative to the project, such as <c>"glyphs.siamese"</c>.</param>
/// <typeparam name="TEncoder">The encoder that the artifact was exported from; of this project or of a referenced one.</typeparam>
[AttributeUsage(AttributeTargets.Class)]
public sealed class VerifierAttribute<TEncoder>(string artifact) : Attribute
    where TEncoder : class, IEncoder
{
    /// <summary>The path of the artifact, relative to the project.</summary>
    public string Artifact { get; } = artifact;

    /// <summary>The precision that the artifact has to have; unless set, any will do.</summary>
    public Precision Precision { get; set; }
}
