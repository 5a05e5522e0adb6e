using System.Text.RegularExpressions;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Layers;

/// <summary>One layer of a graph: a kind with its arguments and shapes.</summary>
internal sealed record Layer
{
    /// <summary>The attribute that asked for it.</summary>
    public required AttributeModel Attribute { get; init; }

    /// <summary>Its name, such as <c>conv2d1</c> or <c>stem1.conv2d1</c>; see <see cref="LayerName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its generated class, such as <c>Conv2D1</c> or <c>Stem1_Conv2D1</c>.</summary>
    public required string ClassName { get; init; }

    /// <summary>The layer it reads, as an index into the graph's layers; −1 for the encoder's input.</summary>
    public int Source { get; init; } = Planning.Graph.InputIndex;

    /// <summary>Of a layer that joins two branches: the other one it reads, likewise; null for every other layer.</summary>
    public int? Branch { get; init; }

    /// <summary>Of a layer that joins two branches: the layer after which they part.</summary>
    public int? Fork { get; init; }

    /// <summary>What arrives.</summary>
    public required Shape Input { get; init; }

    /// <summary>What leaves.</summary>
    public required Shape Output { get; init; }

    /// <summary>
    /// All that the meaning of weights and the inference function depend on, as canonical ASCII text; empty when they do not depend on the layer.
    /// </summary>
    public required string Architecture { get; init; }

    /// <summary>Multiply-adds of one item's inference.</summary>
    public long MultiplyAdds { get; init; }

    /// <summary>Parameters, in order.</summary>
    public IReadOnlyList<Tensor> Tensors { get; init; } = [];

    /// <summary>Whether training changes one of its parameters.</summary>
    public bool Learns => Tensors.Any(tensor => tensor.IsTrainable && !tensor.IsFrozen);

    /// <summary>Constants of the generated class.</summary>
    public IReadOnlyList<Constant> Constants { get; init; } = [];

    /// <summary>What it does.</summary>
    public required Lowering Lowering { get; init; }

    /// <summary>What it computes when an encoder is used, for targets without these kernels; null when it acts in training only.</summary>
    public Operation? Operation { get; init; }

    /// <summary>Whether it is a batch normalisation, whose constant <c>Fold</c> says how the layer before can take it up at inference.</summary>
    public bool IsFoldable { get; init; }

    /// <summary>Whether a layer that fuses a rectifier can take this one's place.</summary>
    public bool IsPlainReLU { get; init; }

    /// <summary>Whether it is maximum pooling of windows of 2×2 that tile the image: a layer that fuses pooling can take this one's place.</summary>
    public bool IsPlainMaxPool { get; init; }
}

/// <summary>A named constant of a layer's generated class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type: one that C# knows by a keyword, or a struct of <c>SiameseGen.Kernels</c>.</param>
/// <param name="Value">An expression, or for a struct the arguments of its constructor.</param>
internal sealed record Constant(string Name, string Type, string Value)
{
    /// <summary>Whether the type is a struct of the runtime.</summary>
    public bool IsStruct => char.IsUpper(Type[0]);

    /// <summary>The value of the constant or of a field of its struct, as C# writes it, for targets that have no such structs; null when the name is another's.</summary>
    /// <param name="name">The constant's name, or a field's.</param>
    public string? Find(string name)
    {
        if (!IsStruct)
            return name == Name ? Value : null;
        Match field = Regex.Match(Value, $@"\b{name}: ([^,()]+)");
        return field.Success ? field.Groups[1].Value : null;
    }

    /// <summary>A constant of type <c>int</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static Constant Int(string name, int value) => new(name, "int", Text.Number(value));

    /// <summary>A constant of type <c>float</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static Constant Float(string name, float value) => new(name, "float", Text.Literal(value));
}
