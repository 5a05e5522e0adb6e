using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using SiameseGen.Compiler.Shipping;
using SiameseGen.Onnx;

namespace SiameseGen.Benchmarks.Ship;

/// <summary>
/// Writes an encoder in integers as an ONNX model of ONNX Runtime's operators for 8-bit integers, with the same weights, biases and scales. Input and output are codes, so that
/// nothing has to be turned into floats and back. Only rounding differs: ONNX rounds halves to even, and scales by floats.
/// </summary>
internal sealed class QuantisedOnnx
{
    // Field numbers and enumeration values of onnx.proto.
    private const int Float = 1, Byte = 2, SignedByte = 3, Integer = 6, AttributeInt = 2, AttributeInts = 7, IrVersion = 8, Opset = 17;
    private const string Input = "input", Output = "embedding", Microsoft = "com.microsoft";

    private readonly ProtobufMessage _graph = new();
    private readonly bool _isUnsigned;
    private int _count;

    private QuantisedOnnx(bool isUnsigned) => _isUnsigned = isUnsigned;

    /// <summary>Writes the model, for one input a call.</summary>
    /// <param name="program">The steps.</param>
    /// <param name="values">Their numbers.</param>
    /// <param name="isUnsigned">Whether codes are of 0…255 rather than of −128…127; ONNX Runtime has kernels for both.</param>
    public static byte[] Write(IntegerProgram program, IntegerValues values, bool isUnsigned)
    {
        var model = new QuantisedOnnx(isUnsigned);
        Dictionary<MemoryValue, (string Name, int Zero)> known = new() { [program.Input] = (Input, values.InputZero) };
        for (int i = 0; i < program.Steps.Count; i++)
        {
            IntegerStep step = program.Steps[i];
            (string source, int zero) = known[step.Source];
            known[step.Result] = model.Add(step, values.Steps[i], source, zero, i == program.Steps.Count - 1 ? Output : null);
        }

        Shape input = program.Graph.Input;
        if (input.Channels != 1)
            throw new NotSupportedException("Inputs of several channels would have to be laid out anew.");
        int type = isUnsigned ? Byte : SignedByte;
        model._graph.Text(2, "encoder")
            .Message(11, Value(Input, type, 1, 1, input.Height, input.Width))
            .Message(12, Value(Output, type, 1, program.Graph.EmbeddingLength));
        using var bytes = new MemoryStream();
        new ProtobufMessage().Int(1, IrVersion).Message(7, model._graph)
            .Message(8, new ProtobufMessage().Text(1, "").Int(2, Opset)).Message(8, new ProtobufMessage().Text(1, Microsoft).Int(2, 1))
            .WriteTo(bytes);
        return bytes.ToArray();
    }

