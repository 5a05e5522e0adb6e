using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Data;
using SiameseGen.Evaluation;

namespace SiameseGen.Export.Integers;

/// <summary>Prepares an encoder as 8-bit integers.</summary>
internal static class IntegerExport
{
    /// <summary>Turns weights into integers and embeds the calibration examples with them.</summary>
    /// <param name="info">The encoder.</param>
    /// <param name="parameters">Its tensors.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static Shipped Prepare(EncoderInfo info, ReadOnlySpan<float> parameters, ExportOptions options, CancellationToken cancellationToken)
    {
        IntegerProgram program = ProgramOf(info);
        IntegerValues values = Quantizer.Quantize(program, parameters, options.Calibration, options.RangeExamples, cancellationToken);
        var encoder = new IntegerEncoder(program, values);
        sbyte[] embeddings = Embed(encoder, info, options.Calibration, cancellationToken);
        int length = info.EmbeddingLength;
        return new Shipped(
            values.Write(program),
            EmbeddedExamples.ByDistance(
                (left, right) => encoder.Distance(encoder.Score(embeddings.AsSpan(left * length, length), embeddings.AsSpan(right * length, length)), info.Distance),
                options.Calibration.Classes, options.Calibration.Groups),
            distance => encoder.LargestScore(distance, info.Distance));
    }

    /// <summary>The steps of an encoder in integers.</summary>
    /// <param name="info">The encoder.</param>
    /// <exception cref="ExportException">It has no form in integers.</exception>
    public static IntegerProgram ProgramOf(EncoderInfo info) => IntegerPlanner.Plan(GraphOf(info), info.Distance.ToString(), out string? problem)
        ?? throw new ExportException($"{info.Name} cannot be exported as Int8: {problem}. Export it as Float16 or Float32.");

    /// <summary>The graph of an encoder, from what it says about itself.</summary>
    /// <param name="info">The encoder.</param>
    public static Graph GraphOf(EncoderInfo info)
    {
        Compiler.Model.EncoderModel model = ArchitectureText.Read(info.Architecture, info.Name);
        return GraphBuilder.Build(model, new ProblemList(model))!;
    }

    private static sbyte[] Embed(IntegerEncoder encoder, EncoderInfo info, IExampleSet examples, CancellationToken cancellationToken)
    {
        sbyte[] embeddings = new sbyte[examples.Count * info.EmbeddingLength];
        float[] input = new float[info.Input.Length];
        for (int i = 0; i < examples.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var random = new CounterRandom(0, CounterRandom.Purpose.Augmentation, (uint)i);
            examples.Read(i, input, ref random);
            encoder.Embed(input, embeddings.AsSpan(i * info.EmbeddingLength, info.EmbeddingLength));
        }

        return embeddings;
    }
}
