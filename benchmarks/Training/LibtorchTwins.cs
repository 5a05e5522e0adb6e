using SiameseGen.Benchmarks.Libtorch;
using SiameseGen.Benchmarks.Peers;
using SiameseGen.Losses;
using SiameseGen.Sampling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SiameseGen.Benchmarks.Training;

/// <summary>
/// The same Siamese network in libtorch: contrastive loss, AdamW. It starts from a copy of SiameseGen's weights and trains on the
/// same batches.
/// </summary>
internal sealed class LibtorchTwins : IContestant
{
    private const double Margin = 1;
    private readonly LibtorchNetwork _network;
    private readonly Tensor _examples;
    private readonly (Tensor Items, Tensor Similar, Tensor Dissimilar)[] _batches;
    private readonly optim.Optimizer _optimizer;
    private int _next;

    /// <summary>Copies weights, examples and batches into tensors.</summary>
    /// <param name="parameters">The weights to start from.</param>
    /// <param name="glyphs">The examples.</param>
    /// <param name="batches">The batches.</param>
    /// <param name="threads">Threads of libtorch.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="channelsLast">Whether tensors lie in memory with the channels of a pixel side by side, rather than one plane a channel.</param>
    public LibtorchTwins(Parameters parameters, Glyphs glyphs, Batch[] batches, int threads, float learningRate, bool channelsLast)
    {
        set_num_threads(threads);
        _network = new LibtorchNetwork(new Network(parameters.Info, parameters), channelsLast);
        ILookup<bool, Parameter> weights = parameters.Info.Tensors.Where(tensor => tensor.IsTrainable)
            .ToLookup(tensor => tensor.Decays, tensor => _network.Weights[tensor.Name]);
        _optimizer = optim.AdamW(
            [
                new AdamW.ParamGroup(weights[true], new AdamW.Options { LearningRate = learningRate, weight_decay = 0.01 }),
                new AdamW.ParamGroup(weights[false], new AdamW.Options { LearningRate = learningRate, weight_decay = 0 }),
            ],
            learningRate);
        _examples = _network.Inputs(glyphs.Values);
        _batches = [.. batches.Select(ToTorch)];
    }

    /// <inheritdoc/>
    public string Name => $"libtorch, {_network.Layout}";

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(Step, duration, milliseconds);

    /// <summary>Runs the first batch forward and backward without an update.</summary>
    /// <returns>The embeddings, the loss, and a tensor's gradient in SiameseGen's order by the tensor's name.</returns>
    public TwinsOutput FirstBatch()
    {
        using DisposeScope scope = NewDisposeScope();
        _optimizer.zero_grad();
        Tensor embeddings = Embed(0);
        Tensor loss = Loss(embeddings, 0);
        loss.backward();
        var gradients = new Dictionary<string, float[]>();
        foreach ((string name, Parameter weight) in _network.Weights)
            gradients.Add(name, LibtorchNetwork.FromTorch(weight.grad!));
        _optimizer.zero_grad();
        return new TwinsOutput(embeddings.data<float>().ToArray(), loss.item<float>(), gradients);
    }

    private void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        _optimizer.zero_grad();
        Tensor loss = Loss(Embed(_next), _next);
        loss.backward();
        _optimizer.step();
        _ = loss.item<float>(); // SiameseGen's step reports its loss too
        _next = (_next + 1) % _batches.Length;
    }

    private Tensor Embed(int batch) => _network.Embed(_examples.index_select(0, _batches[batch].Items), training: true);

    private Tensor Loss(Tensor embeddings, int batch)
    {
        (_, Tensor similar, Tensor dissimilar) = _batches[batch];
        long pairs = embeddings.shape[0] / 2;
        Tensor squared = (embeddings.narrow(0, 0, pairs) - embeddings.narrow(0, pairs, pairs)).square().sum(1);
        Tensor missing = functional.relu(Margin - squared.sqrt());
        return ((similar * squared) + (dissimilar * missing.square())).mean();
    }

    private static (Tensor Items, Tensor Similar, Tensor Dissimilar) ToTorch(Batch batch)
    {
        float[] similar = [.. batch.PairLabels.ToArray().Select(label => label is PairLabel.Similar ? 1f : 0f)];
        long[] items = [.. batch.Items.ToArray().Select(item => (long)item)];
        return (tensor(items), tensor(similar), 1 - tensor(similar));
    }
}
