using SiameseGen.Compiler.Layers;

namespace SiameseGen.Onnx.Kernels;

/// <summary>One call of a kernel: what it reads, its constants and weights, and the graph that receives operators.</summary>
/// <param name="graph">Receives operators.</param>
/// <param name="layer">The layer that makes the call.</param>
/// <param name="input">The name of the value it reads.</param>
/// <param name="branch">The name of the other value it reads, if it joins two branches.</param>
/// <param name="weights">All weights.</param>
internal sealed class KernelCall(
    OnnxGraph graph, Layer layer, string input, string? branch, IReadOnlyDictionary<(Layer Layer, TensorRole Role), OnnxTensor> weights)
{
    /// <summary>The name of the value it reads: an image, channels first, or a vector.</summary>
    public string Input { get; } = input;

    /// <summary>The name of the other value of a call that joins two branches.</summary>
    public string Branch => branch!;

    /// <summary>Receives operators.</summary>
    public OnnxGraph Graph { get; } = graph;

    /// <summary>What arrives.</summary>
    public Shape Arriving => layer.Input;

    /// <summary>Whether what leaves is an image.</summary>
    public bool LeavesImage => layer.Output.IsImage;

    /// <summary>The sizes that one number a channel has beside a value without its batch, such as those of a bias.</summary>
    public int[] ChannelSizes => Arriving.IsImage ? [Arriving.Channels, 1, 1] : [Arriving.Channels];

    /// <summary>Turns [batch, height, width, channels] into [batch, channels, height, width].</summary>
    /// <param name="graph">Receives the operator.</param>
    /// <param name="value">The value's name.</param>
    public static string ToChannelsFirst(OnnxGraph graph, string value) => graph.Node("Transpose", [value], OnnxGraph.Ints("perm", 0, 3, 1, 2));

    /// <summary>Turns [batch, channels, height, width] into [batch, height, width, channels].</summary>
    /// <param name="value">The value's name.</param>
    public string ToChannelsLast(string value) => Graph.Node("Transpose", [value], OnnxGraph.Ints("perm", 0, 2, 3, 1));

    /// <summary>An operator of the call, without attributes.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">Names of values.</param>
    public string Node(string operation, params string[] inputs) => Graph.Node(operation, inputs);

    /// <summary>The input as a vector in SiameseGen's order.</summary>
    public string Flattened()
    {
        if (!Arriving.IsImage)
            return Input;
        bool isSameOrder = Arriving.Channels == 1 || Arriving.Pixels == 1;
        return Vector(isSameOrder ? Input : ToChannelsLast(Input));
    }

    /// <summary>A value as a vector: all sizes but the batch's as one.</summary>
    /// <param name="value">The value's name.</param>
    public string Vector(string value) => Graph.Node("Flatten", [value], OnnxGraph.Int("axis", 1));

    /// <summary>One of the layer's constants.</summary>
    /// <param name="name">The constant's name, or that of a field of a struct among them.</param>
    public float Number(string name) => float.Parse(Constant(name)!.TrimEnd('f'), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>One of the layer's constants that is an integer.</summary>
    /// <param name="name">The constant's name, or that of a field of a struct among them.</param>
    /// <param name="otherwise">What it is where it is not there.</param>
    public int Int(string name, int otherwise = 0) => Constant(name) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;

    /// <summary>The layer's tensor of a role; null when it has none.</summary>
    /// <param name="role">The role.</param>
    public OnnxTensor? Find(TensorRole role) => weights.GetValueOrDefault((layer, role));

    /// <summary>Adds the layer's tensor of a role under another shape, its values in the same order.</summary>
    /// <param name="role">A role that the layer has.</param>
    /// <param name="shape">The sizes; none to keep them.</param>
    /// <returns>The tensor's name.</returns>
    public string Weights(TensorRole role, params int[] shape)
    {
        OnnxTensor tensor = weights[(layer, role)];
        return Graph.Tensor(tensor.Name, shape.Length == 0 ? tensor.Shape : shape, tensor.Values);
    }

    private string? Constant(string name) => layer.Constants.Select(constant => constant.Find(name)).FirstOrDefault(value => value is not null);
}
