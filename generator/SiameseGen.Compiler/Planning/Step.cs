using SiameseGen.Compiler.Layers;

namespace SiameseGen.Compiler.Planning;

/// <summary>One call of a kernel with its place in memory decided.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Method">The kernel's method.</param>
/// <param name="Operands">Its operands, after the pass or the parameters.</param>
internal sealed record Step(Layer Layer, string Method, IReadOnlyList<Operand> Operands)
{
    /// <summary>The method that adds up the gradients of branches, where they part.</summary>
    public const string Accumulate = "Accumulate";

    /// <summary>What the layer does here.</summary>
    public Lowering Lowering { get; init; } = Layer.Lowering;

    /// <summary>Where activations and gradients are; a kind that is absent is not wanted.</summary>
    public IReadOnlyDictionary<OperandKind, MemoryValue> Values { get; init; } = new Dictionary<OperandKind, MemoryValue>();

    /// <summary>The offset of sums that workers share.</summary>
    public int Statistics { get; init; }

    /// <summary>The offset of what a worker keeps from forward to backward.</summary>
    public int Saved { get; init; }

    /// <summary>The offset of prepared weights.</summary>
    public int Prepared { get; init; }

    /// <summary>The batch normalisation that is folded into the weights, or done as well.</summary>
    public Layer? Folded { get; init; }

    /// <summary>The rectifier that is applied to the output.</summary>
    public Layer? Rectifier { get; init; }

    /// <summary>The pooling that is applied to the output.</summary>
    public Layer? Pool { get; init; }

    /// <summary>The layers whose work the call does as well, in order.</summary>
    public IEnumerable<Layer> Fused => new[] { Folded, Rectifier, Pool }.OfType<Layer>();

    /// <summary>Whether training changes a parameter of a layer whose work the call does.</summary>
    public bool Learns => Layer.Learns || Folded is { Learns: true };

    /// <summary>The shape that leaves, after what is folded and fused.</summary>
    public Shape Output => (Pool ?? Layer).Output;

    /// <summary>Floats an item of the other branch that the call reads.</summary>
    public int BranchLength => Values.TryGetValue(OperandKind.Branch, out MemoryValue branch) ? branch.Length : 0;

    /// <summary>The offset of an operand; −1 when it is not wanted.</summary>
    /// <param name="kind">The operand.</param>
    public int Offset(OperandKind kind) => kind switch
    {
        OperandKind.Statistics => Statistics,
        OperandKind.Saved => Saved,
        OperandKind.Prepared => Prepared,
        _ => Values.TryGetValue(kind, out MemoryValue value) ? value.Offset : -1,
    };

    /// <summary>The values of a forward call or of inference whose place the output may take.</summary>
    public IReadOnlyList<MemoryValue> Replaceable() => Lowering.ForwardInPlace
        ? [.. new[] { OperandKind.Input, OperandKind.Branch }.Where(Values.ContainsKey).Select(kind => Values[kind])]
        : [];

    /// <summary>As a moment of the memory plan.</summary>
    /// <param name="mayReplace">The values whose place the result may take.</param>
    public MemoryStep ToMemoryStep(IReadOnlyList<MemoryValue> mayReplace)
    {
        IReadOnlyList<OperandKind> results = Method switch
        {
            "Backward" => [OperandKind.InputGradient, OperandKind.BranchGradient],
            Accumulate => [OperandKind.InputGradient],
            _ => [OperandKind.Output, OperandKind.Marks],
        };
        IReadOnlyList<OperandKind> used = [.. Operands.Select(operand => operand.Kind).Where(Values.ContainsKey)];
        return new MemoryStep(
            $"{Layer.Name}.{Method}",
            [.. used.Where(kind => !results.Contains(kind)).Select(kind => Values[kind])],
            [.. used.Where(results.Contains).Select(kind => Values[kind])],
            mayReplace);
    }
}
