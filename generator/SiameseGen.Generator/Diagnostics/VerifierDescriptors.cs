using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Generator.Diagnostics;

/// <summary>The words for every problem of a verifier or its artifact, as <see cref="Descriptors"/> has them for models.</summary>
public static class VerifierDescriptors
{
    private const string Category = "SiameseGen.Verifier";

    /// <summary>Words for <see cref="ProblemIds.VerifierDeclaration"/>.</summary>
    public static readonly DiagnosticDescriptor VerifierDeclaration = new(
        ProblemIds.VerifierDeclaration,
        "Verifier cannot be generated",
        "Verifier '{0}' {1}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Descriptors.Pages + ProblemIds.VerifierDeclaration + ".md");

    /// <summary>Words for <see cref="ProblemIds.VerifierOfBrokenEncoder"/>.</summary>
    public static readonly DiagnosticDescriptor VerifierOfBrokenEncoder = new(
        ProblemIds.VerifierOfBrokenEncoder,
        "Verifier has no encoder",
        "Verifier '{0}' is of '{1}', which is no encoder or has mistakes. Mark it with [Encoder] or mend it first.",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Descriptors.Pages + ProblemIds.VerifierOfBrokenEncoder + ".md");

    /// <summary>Words for <see cref="ProblemIds.ArtifactMissing"/>.</summary>
    public static readonly DiagnosticDescriptor ArtifactMissing = new(
        ProblemIds.ArtifactMissing,
        "Artifact is missing",
        "Verifier '{0}' has no weights: there is no '{1}' among the project's files. Train and export it with EncoderExport.Save; until then the class throws.",
        Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Descriptors.Pages + ProblemIds.ArtifactMissing + ".md");

    /// <summary>Words for <see cref="ProblemIds.ArtifactDamaged"/>.</summary>
    public static readonly DiagnosticDescriptor ArtifactDamaged = new(
        ProblemIds.ArtifactDamaged,
        "Artifact cannot be read",
        "Verifier '{0}' cannot use '{1}': {2}. Export it again.",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Descriptors.Pages + ProblemIds.ArtifactDamaged + ".md");

    /// <summary>Words for <see cref="ProblemIds.ArtifactOfAnother"/>.</summary>
    public static readonly DiagnosticDescriptor ArtifactOfAnother = new(
        ProblemIds.ArtifactOfAnother,
        "Artifact is of another encoder",
        "Verifier '{0}' cannot use '{1}', which is not of '{2}' as it is now: {3}. Train and export again, or name the encoder it is of.",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Descriptors.Pages + ProblemIds.ArtifactOfAnother + ".md");

    /// <summary>Words for <see cref="ProblemIds.PrecisionDiffers"/>.</summary>
    public static readonly DiagnosticDescriptor PrecisionDiffers = new(
        ProblemIds.PrecisionDiffers,
        "Artifact has another precision",
        "Verifier '{0}' asks for {1}, and '{2}' is {3}. Export it again, or remove Precision to take what there is.",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Descriptors.Pages + ProblemIds.PrecisionDiffers + ".md");

    /// <summary>Words for <see cref="ProblemIds.NoIntegerForm"/>.</summary>
    public static readonly DiagnosticDescriptor NoIntegerForm = new(
        ProblemIds.NoIntegerForm,
        "Encoder has no form in integers",
        "Verifier '{0}' cannot be of 8-bit integers: in '{1}', {2}. Use Float16 or Float32.",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Descriptors.Pages + ProblemIds.NoIntegerForm + ".md");

    /// <summary>Words for <see cref="ProblemIds.ArtifactAmbiguous"/>.</summary>
    public static readonly DiagnosticDescriptor ArtifactAmbiguous = new(
        ProblemIds.ArtifactAmbiguous,
        "Artifact could be one of several",
        "Verifier '{0}' could mean several files by '{1}': {2}. Write more of the path, or keep one of them.",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Descriptors.Pages + ProblemIds.ArtifactAmbiguous + ".md");

    /// <summary>All of them.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [VerifierDeclaration, VerifierOfBrokenEncoder, ArtifactMissing, ArtifactDamaged, ArtifactOfAnother, PrecisionDiffers, NoIntegerForm, ArtifactAmbiguous];
}
