using System.Globalization;
using System.Text.RegularExpressions;

namespace SiameseGen.Benchmarks.Peers;

/// <summary>An encoder's architecture and weights, for building the same network elsewhere.</summary>
internal sealed partial class Network
{
    private readonly Parameters _parameters;

    /// <summary>Reads the canonical text of the architecture.</summary>
    /// <param name="info">The architecture.</param>
    /// <param name="parameters">The weights.</param>
    public Network(EncoderInfo info, Parameters parameters)
    {
        Info = info;
        _parameters = parameters;
        var layers = new List<NetworkLayer>();
        var counts = new Dictionary<string, int>();
        InputShape shape = info.Input;
        InputShape? flattened = null;
        foreach (string text in info.Architecture.Split("; ").Skip(1))
        {
            string kind = text.Split(' ')[0];
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
            var layer = new NetworkLayer(kind, $"{kind}{counts[kind]}", text, shape, Output(text) ?? shape, flattened);
            flattened = kind == "flatten" ? shape : null;
            shape = layer.Output;
            layers.Add(layer);
        }

        Layers = layers;
    }

    /// <summary>The architecture.</summary>
    public EncoderInfo Info { get; }

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<NetworkLayer> Layers { get; }

    /// <summary>Multiply-adds of one item, counted plainly: every output by itself, read or not.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>A tensor's values and shape.</summary>
    /// <param name="name">Its name, such as <c>conv2d1.weight</c>.</param>
    public (float[] Values, long[] Shape) Values(string name)
    {
        ParameterTensor tensor = Info.Tensors.Single(tensor => tensor.Name == name);
        return (_parameters[tensor].ToArray(), [.. tensor.Shape.Select(size => (long)size)]);
    }

    private static InputShape? Output(string text)
    {
        Match match = Arrow().Match(text);
        if (!match.Success)
            return null;
        int[] sizes = [.. match.Groups[1].Value.Split('x').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        return sizes.Length == 3 ? new InputShape(sizes[0], sizes[1], sizes[2], IsImage: true) : new InputShape(1, 1, sizes[0], IsImage: false);
    }

    [GeneratedRegex("-> ([0-9x]+)$")]
    private static partial Regex Arrow();
}

/// <summary>One layer of a network.</summary>
/// <param name="Kind">Its kind, such as <c>conv2d</c>.</param>
/// <param name="Name">Its name, such as <c>conv2d1</c>.</param>
/// <param name="Text">Its part of the canonical text.</param>
/// <param name="Input">What arrives.</param>
/// <param name="Output">What leaves.</param>
/// <param name="Flattened">The image that a Flatten right before it has made a vector of.</param>
internal sealed record NetworkLayer(string Kind, string Name, string Text, InputShape Input, InputShape Output, InputShape? Flattened)
{
    /// <summary>Rows and columns of a kernel, or of a pooling window.</summary>
    public int Kernel => (int)(Kind == "maxpool2d" ? After("maxpool2d") : After("kernel"));

    /// <summary>The step of a kernel or a window.</summary>
    public int Stride => (int)After("stride");

    /// <summary>Zeros above and to the left.</summary>
    public int PadBefore => (int)After("pad");

    /// <summary>Zeros below and to the right.</summary>
    public int PadAfter => (int)After("pad", 2);

    /// <summary>Whether there are biases.</summary>
    public bool HasBias => After("bias") != 0;

    /// <summary>What batch normalisation adds to the variance.</summary>
    public float Epsilon => After("epsilon");

    /// <summary>Multiply-adds of one item.</summary>
    public long MultiplyAdds => Kind switch
    {
        "conv2d" => (long)Output.Length * Kernel * Kernel * Input.Channels,
        "depthwiseconv2d" => (long)Output.Length * Kernel * Kernel,
        "dense" => (long)Input.Length * Output.Length,
        _ => 0,
    };

    private float After(string word, int steps = 1)
    {
        string[] words = Text.Split(' ');
        return float.Parse(words[Array.IndexOf(words, word) + steps], CultureInfo.InvariantCulture);
    }
}
