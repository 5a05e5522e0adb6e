using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SiameseGen.Reference;
using Xunit;

namespace SiameseGen.Onnx.Tests;

/// <summary>Exported encoders in ONNX Runtime.</summary>
internal static class OnnxRun
{
    // Deep models of random layers amplify rounding; a border, an order or a constant that is wrong is wrong by far more.
    private const double Tolerance = 1e-4;

    /// <summary>Exports an encoder with weights none of which is 0 or 1, and compares embeddings.</summary>
    /// <param name="type">The encoder's class.</param>
    /// <param name="seed">Draws weights and inputs.</param>
    /// <param name="layout">The order of an image's values.</param>
    /// <returns>Whether the embeddings are not all 0, as those of dead rectifiers are.</returns>
    public static bool AssertAgrees(Type type, int seed, OnnxImageLayout layout = OnnxImageLayout.ChannelsLast)
    {
        var encoder = (IEncoder)Activator.CreateInstance(type, seed)!;
        ReferenceCase.Disturb(encoder.Parameters, (ulong)seed);
        using var stream = new MemoryStream();
        OnnxExport.Write(encoder, stream, layout);
        using InferenceSession session = Open(stream.ToArray());
        double largest = 0, difference = 0;
        foreach (int batch in new[] { 1, 4 })
        {
            float[] inputs = Inputs(encoder.Parameters.Info, batch, seed);
            float[] own = Embed(encoder, inputs, batch), theirs = Embed(session, encoder.Parameters.Info, inputs, batch, layout);
            Assert.Equal(own.Length, theirs.Length);
            for (int i = 0; i < own.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(own[i]));
                difference = Math.Max(difference, Math.Abs((double)own[i] - theirs[i]));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"difference {difference / largest:E1} of the largest value"));
        Assert.True(difference <= Tolerance * largest, $"{type.Name}: embeddings differ by {difference} of {largest}.");
        return largest > 0;
    }

    /// <summary>Opens a model.</summary>
    /// <param name="model">The file's bytes.</param>
    public static InferenceSession Open(byte[] model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return new InferenceSession(model, options);
    }

    /// <summary>Embeds a batch.</summary>
    /// <param name="session">The model.</param>
    /// <param name="info">The encoder's.</param>
    /// <param name="inputs">Inputs in SiameseGen's order.</param>
    /// <param name="batch">How many.</param>
    /// <param name="layout">The order in which the model wants them.</param>
    public static float[] Embed(InferenceSession session, EncoderInfo info, float[] inputs, int batch, OnnxImageLayout layout)
    {
        InputShape shape = info.Input;
        bool isTurned = shape.IsImage && layout is OnnxImageLayout.ChannelsFirst;
        int[] sizes = !shape.IsImage ? [batch, shape.Length]
            : isTurned ? [batch, shape.Channels, shape.Height, shape.Width]
            : [batch, shape.Height, shape.Width, shape.Channels];
        float[] values = isTurned ? ChannelsFirst(inputs, shape) : inputs;
        using var outputs = session.Run([NamedOnnxValue.CreateFromTensor("input", new DenseTensor<float>(values, sizes))]);
        DisposableNamedOnnxValue output = Assert.Single(outputs);
        Assert.Equal("embedding", output.Name);
        Assert.Equal([batch, info.EmbeddingLength], output.AsTensor<float>().Dimensions.ToArray());
        return [.. output.AsEnumerable<float>()];
    }

    /// <summary>Inputs between −1 and 1.</summary>
    /// <param name="info">The encoder's.</param>
    /// <param name="batch">How many.</param>
    /// <param name="seed">Equal seeds make equal inputs.</param>
    public static float[] Inputs(EncoderInfo info, int batch, int seed)
    {
        var random = new CounterRandom((ulong)seed, CounterRandom.Purpose.Data, 2);
        float[] inputs = new float[batch * info.Input.Length];
        foreach (ref float value in inputs.AsSpan())
            value = random.NextSingle(-1f, 1f);
        return inputs;
    }

    private static float[] Embed(IEncoder encoder, float[] inputs, int batch)
    {
        EncoderInfo info = encoder.Parameters.Info;
        float[] embeddings = new float[batch * info.EmbeddingLength];
        for (int i = 0; i < batch; i++)
            encoder.Embed(inputs.AsSpan(i * info.Input.Length, info.Input.Length), embeddings.AsSpan(i * info.EmbeddingLength, info.EmbeddingLength));
        return embeddings;
    }

    private static float[] ChannelsFirst(float[] inputs, InputShape shape)
    {
        float[] result = new float[inputs.Length];
        int pixels = shape.Height * shape.Width;
        for (int i = 0; i < inputs.Length; i++)
        {
            int item = i / shape.Length, pixel = i % shape.Length / shape.Channels, channel = i % shape.Channels;
            result[(item * shape.Length) + (channel * pixels) + pixel] = inputs[i];
        }

        return result;
    }
}