    private (string Name, int Zero) Add(IntegerStep step, IntegerStepValues values, string source, int zero, string? output)
    {
        if (step.Kind == IntegerKind.MaximumPool)
            return (Node("MaxPool", "", [source], output, Kernel(step)), zero);
        if (step.Kind != IntegerKind.Convolution || values.Low != sbyte.MinValue)
            throw new NotSupportedException($"The benchmarks do not write {step.Layer.Name} as quantised ONNX.");
        int depth = step.Depth, filters = step.Filters;
        float[] scales = [.. values.Multipliers.Select(multiplier => (float)Math.ScaleB(multiplier, -values.Shift))];

        // Ours are of the codes as they are, ONNX's of the codes less their zero.
        int[] biases = [.. values.Biases.Select((bias, filter) => bias + (zero * values.Weights.Skip(filter * depth).Take(depth).Sum(weight => weight)))];
        string one = Tensor(Float, [], BitConverter.GetBytes(1f)), scale = Tensor(Float, [filters], [.. scales.SelectMany(BitConverter.GetBytes)]);
        string bias = Tensor(Integer, [filters], [.. biases.SelectMany(BitConverter.GetBytes)]), none = Tensor(SignedByte, [filters], new byte[filters]);
        string before = Zero(zero), after = Zero(values.Zero);
        if (step.Layer.Operation is Operation.Product)
        {
            // Of one pixel: the values of several would have to be laid out anew.
            string flat = Node("Flatten", "", [source], null, [Attribute("axis", 1)]);
            string columns = Tensor(SignedByte, [depth, filters], Ordered(values.Weights, (filter, k) => (k * filters) + filter, depth));
            return (Node("QGemm", Microsoft, [flat, one, before, columns, scale, none, bias, one, after], output, []), values.Zero);
        }

        int channels = step.Channels / step.Groups, taps = step.Down.Taps * step.Across.Taps;
        string weights = Tensor(
            SignedByte, [filters, channels, step.Down.Taps, step.Across.Taps],
            Ordered(values.Weights, (filter, k) => (((filter * channels) + (k % channels)) * taps) + (k / channels), depth));
        ProtobufMessage[] attributes = [.. Kernel(step), Attribute("dilations", step.Down.Dilation, step.Across.Dilation), Attribute("group", step.Groups)];
        return (Node("QLinearConv", "", [source, one, before, weights, scale, none, one, after, bias], output, attributes), values.Zero);
    }

    private static byte[] Ordered(sbyte[] weights, Func<int, int, int> place, int depth)
    {
        byte[] ordered = new byte[weights.Length];
        for (int i = 0; i < weights.Length; i++)
            ordered[place(i / depth, i % depth)] = (byte)weights[i];
        return ordered;
    }

    private string Zero(int code) => Tensor(_isUnsigned ? Byte : SignedByte, [], [(byte)(_isUnsigned ? code + 128 : code)]);

    private string Node(string operation, string domain, string[] inputs, string? output, ProtobufMessage[] attributes)
    {
        output ??= Name();
        var node = new ProtobufMessage();
        foreach (string input in inputs)
            node.Text(1, input);
        node.Text(2, output).Text(3, output).Text(4, operation).Text(7, domain);
        foreach (ProtobufMessage attribute in attributes)
            node.Message(5, attribute);
        _graph.Message(1, node);
        return output;
    }

    private string Tensor(int type, int[] sizes, byte[] bytes)
    {
        string name = Name();
        var tensor = new ProtobufMessage();
        foreach (int size in sizes)
            tensor.Int(1, size);
        _graph.Message(5, tensor.Int(2, type).Text(8, name).Bytes(9, bytes));
        return name;
    }

    private string Name() => FormattableString.Invariant($"value{++_count}");

    private static ProtobufMessage[] Kernel(IntegerStep step)
    {
        int After(KernelSide side) => Math.Max(0, ((side.Places - 1) * side.Stride) + ((side.Taps - 1) * side.Dilation) + 1 - side.Size - side.Before);
        return
        [
            Ints("kernel_shape", step.Down.Taps, step.Across.Taps), Ints("strides", step.Down.Stride, step.Across.Stride),
            Ints("pads", step.Down.Before, step.Across.Before, After(step.Down), After(step.Across)),
        ];
    }

    private static ProtobufMessage Attribute(string name, params int[] values) => values.Length == 1 ? new ProtobufMessage().Text(1, name).Int(3, values[0]).Int(20, AttributeInt) : Ints(name, values);

    private static ProtobufMessage Ints(string name, params int[] values)
    {
        ProtobufMessage message = new ProtobufMessage().Text(1, name);
        foreach (int value in values)
            message.Int(8, value);
        return message.Int(20, AttributeInts);
    }

    private static ProtobufMessage Value(string name, int type, params int[] sizes)
    {
        var shape = new ProtobufMessage();
        foreach (int size in sizes)
            shape.Message(1, new ProtobufMessage().Int(1, size));
        return new ProtobufMessage().Text(1, name).Message(2, new ProtobufMessage().Message(1, new ProtobufMessage().Int(1, type).Message(2, shape)));
    }
}
