using System.Globalization;
using SiameseGen.Verification;

namespace SiameseGen.Export;

/// <summary>What was exported, and what it costs to ship it in this precision. All figures are of the calibration examples.</summary>
public sealed record ExportReport
{
    /// <summary>The file that was written.</summary>
    public required string Path { get; init; }

    /// <summary>How weights are kept.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Bytes of weights.</summary>
    public required int WeightBytes { get; init; }

    /// <summary>The threshold of the encoder as it was trained.</summary>
    public required Calibration Trained { get; init; }

    /// <summary>The threshold that ships.</summary>
    public required Calibration Shipped { get; init; }

    /// <summary>The share of owners that do not match, of the encoder as it was trained, at its threshold.</summary>
    public required double TrainedFalseNonMatchRate { get; init; }

    /// <summary>The same of what ships, at the same share of strangers that match.</summary>
    public required double ShippedFalseNonMatchRate { get; init; }

    /// <summary>The accuracy at the best threshold (mean over both kinds of pairs), of the encoder as it was trained.</summary>
    public required double TrainedAccuracy { get; init; }

    /// <summary>The same of what ships.</summary>
    public required double ShippedAccuracy { get; init; }

    /// <summary>A few lines for people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Path}: {Precision}, {WeightBytes:#,0} bytes of weights
        threshold {Shipped.Threshold.Value:0.####} for {Shipped.Target}: FMR {100 * Shipped.FalseMatchRate.Value:0.###} % ({100 * Shipped.FalseMatchRate.Low:0.###} to {100 * Shipped.FalseMatchRate.High:0.###}), FNMR {100 * Shipped.FalseNonMatchRate.Value:0.###} % ({100 * Shipped.FalseNonMatchRate.Low:0.###} to {100 * Shipped.FalseNonMatchRate.High:0.###})
        {Shipped.Protocol}
        FNMR at FMR {100 * Trained.FalseMatchRate.Value:0.###} %: as trained {100 * TrainedFalseNonMatchRate:0.###} %, as shipped {100 * ShippedFalseNonMatchRate:0.###} %
        accuracy: as trained {100 * TrainedAccuracy:0.##} %, as shipped {100 * ShippedAccuracy:0.##} %
        """);
}
