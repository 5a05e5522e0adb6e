using System.Runtime.InteropServices;
using SiameseGen.Benchmarks.Peers;

namespace SiameseGen.Benchmarks.Onnx;

/// <summary>Writes an encoder as an ONNX model that embeds a batch: opset 17, channels first, batch normalisation as it stands (the runtime folds it).</summary>
internal sealed class OnnxModel
{
    /// <summary>The names of input and output.</summary>
    public const string Input = "input", Output = "embedding";

    // Field numbers and enumeration values of onnx.proto.
    private const int FloatType = 1, AttributeFloat = 1, AttributeInt = 2, AttributeInts = 7, IrVersion = 8, Opset = 17;

    private readonly ProtobufMessage _graph = new();
    private readonly Network _network;
    private string _current = Input;
    private int _count;

    private OnnxModel(Network network) => _network = network;

    /// <summary>Writes the model.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">Items.</param>
    public static byte[] Write(Network network, int batch)
    {
        var model = new OnnxModel(network);
        foreach (NetworkLayer layer in network.Layers)
            model.Add(layer);
        InputShape input = network.Info.Input;
        model.Node("Identity", [model._current], Output, []);
        model._graph.Text(2, "encoder");
        model._graph.Message(11, Value(Input, input.IsImage ? [batch, input.Channels, input.Height, input.Width] : [batch, input.Length]));
        model._graph.Message(12, Value(Output, [batch, network.Info.EmbeddingLength]));
        return new ProtobufMessage()
            .Int(1, IrVersion)
            .Message(7, model._graph)
            .Message(8, new ProtobufMessage().Text(1, "").Int(2, Opset))
            .ToArray();
    }

    private void Add(NetworkLayer layer)
    {
        switch (layer.Kind)
        {
            case "conv2d" or "depthwiseconv2d":
                int before = layer.PadBefore, after = layer.PadAfter, kernel = layer.Kernel;
                List<string> inputs = [_current, Initializer(layer.Name + ".weight", ConvolutionWeights(layer))];
                if (layer.HasBias)
                    inputs.Add(Initializer(layer.Name + ".bias", _network.Values(layer.Name + ".bias")));
                Next("Conv", inputs, [
                    Ints("kernel_shape", kernel, kernel), Ints("strides", layer.Stride, layer.Stride), Ints("pads", before, before, after, after),
                    Int("group", layer.Kind == "conv2d" ? 1 : layer.Input.Channels)]);
                break;
            case "batchnorm":
                Next(
                    "BatchNormalization",
                    [_current, .. ((string[])["gain", "shift", "running_mean", "running_variance"]).Select(role =>
                        Initializer($"{layer.Name}.{role}", _network.Values($"{layer.Name}.{role}")))],
                    [Float("epsilon", layer.Epsilon)]);
                break;
            case "relu":
                Next("Relu", [_current], []);
                break;
            case "maxpool2d":
                Next("MaxPool", [_current], [Ints("kernel_shape", layer.Kernel, layer.Kernel), Ints("strides", layer.Stride, layer.Stride)]);
                break;
            case "globalavgpool":
                Next("GlobalAveragePool", [_current], []);
                Next("Flatten", [_current], [Int("axis", 1)]);
                break;
            case "flatten":
                Next("Flatten", [_current], [Int("axis", 1)]);
                break;
            case "dense":
                List<string> operands = [_current, Initializer(layer.Name + ".weight", DenseWeights(layer))];
                if (layer.HasBias)
                    operands.Add(Initializer(layer.Name + ".bias", _network.Values(layer.Name + ".bias")));
                Next("Gemm", operands, []);
                break;
            case "l2normalize":
                Next("LpNormalization", [_current], [Int("axis", 1), Int("p", 2)]);
                break;
            default:
                throw new NotSupportedException($"The benchmarks do not write {layer.Kind} as ONNX.");
        }
    }

    // Kernel rows × kernel columns × channels × filters to filters × channels × kernel rows × kernel columns.
    private (float[] Values, long[] Shape) ConvolutionWeights(NetworkLayer layer)
    {
        (float[] values, long[] shape) = _network.Values(layer.Name + ".weight");
        int taps = layer.Kernel * layer.Kernel;
        if (layer.Kind == "depthwiseconv2d")
        {
            int channels = layer.Input.Channels;
            float[] each = new float[values.Length];
            for (int i = 0; i < values.Length; i++)
                each[(i % channels * taps) + (i / channels)] = values[i];
            return (each, [channels, 1, layer.Kernel, layer.Kernel]);
        }

        int inputs = (int)shape[2], filters = (int)shape[3];
        float[] result = new float[values.Length];
        for (int tap = 0; tap < taps; tap++)
        {
            for (int channel = 0; channel < inputs; channel++)
            {
                for (int filter = 0; filter < filters; filter++)
                    result[(((filter * inputs) + channel) * taps) + tap] = values[(((tap * inputs) + channel) * filters) + filter];
            }
        }

        return (result, [filters, inputs, layer.Kernel, layer.Kernel]);
    }

    // After a Flatten, inputs come channel by channel here, and pixel by pixel in SiameseGen.
    private (float[] Values, long[] Shape) DenseWeights(NetworkLayer layer)
    {
        (float[] values, long[] shape) = _network.Values(layer.Name + ".weight");
        if (layer.Flattened is not { } image)
            return (values, shape);
        int pixels = image.Height * image.Width, units = (int)shape[1];
        float[] result = new float[values.Length];
        for (int row = 0; row < shape[0]; row++)
            values.AsSpan(row * units, units).CopyTo(result.AsSpan(((row % image.Channels * pixels) + (row / image.Channels)) * units));
        return (result, shape);
    }

    private void Next(string operation, IEnumerable<string> inputs, ProtobufMessage[] attributes)
    {
        string output = $"value{++_count}";
        Node(operation, inputs, output, attributes);
        _current = output;
    }

    private void Node(string operation, IEnumerable<string> inputs, string output, ProtobufMessage[] attributes)
    {
        var node = new ProtobufMessage();
        foreach (string input in inputs)
            node.Text(1, input);
        node.Text(2, output).Text(4, operation);
        foreach (ProtobufMessage attribute in attributes)
            node.Message(5, attribute);
        _graph.Message(1, node);
    }

    private string Initializer(string name, (float[] Values, long[] Shape) tensor)
    {
        var message = new ProtobufMessage();
        foreach (long size in tensor.Shape)
            message.Int(1, size);
        _graph.Message(5, message.Int(2, FloatType).Text(8, name).Bytes(9, MemoryMarshal.AsBytes<float>(tensor.Values)));
        return name;
    }

    private static ProtobufMessage Value(string name, long[] sizes)
    {
        var shape = new ProtobufMessage();
        foreach (long size in sizes)
            shape.Message(1, new ProtobufMessage().Int(1, size));
        return new ProtobufMessage().Text(1, name).Message(2, new ProtobufMessage().Message(1, new ProtobufMessage().Int(1, FloatType).Message(2, shape)));
    }

    private static ProtobufMessage Int(string name, long value) => new ProtobufMessage().Text(1, name).Int(3, value).Int(20, AttributeInt);

    private static ProtobufMessage Float(string name, float value) => new ProtobufMessage().Text(1, name).Float(2, value).Int(20, AttributeFloat);

    private static ProtobufMessage Ints(string name, params ReadOnlySpan<int> values)
    {
        ProtobufMessage message = new ProtobufMessage().Text(1, name);
        foreach (int value in values)
            message.Int(8, value);
        return message.Int(20, AttributeInts);
    }
}
