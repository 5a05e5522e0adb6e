using SiameseGen.Compiler.Planning;
using SiameseGen.Evaluation;
using SiameseGen.Export.Integers;
using SiameseGen.Shipping;

namespace SiameseGen.Export;

/// <summary>Prepares an encoder as floats of 32 or 16 bits.</summary>
internal static class FloatExport
{
    /// <summary>Turns weights into bytes and embeds the calibration examples with them.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ExportException">A weight is too large for 16 bits, or the encoder was compiled by another version than the exporter.</exception>
    public static Shipped Prepare<TEncoder>(TEncoder encoder, ExportOptions options, CancellationToken cancellationToken)
        where TEncoder : class, IEncoder
    {
        if (options.Precision == Precision.Float16)
        {
            byte[] halves = Halves(TEncoder.Info, encoder.Parameters.Values);
            return new Shipped(halves, Embed<TEncoder>(FloatWeights.Prepare<TEncoder>(halves), options, cancellationToken), _ => 0);
        }

        string packing = PackingOf(TEncoder.Info);
        AlignedBuffer<float> prepared = FloatWeights.Prepare<TEncoder>(encoder.Parameters);
        return new Shipped(FloatWeights.WriteSingles(prepared.Span), Embed<TEncoder>(prepared, options, cancellationToken), _ => 0, packing);
    }

    private static byte[] Halves(EncoderInfo info, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!Half.IsFinite((Half)value))
                throw new ExportException(FormattableString.Invariant($"A weight of {info.Name} is {value}, more than a float of 16 bits holds. Export it as Float32 or Int8."));
        }

        return FloatWeights.WriteHalves(values);
    }

    // The encoder's compiled code packs its weights, and the exporter says what for: both have to mean the same plan.
    private static string PackingOf(EncoderInfo info)
    {
        InferenceSchedule schedule = InferencePlanner.Plan(IntegerExport.GraphOf(info));
        InferencePlan plan = info.Inference;
        return (plan.PreparedLength, plan.ArenaLength, plan.ScratchLength, plan.Input, plan.Embedding)
            == (schedule.PreparedLength, schedule.Memory.ArenaLength, schedule.ScratchLength, schedule.Input.Offset, schedule.Embedding.Offset)
            ? PackingFingerprint.Of(schedule)
            : throw new ExportException($"{info.Name} was compiled by another version of SiameseGen than the one that exports it. Build it with the same version.");
    }

    private static EmbeddedExamples Embed<TEncoder>(AlignedBuffer<float> prepared, ExportOptions options, CancellationToken cancellationToken)
        where TEncoder : class, IEncoder
    {
        var embeddings = new EmbeddingMatrix(options.Calibration.Count, TEncoder.Info.EmbeddingLength);
        InferencePass pass = new InferenceMemory(TEncoder.Info, capacity: 1).Pass(prepared.Span, items: 1);
        for (int i = 0; i < options.Calibration.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var random = new CounterRandom(0, CounterRandom.Purpose.Augmentation, (uint)i);
            options.Calibration.Read(i, pass.Inputs, ref random);
            TEncoder.Infer(pass);
            pass.Embeddings.CopyTo(embeddings.Row(i));
        }

        return new EmbeddedExamples(embeddings, TEncoder.Info.Distance, options.Calibration.Classes, options.Calibration.Groups);
    }
}
