namespace SiameseGen.Compiler.Shipping;

/// <summary>All that a trained encoder takes along when it ships: what it is, its weights, its threshold with what is known of its errors, and where it comes from.</summary>
public sealed record Artifact
{
    /// <summary>The encoder's class, without namespace.</summary>
    public required string Encoder { get; init; }

    /// <summary>The canonical text of its architecture: the input, and a line for each layer that matters.</summary>
    public required IReadOnlyList<string> Architecture { get; init; }

    /// <summary>How weights are kept.</summary>
    public required ArtifactPrecision Precision { get; init; }

    /// <summary>What <see cref="ArtifactPrecision.Float32"/> is packed for: the kernels, their places, and the version of their order. Null for other precisions.</summary>
    public string? Packing { get; init; }

    /// <summary>The member of <c>DistanceMetric</c> that embeddings are compared with.</summary>
    public required string Distance { get; init; }

    /// <summary>What decides, and how well.</summary>
    public required ArtifactCalibration Calibration { get; init; }

    /// <summary>Where it comes from, in pairs such as <c>seed</c> and <c>1</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Provenance { get; init; } = [];

    /// <summary>The weights, in the form that <see cref="Precision"/> asks for.</summary>
    public required byte[] Payload { get; init; }

    /// <summary>SHA-256 of the architecture, as the encoder's own fingerprint.</summary>
    public string Fingerprint => Emission.Fingerprint.Of(string.Join("; ", Architecture));
}

/// <summary>How an artifact keeps weights.</summary>
public enum ArtifactPrecision
{
    /// <summary>Floats of 32 bits, folded and packed for the kernels: read where they are.</summary>
    Float32,

    /// <summary>Floats of 16 bits, as they were trained: widened, folded and packed once by the program that ships.</summary>
    Float16,

    /// <summary>Integers of 8 bits, and everything else in integers, too.</summary>
    Int8,
}

/// <summary>The threshold of an artifact and what was measured of it.</summary>
public sealed record ArtifactCalibration
{
    /// <summary>Distances up to this one match.</summary>
    public required float Threshold { get; init; }

    /// <summary>Distances beyond this one do not.</summary>
    public required float UnsureUntil { get; init; }

    /// <summary>The same threshold as a result of the comparison in integers; 0 for other precisions.</summary>
    public int ThresholdScore { get; init; }

    /// <summary>The end of the unsure band, likewise.</summary>
    public int UnsureUntilScore { get; init; }

    /// <summary>What it was chosen for, in words.</summary>
    public required string Target { get; init; }

    /// <summary>The share of strangers that match, with its interval of 95 %.</summary>
    public required ArtifactRate FalseMatchRate { get; init; }

    /// <summary>The share of owners that do not, likewise.</summary>
    public required ArtifactRate FalseNonMatchRate { get; init; }

    /// <summary>Pairs of strangers that were measured.</summary>
    public required int ImpostorTrials { get; init; }

    /// <summary>Pairs of one identity that were measured.</summary>
    public required int GenuineTrials { get; init; }

    /// <summary>How the pairs were chosen, in words.</summary>
    public required string Protocol { get; init; }

    /// <summary>The slope of the score that people read, 1 / (1 + e^(slope · distance − offset)).</summary>
    public required double ScoreSlope { get; init; }

    /// <summary>Its offset.</summary>
    public required double ScoreOffset { get; init; }
}

/// <summary>A share with its interval of 95 %.</summary>
/// <param name="Value">The share.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
public readonly record struct ArtifactRate(double Value, double Low, double High);
