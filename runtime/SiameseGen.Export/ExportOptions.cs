using SiameseGen.Data;
using SiameseGen.Verification;

namespace SiameseGen.Export;

/// <summary>How an encoder is exported.</summary>
public sealed record ExportOptions
{
    /// <summary>How weights are kept. 8-bit integers are a quarter of the size, and give the same bits on every machine.</summary>
    public Precision Precision { get; init; } = Precision.Int8;

    /// <summary>Examples of classes that were never trained on: the threshold is chosen on them, the ranges of activations are taken from some of them, and what integers cost is measured on them.</summary>
    public required IExampleSet Calibration { get; init; }

    /// <summary>The examples that the encoder was trained on, to make sure that no class of theirs is in <see cref="Calibration"/>, and to keep their fingerprint, for which all of them are read once; null when they are not at hand.</summary>
    public IExampleSet? Training { get; init; }

    /// <summary>What the threshold is chosen for.</summary>
    public CalibrationTarget Target { get; init; } = CalibrationTarget.EqualErrorRate;

    /// <summary>When set, such as 0.01: inputs beyond the threshold are unsure up to the distance beyond which at most this share of owners lies. From 0 to 1.</summary>
    public double? UnsureFalseNonMatchRate { get; init; }

    /// <summary>Most by which integers may raise the share of owners that do not match (FNMR), at the floats' share of strangers that do. A share, such as 0.002.</summary>
    public double AllowedFalseNonMatchIncrease { get; init; } = 0.002;

    /// <summary>Most by which integers may lower the accuracy of verification at its best threshold. A share, such as 0.003.</summary>
    public double AllowedAccuracyLoss { get; init; } = 0.003;

    /// <summary>Examples from which the ranges of activations are taken, spread evenly over <see cref="Calibration"/>.</summary>
    public int RangeExamples { get; init; } = 256;

    /// <summary>
    /// Where the weights come from, such as <c>data</c>, <c>protocol</c> or <c>seed</c>: it stays in the artifact for people to read. Fingerprints of <see cref="Training"/>, if given, of <see cref="Calibration"/> and of the weights, and the version of
    /// SiameseGen are added.
    /// </summary>
    public IReadOnlyDictionary<string, string> Provenance { get; init; } = new Dictionary<string, string>();
}
