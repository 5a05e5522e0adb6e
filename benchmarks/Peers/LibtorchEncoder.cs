using SiameseGen.Benchmarks.Libtorch;
using TorchSharp;
using static TorchSharp.torch;

namespace SiameseGen.Benchmarks.Peers;

/// <summary>Embeds a batch with libtorch, without gradients.</summary>
internal sealed class LibtorchEncoder : IEmbeddingContestant
{
    private readonly LibtorchNetwork _network;
    private readonly Tensor _inputs;

    /// <summary>Copies weights and inputs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The batch, item after item.</param>
    /// <param name="channelsLast">The memory layout.</param>
    public LibtorchEncoder(Network network, float[] inputs, bool channelsLast)
    {
        _network = new LibtorchNetwork(network, channelsLast);
        _inputs = _network.Inputs(inputs);
    }

    /// <inheritdoc/>
    public string Name => $"libtorch, {_network.Layout}";

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(Embed, duration, milliseconds);

    /// <inheritdoc/>
    public float[] Embeddings()
    {
        using IDisposable mode = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        return _network.Embed(_inputs, training: false).contiguous().data<float>().ToArray();
    }

    private void Embed()
    {
        using IDisposable mode = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        _network.Embed(_inputs, training: false);
    }
}
