using Microsoft.ML.OnnxRuntime;
using SiameseGen.Onnx;

namespace SiameseGen.Benchmarks.Peers;

/// <summary>Embeds a batch with ONNX Runtime: all graph optimisations, one thread, input and output allocated before.</summary>
internal sealed class OnnxEncoder : IEmbeddingContestant, IDisposable
{
    private static readonly string[] Inputs = [OnnxModel.Input], Outputs = [OnnxModel.Output];
    private readonly SessionOptions _options;
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtValue[] _input, _output;
    private readonly float[] _embeddings;

    /// <summary>Builds the model and the session.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The batch, item after item.</param>
    /// <param name="threads">Threads.</param>
    public OnnxEncoder(Network network, float[] inputs, int threads)
    {
        InputShape shape = network.Info.Input;
        if (shape is { IsImage: true, Channels: > 1 })
            throw new NotSupportedException("Inputs of several channels would have to be laid out anew.");
        int batch = inputs.Length / shape.Length;
        _options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
        };
        _options.AddFreeDimensionOverrideByName("batch", batch);
        _session = new InferenceSession(Model(network), _options);
        _embeddings = new float[batch * network.Info.EmbeddingLength];
        long[] sizes = shape.IsImage ? [batch, shape.Channels, shape.Height, shape.Width] : [batch, shape.Length];
        _input = [OrtValue.CreateTensorValueFromMemory(inputs, sizes)];
        _output = [OrtValue.CreateTensorValueFromMemory(_embeddings, [batch, network.Info.EmbeddingLength])];
    }

    /// <inheritdoc/>
    public string Name => "ONNX Runtime";

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(Embed, duration, milliseconds);

    /// <inheritdoc/>
    public float[] Embeddings()
    {
        Embed();
        return [.. _embeddings];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _input[0].Dispose();
        _output[0].Dispose();
        _run.Dispose();
        _session.Dispose();
        _options.Dispose();
    }

    private static byte[] Model(Network network)
    {
        EncoderInfo info = network.Info;
        using var bytes = new MemoryStream();
        OnnxModel.Of(info.Name, info.Architecture, OnnxImageLayout.ChannelsFirst, [.. info.Tensors.Select(tensor => new OnnxTensor(tensor.Name, tensor.Shape, network.Values(tensor.Name).Values))]).WriteTo(bytes);
        return bytes.ToArray();
    }

    private void Embed() => _session.Run(_run, Inputs, _input, Outputs, _output);
}
