using SiameseGen.Evaluation;
using SiameseGen.Shipping;

namespace SiameseGen.Export;

/// <summary>Prepares an encoder as floats of 32 or 16 bits.</summary>
internal static class FloatExport
{
    /// <summary>Turns weights into bytes and embeds the calibration examples with them.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ExportException">A weight is too large for 16 bits.</exception>
    public static Shipped Prepare<TEncoder>(TEncoder encoder, ExportOptions options, CancellationToken cancellationToken)
        where TEncoder : class, IEncoder
    {
        bool isHalf = options.Precision == Precision.Float16;
        ReadOnlySpan<float> values = encoder.Parameters.Values;
        foreach (float value in values)
        {
            if (isHalf && !Half.IsFinite((Half)value))
                throw new ExportException(FormattableString.Invariant($"A weight of {TEncoder.Info.Name} is {value}, more than a float of 16 bits holds. Export it as Float32 or Int8."));
        }

        byte[] payload = FloatWeights.Write(values, isHalf);
        EncoderEngine<TEncoder> engine = FloatWeights.Load<TEncoder>(payload, isHalf);
        var embeddings = new EmbeddingMatrix(options.Calibration.Count, TEncoder.Info.EmbeddingLength);
        float[] input = new float[TEncoder.Info.Input.Length];
        for (int i = 0; i < options.Calibration.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var random = new CounterRandom(0, CounterRandom.Purpose.Augmentation, (uint)i);
            options.Calibration.Read(i, input, ref random);
            engine.Embed(input, embeddings.Row(i));
        }

        return new Shipped(payload, new EmbeddedExamples(embeddings, TEncoder.Info.Distance, options.Calibration.Classes, options.Calibration.Groups), _ => 0);
    }
}
