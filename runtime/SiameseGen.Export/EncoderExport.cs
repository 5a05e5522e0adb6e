using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Data;
using SiameseGen.Evaluation;
using SiameseGen.Export.Integers;
using SiameseGen.Persistence;
using SiameseGen.Training;
using SiameseGen.Verification;

namespace SiameseGen.Export;

/// <summary>Writes trained encoders as artifacts that a shipping project compiles in.</summary>
public static class EncoderExport
{
    /// <summary>Exports an encoder: turns weights into the precision asked for, chooses the threshold of what ships, measures what that costs, and writes the artifact.</summary>
    /// <param name="encoder">The trained encoder.</param>
    /// <param name="path">The file to write or replace, such as <c>glyphs.siamese</c>, in a folder that exists.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the work before anything is written.</param>
    /// <returns>What was measured.</returns>
    /// <typeparam name="TEncoder">The generated encoder.</typeparam>
    /// <exception cref="ExportException">The encoder cannot be carried out in the precision asked for, or it loses more by it than the options allow. Nothing is written.</exception>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length, have no two of one class or are all of one, or have a class in common with those of training; or a name in <see cref="ExportOptions.Provenance"/> is empty, has a colon and a space, or has more to say than a line holds.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="ExportOptions.RangeExamples"/> is not above 0, or <see cref="ExportOptions.Precision"/> is no member of its type.</exception>
    /// <exception cref="CalibrationException">There are too few pairs to claim the target, or no threshold reaches it.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static ExportReport Save<TEncoder>(TEncoder encoder, string path, ExportOptions options, CancellationToken cancellationToken = default)
        where TEncoder : class, IEncoder
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.RangeExamples);
        CheckWords(options);
        if (options.Training is not null)
            ClassSplit.EnsureNothingInCommon(options.Training, options.Calibration, "calibration", nameof(options));
        EmbeddedExamples trained = EmbeddedExamples.By(encoder, options.Calibration, null, cancellationToken);
        Shipped shipped = options.Precision == Precision.Int8
            ? IntegerExport.Prepare(TEncoder.Info, encoder.Parameters.Values, options, cancellationToken)
            : FloatExport.Prepare(encoder, options, cancellationToken);
        EnsureReadable(TEncoder.Info, shipped.Payload.Length);
        PairScores trainedScores = Calibration.Pairs(trained, options.Target), shippedScores = Calibration.Pairs(shipped.Examples, options.Target);
        string model = ModelFingerprint.Of(encoder.Parameters);
        var before = Calibration.Of(trainedScores, options.Target, model, options.UnsureFalseNonMatchRate);
        var after = Calibration.Of(shippedScores, options.Target, model, options.UnsureFalseNonMatchRate);
        var report = new ExportReport
        {
            Path = path,
            Precision = options.Precision,
            WeightBytes = shipped.Payload.Length,
            Trained = before,
            Shipped = after,
            TrainedFalseNonMatchRate = trainedScores.Roc.FalseNonMatchRateAt(before.FalseMatchRate.Value),
            ShippedFalseNonMatchRate = shippedScores.Roc.FalseNonMatchRateAt(before.FalseMatchRate.Value),
            TrainedAccuracy = Accuracy(trainedScores),
            ShippedAccuracy = Accuracy(shippedScores),
        };
        Check(report, options);
        cancellationToken.ThrowIfCancellationRequested();
        Write(path, ArtifactOf(TEncoder.Info, shipped, after, options, DataFingerprint.Origins(options, cancellationToken)));
        return report;
    }

    /// <summary>
    /// Has training round weights and activations as <see cref="Save"/> would for <see cref="Precision.Int8"/>, so that the encoder learns to do with it: quantisation-aware training, for encoders that lose too much otherwise. Set
    /// <see cref="Training.TrainingOptions.Quantization"/> to it, train a few more epochs at a small learning rate, and export with the same options.
    /// </summary>
    /// <param name="options">How it will be exported; the ranges of activations come from <see cref="ExportOptions.RangeExamples"/> of its calibration examples.</param>
    /// <returns>What to give to the training.</returns>
    /// <typeparam name="TEncoder">The generated encoder.</typeparam>
    /// <exception cref="ExportException">The encoder has no form in integers. While it trains: a calibration example has a pixel outside of 0 to 1.</exception>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length, <see cref="ExportOptions.Precision"/> is not <see cref="Precision.Int8"/>, or a class of the calibration examples is among those of training.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="ExportOptions.RangeExamples"/> is not above 0.</exception>
    public static SimulatedQuantization Simulate<TEncoder>(ExportOptions options)
        where TEncoder : class, IEncoder
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.RangeExamples);
        EncoderInfo info = TEncoder.Info;
        if (options.Precision != Precision.Int8)
            throw new ArgumentException($"{nameof(ExportOptions.Precision)} is {options.Precision}, which rounds nothing that training could learn to do with. Set it to {nameof(Precision.Int8)}.", nameof(options));
        if (options.Calibration.InputLength != info.Input.Length || options.Calibration.Count == 0)
            throw new ArgumentException($"{info.Name} takes inputs of {info.Input.Length} values; there are {options.Calibration.Count} calibration examples of {options.Calibration.InputLength}.", nameof(options));
        if (options.Training is not null)
            ClassSplit.EnsureNothingInCommon(options.Training, options.Calibration, "calibration", nameof(options));
        return Simulation.Of(info, options);
    }

    // What could be written and not be read again is refused before the work begins.
    private static void CheckWords(ExportOptions options)
    {
        if (!Enum.IsDefined(options.Precision))
            throw new ArgumentOutOfRangeException(nameof(options), options.Precision, $"{nameof(ExportOptions.Precision)} is none of {string.Join(", ", Enum.GetNames<Precision>())}.");
        foreach (KeyValuePair<string, string> origin in options.Provenance)
        {
            if (ArtifactText.WhyNot(origin) is { } why)
                throw new ArgumentException($"{nameof(ExportOptions.Provenance)} cannot hold '{(origin.Key.Length > 40 ? origin.Key[..40] + "…" : origin.Key)}': {why}.", nameof(options));
        }
    }

    /// <summary>Refuses more weights than a reader takes.</summary>
    /// <param name="info">The encoder.</param>
    /// <param name="bytes">Bytes of its weights.</param>
    internal static void EnsureReadable(EncoderInfo info, int bytes)
    {
        if (bytes > ArtifactText.LongestPayload)
            throw new ExportException(FormattableString.Invariant($"The weights of {info.Name} take {bytes:N0} bytes, and an artifact holds {ArtifactText.LongestPayload:N0}. Export it as Float16 or Int8, or make it smaller."));
    }

    private static double Accuracy(PairScores scores) => 1 - (scores.Roc.Points.Min(point => point.FalseMatchRate + point.FalseNonMatchRate) / 2);

    private static void Check(ExportReport report, ExportOptions options)
    {
        double increase = report.ShippedFalseNonMatchRate - report.TrainedFalseNonMatchRate, loss = report.TrainedAccuracy - report.ShippedAccuracy;
        if (!(increase <= options.AllowedFalseNonMatchIncrease && loss <= options.AllowedAccuracyLoss))
        {
            throw new ExportException(FormattableString.Invariant(
                $"As {report.Precision} the encoder loses more than is allowed: FNMR rises from {100 * report.TrainedFalseNonMatchRate:0.##} to {100 * report.ShippedFalseNonMatchRate:0.##} % (by {100 * options.AllowedFalseNonMatchIncrease:0.##} points at most), accuracy falls from {100 * report.TrainedAccuracy:0.##} to {100 * report.ShippedAccuracy:0.##} % (by {100 * options.AllowedAccuracyLoss:0.##} at most). {Remedy(report.Precision)}"));
        }
    }

    private static string Remedy(Precision precision) => precision == Precision.Int8
        ? "Train it a few epochs more with TrainingOptions.Quantization = EncoderExport.Simulate(…), which learns to do with rounded weights and activations; or export as Float16 or Float32, give more calibration data, or allow more."
        : "Export as Float32, give more calibration data, or allow more.";

    private static Artifact ArtifactOf(EncoderInfo info, Shipped shipped, Calibration calibration, ExportOptions options, IEnumerable<KeyValuePair<string, string>> data) => new()
    {
        Encoder = info.Name,
        Architecture = info.Architecture.Split("; "),
        Precision = (ArtifactPrecision)options.Precision,
        Packing = shipped.Packing,
        Distance = info.Distance.ToString(),
        Calibration = new ArtifactCalibration
        {
            Threshold = calibration.Threshold.Value,
            UnsureUntil = calibration.UnsureUntil.Value,
            ThresholdScore = shipped.ScoreOf(calibration.Threshold.Value),
            UnsureUntilScore = shipped.ScoreOf(calibration.UnsureUntil.Value),
            Target = calibration.Target,
            FalseMatchRate = Rate(calibration.FalseMatchRate),
            FalseNonMatchRate = Rate(calibration.FalseNonMatchRate),
            ImpostorTrials = checked((int)calibration.ImpostorTrials),
            GenuineTrials = checked((int)calibration.GenuineTrials),
            Protocol = calibration.Protocol,
            ScoreSlope = ((LogisticScore)calibration.Score).Slope,
            ScoreOffset = ((LogisticScore)calibration.Score).Offset,
        },
        Provenance = [.. options.Provenance, .. data, new("weights", calibration.Model), new("version", typeof(EncoderExport).Assembly.GetName().Version!.ToString(3))],
        Payload = shipped.Payload,
    };

    private static ArtifactRate Rate(Estimate estimate) => new(estimate.Value, estimate.Low, estimate.High);

    private static void Write(string path, Artifact artifact) => AtomicFile.Write(path, stream =>
    {
        using var text = new StreamWriter(stream, System.Text.Encoding.ASCII, leaveOpen: true);
        ArtifactWriter.Write(artifact, text);
    });
}

/// <summary>An encoder in the precision that ships.</summary>
/// <param name="Payload">Its weights.</param>
/// <param name="Examples">The calibration examples, as it embeds them.</param>
/// <param name="ScoreOf">The whole number that stands for a distance; 0 where distances decide.</param>
/// <param name="Packing">What the weights are packed for; null where that is not left to kernels.</param>
internal sealed record Shipped(byte[] Payload, EmbeddedExamples Examples, Func<float, int> ScoreOf, string? Packing = null);
