using System.Diagnostics;
using SiameseGen.Losses;
using SiameseGen.Sampling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SiameseGen.Benchmarks.Training;

/// <summary>
/// The same Siamese network in libtorch: Conv4-64, contrastive loss, AdamW. It starts from a copy of SiameseGen's weights and trains on the
/// same batches.
/// </summary>
internal sealed class LibtorchTwins : IContestant
{
    private const int Blocks = 4, Filters = 64;
    private const double Margin = 1;
    private readonly Dictionary<string, Parameter> _weights = [];
    private readonly Dictionary<string, Tensor> _statistics = [];
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
        Name = channelsLast ? "libtorch, channels last" : "libtorch, channels first";
        var weights = new List<Parameter>();
        var others = new List<Parameter>();
        foreach (ParameterTensor tensor in parameters.Info.Tensors)
        {
            Tensor value = ToTorch(tensor, parameters[tensor].ToArray(), channelsLast);
            if (!tensor.IsTrainable)
            {
                _statistics.Add(tensor.Name, value);
                continue;
            }

            var parameter = new Parameter(value);
            _weights.Add(tensor.Name, parameter);
            (tensor.Decays ? weights : others).Add(parameter);
        }

        _optimizer = optim.AdamW(
            [
                new AdamW.ParamGroup(weights, new AdamW.Options { LearningRate = learningRate, weight_decay = 0.01 }),
                new AdamW.ParamGroup(others, new AdamW.Options { LearningRate = learningRate, weight_decay = 0 }),
            ],
            learningRate);
        _examples = tensor(glyphs.Values, [glyphs.Count, 1, Glyphs.Side, Glyphs.Side]);
        _batches = [.. batches.Select(ToTorch)];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds)
    {
        long end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < end)
        {
            long start = Stopwatch.GetTimestamp();
            Step();
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

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
        foreach ((string name, Parameter weight) in _weights)
            gradients.Add(name, FromTorch(weight.grad!));
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

    private Tensor Embed(int batch)
    {
        Tensor x = _examples.index_select(0, _batches[batch].Items);
        for (int block = 1; block <= Blocks; block++)
        {
            x = functional.conv2d(x, _weights[$"conv2d{block}.weight"], padding: [1, 1]);
            x = functional.batch_norm(
                x,
                _statistics[$"batchnorm{block}.running_mean"],
                _statistics[$"batchnorm{block}.running_variance"],
                _weights[$"batchnorm{block}.gain"],
                _weights[$"batchnorm{block}.shift"],
                training: true);
            x = functional.max_pool2d(functional.relu(x, inplace: true), 2);
        }

        // 1 × 1 × 64 are left, so that the order of channels and pixels does not matter.
        x = functional.linear(x.reshape(-1, Filters), _weights["dense1.weight"], _weights["dense1.bias"]);
        return functional.normalize(x);
    }

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

    // Convolutions: height × width × channels × filters to filters × channels × height × width; dense: inputs × outputs to outputs × inputs.
    private static Tensor ToTorch(ParameterTensor description, float[] values, bool channelsLast)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor value = tensor(values, [.. description.Shape.Select(size => (long)size)]);
        if (description.Shape.Length == 4)
        {
            // Strides decide about the layout: filters × height × width × channels in memory is what torch calls channels last.
            value = channelsLast ? value.permute(3, 0, 1, 2).contiguous().permute(0, 3, 1, 2) : value.permute(3, 2, 0, 1).contiguous();
        }
        else if (description.Shape.Length == 2)
        {
            value = value.t().contiguous();
        }

        return value.MoveToOuterDisposeScope();
    }

    private static float[] FromTorch(Tensor gradient)
    {
        Tensor ordered = gradient.dim() switch
        {
            4 => gradient.permute(2, 3, 1, 0),
            2 => gradient.t(),
            _ => gradient,
        };
        return ordered.contiguous().data<float>().ToArray();
    }
}
