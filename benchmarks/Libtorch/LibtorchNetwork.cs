using SiameseGen.Benchmarks.Peers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SiameseGen.Benchmarks.Libtorch;

/// <summary>A network in libtorch, from a copy of SiameseGen's weights.</summary>
internal sealed class LibtorchNetwork
{
    private readonly Network _network;
    private readonly bool _channelsLast;
    private readonly Dictionary<string, Parameter> _weights = [];
    private readonly Dictionary<string, Tensor> _statistics = [];

    /// <summary>Copies the weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="channelsLast">Whether tensors lie in memory with the channels of a pixel side by side, rather than one plane a channel.</param>
    public LibtorchNetwork(Network network, bool channelsLast)
    {
        _network = network;
        _channelsLast = channelsLast;
        foreach (ParameterTensor tensor in network.Info.Tensors)
        {
            bool depthwise = tensor.Name.StartsWith("depthwise", StringComparison.Ordinal) && tensor.Shape.Length > 1;
            Tensor value = ToTorch(network.Values(tensor.Name), depthwise);
            if (tensor.IsTrainable)
                _weights.Add(tensor.Name, new Parameter(value));
            else
                _statistics.Add(tensor.Name, value);
        }
    }

    /// <summary>The memory layout, for reports.</summary>
    public string Layout => _channelsLast ? "channels last" : "channels first";

    /// <summary>The trained tensors by name.</summary>
    public IReadOnlyDictionary<string, Parameter> Weights => _weights;

    /// <summary>A batch as a tensor in the network's layout.</summary>
    /// <param name="values">Items, one after another, of one channel.</param>
    public Tensor Inputs(float[] values)
    {
        InputShape shape = _network.Info.Input;
        long items = values.Length / shape.Length;
        return shape.IsImage ? tensor(values, [items, shape.Channels, shape.Height, shape.Width]) : tensor(values, [items, shape.Length]);
    }

    /// <summary>The embeddings of a batch.</summary>
    /// <param name="x">The batch.</param>
    /// <param name="training">Whether batch normalisation goes by the batch; else by its running statistics.</param>
    public Tensor Embed(Tensor x, bool training)
    {
        foreach (NetworkLayer layer in _network.Layers)
            x = Apply(layer, x, training);
        return x;
    }

    /// <summary>A gradient in SiameseGen's order of elements.</summary>
    /// <param name="gradient">The gradient of a tensor.</param>
    public static float[] FromTorch(Tensor gradient)
    {
        Tensor ordered = gradient.dim() switch
        {
            4 => gradient.permute(2, 3, 1, 0),
            2 => gradient.t(),
            _ => gradient,
        };
        return ordered.contiguous().data<float>().ToArray();
    }

    private Tensor Apply(NetworkLayer layer, Tensor x, bool training)
    {
        Tensor? Weight(string role) => _weights.GetValueOrDefault($"{layer.Name}.{role}");
        switch (layer.Kind)
        {
            case "conv2d" or "depthwiseconv2d":
                long groups = layer.Kind == "conv2d" ? 1 : layer.Input.Channels;
                if (layer.PadBefore != layer.PadAfter)
                    x = functional.pad(x, [layer.PadBefore, layer.PadAfter, layer.PadBefore, layer.PadAfter]);
                long pad = layer.PadBefore == layer.PadAfter ? layer.PadBefore : 0;
                return functional.conv2d(x, Weight("weight")!, Weight("bias"), [layer.Stride, layer.Stride], [pad, pad], groups: groups);
            case "batchnorm":
                return functional.batch_norm(
                    x, _statistics[$"{layer.Name}.running_mean"], _statistics[$"{layer.Name}.running_variance"], Weight("gain"), Weight("shift"), training,
                    eps: layer.Epsilon);
            case "relu":
                return functional.relu(x, inplace: true);
            case "maxpool2d":
                return functional.max_pool2d(x, layer.Kernel, layer.Stride);
            case "globalavgpool":
                return x.mean([2, 3]);
            case "flatten":
                // Pixel by pixel, as SiameseGen reads it; with channels last nothing moves.
                return x.permute(0, 2, 3, 1).reshape(x.shape[0], -1);
            case "dense":
                return functional.linear(x, Weight("weight")!, Weight("bias"));
            case "l2normalize":
                return functional.normalize(x);
            default:
                throw new NotSupportedException($"The benchmarks do not build {layer.Kind} in libtorch.");
        }
    }

    // Convolutions: height × width × channels × filters to filters × channels × height × width; dense: inputs × outputs to outputs × inputs.
    private Tensor ToTorch((float[] Values, long[] Shape) weight, bool depthwise)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor value = tensor(weight.Values, weight.Shape);
        if (depthwise)
            value = value.reshape(weight.Shape[0], weight.Shape[1], 1, -1);
        if (value.dim() == 4)
        {
            // Strides decide about the layout: filters × height × width × channels in memory is what torch calls channels last.
            value = _channelsLast ? value.permute(3, 0, 1, 2).contiguous().permute(0, 3, 1, 2) : value.permute(3, 2, 0, 1).contiguous();
        }
        else if (value.dim() == 2)
        {
            value = value.t().contiguous();
        }

        return value.MoveToOuterDisposeScope();
    }
}
