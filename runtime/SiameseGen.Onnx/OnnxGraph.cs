using System.Buffers.Binary;

namespace SiameseGen.Onnx;

/// <summary>The nodes and constants of a model while it is written. Field numbers and enumeration values are those of onnx.proto.</summary>
internal sealed class OnnxGraph
{
    private const int FloatType = 1, IntType = 7, AttributeFloat = 1, AttributeInt = 2, AttributeInts = 7;

    private readonly ProtobufMessage _message = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>An attribute that is an integer.</summary>
    public static ProtobufMessage Int(string name, long value) => new ProtobufMessage().Text(1, name).Int(3, value).Int(20, AttributeInt);

    /// <summary>An attribute that is a number.</summary>
    public static ProtobufMessage Float(string name, float value) => new ProtobufMessage().Text(1, name).Float(2, value).Int(20, AttributeFloat);

    /// <summary>An attribute that is a list of integers.</summary>
    public static ProtobufMessage Ints(string name, params ReadOnlySpan<int> values)
    {
        ProtobufMessage message = new ProtobufMessage().Text(1, name);
        foreach (int value in values)
            message.Int(8, value);
        return message.Int(20, AttributeInts);
    }

    /// <summary>Adds a node.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">Names of values.</param>
    /// <param name="attributes">From <see cref="Int"/>, <see cref="Float"/> and <see cref="Ints"/>.</param>
    /// <returns>The name of its output.</returns>
    public string Node(string operation, IEnumerable<string> inputs, params ReadOnlySpan<ProtobufMessage> attributes) => Add(operation, inputs, NewName(operation), attributes);

    /// <summary>Adds the last node, whose output has a name of its own.</summary>
    /// <param name="value">What leaves the model.</param>
    /// <param name="output">The name.</param>
    public void End(string value, string output) => Add("Identity", [value], output, []);

    /// <summary>Adds a constant tensor of numbers.</summary>
    /// <param name="name">Its name; one that is there already is left alone.</param>
    /// <param name="shape">Sizes, outermost first; none for a single number.</param>
    /// <param name="values">Its values.</param>
    /// <returns>Its name.</returns>
    public string Tensor(string name, IReadOnlyList<int> shape, ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[sizeof(float) * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(sizeof(float) * i), values[i]);
        return Initializer(name, FloatType, shape, bytes);
    }

    /// <summary>Adds a constant number.</summary>
    /// <param name="value">The number.</param>
    public string Number(float value) => Tensor(NewName("number"), [], [value]);

    /// <summary>Adds a constant list of integers.</summary>
    /// <param name="values">The integers.</param>
    public string Integers(params ReadOnlySpan<long> values)
    {
        byte[] bytes = new byte[sizeof(long) * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(long) * i), values[i]);
        return Initializer(NewName("integers"), IntType, [values.Length], bytes);
    }

    /// <summary>Ends the graph.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="input">The name of its input.</param>
    /// <param name="inputShape">Sizes after the batch's.</param>
    /// <param name="output">The name of its output.</param>
    /// <param name="outputShape">Sizes after the batch's.</param>
    public ProtobufMessage Complete(string name, string input, IReadOnlyList<int> inputShape, string output, IReadOnlyList<int> outputShape) =>
        _message.Text(2, name).Message(11, Value(input, inputShape)).Message(12, Value(output, outputShape));

    private string Add(string operation, IEnumerable<string> inputs, string output, ReadOnlySpan<ProtobufMessage> attributes)
    {
        var node = new ProtobufMessage();
        foreach (string input in inputs)
            node.Text(1, input);
        node.Text(2, output).Text(3, output).Text(4, operation);
        foreach (ProtobufMessage attribute in attributes)
            node.Message(5, attribute);
        _message.Message(1, node);
        return output;
    }

    private string Initializer(string name, int type, IReadOnlyList<int> shape, byte[] bytes)
    {
        if (!_names.Add(name))
            return name;
        var tensor = new ProtobufMessage();
        foreach (int size in shape)
            tensor.Int(1, size);
        _message.Message(5, tensor.Int(2, type).Text(8, name).Bytes(9, bytes));
        return name;
    }

    // Names of tensors have a dot and none of ours has, so they cannot meet.
    private string NewName(string kind) => FormattableString.Invariant($"{kind}_{++_count}");

    private static ProtobufMessage Value(string name, IReadOnlyList<int> sizes)
    {
        ProtobufMessage shape = new ProtobufMessage().Message(1, new ProtobufMessage().Text(2, "batch"));
        foreach (int size in sizes)
            shape.Message(1, new ProtobufMessage().Int(1, size));
        return new ProtobufMessage().Text(1, name).Message(2, new ProtobufMessage().Message(1, new ProtobufMessage().Int(1, FloatType).Message(2, shape)));
    }
}
