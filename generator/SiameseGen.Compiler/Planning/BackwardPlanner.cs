using SiameseGen.Compiler.Layers;

namespace SiameseGen.Compiler.Planning;

/// <summary>
/// Schedules the backward pass. Gradients of activations are overwritten, so where branches part each leaves one of its own, and a call adds them up. A layer that
/// learns nothing and has nothing that learns before it has no call.
/// </summary>
/// <param name="forward">The forward pass.</param>
/// <param name="forks">The layers that join branches, by the value at which these part.</param>
internal sealed class BackwardPlanner(IReadOnlyList<Step> forward, ILookup<MemoryValue, Layer> forks)
{
    private static readonly Lowering Accumulation = new()
    {
        Kernel = "Branches",
        Backward = [Operand.ForkLength, new(OperandKind.OutputGradient, "first"), new(OperandKind.BranchGradient, "second"), new(OperandKind.InputGradient, "sum")],
        BackwardReplaces = OperandKind.OutputGradient,
    };

    private readonly Dictionary<MemoryValue, List<MemoryValue>> _gradients = [];
    private readonly List<Step> _backward = [];

    /// <summary>Schedules it.</summary>
    /// <param name="embedding">The embeddings.</param>
    /// <param name="gradient">Their gradient.</param>
    public IReadOnlyList<Step> Plan(MemoryValue embedding, MemoryValue gradient)
    {
        HashSet<MemoryValue> wanted = Wanted();
        _gradients[embedding] = [gradient];
        foreach (Step step in forward.Reverse().Where(step => wanted.Contains(step.Values[OperandKind.Output])))
            Back(step, wanted);
        return _backward;
    }

    // Values whose gradient something asks for: what has a layer that learns at or before it.
    private HashSet<MemoryValue> Wanted()
    {
        HashSet<MemoryValue> wanted = [];
        foreach (Step step in forward)
        {
            if (step.Learns || wanted.Contains(step.Values[OperandKind.Input]) || (Branch(step) is { } branch && wanted.Contains(branch)))
                wanted.Add(step.Values[OperandKind.Output]);
        }

        return wanted;
    }

    private void Back(Step step, HashSet<MemoryValue> wanted)
    {
        MemoryValue input = step.Values[OperandKind.Input], output = step.Values[OperandKind.Output];
        MemoryValue gradient = SumOf(output);
        if (step.Lowering.SharesGradient)
        {
            foreach (MemoryValue read in new[] { input, Branch(step)! }.Where(wanted.Contains))
                GradientsOf(read).Add(gradient);
            return;
        }

        Dictionary<OperandKind, MemoryValue> values = new()
        {
            [OperandKind.Input] = input,
            [OperandKind.Output] = output,
            [OperandKind.OutputGradient] = gradient,
        };
        if (step.Values.TryGetValue(OperandKind.Marks, out MemoryValue marks))
            values[OperandKind.Marks] = marks;
        if (wanted.Contains(input))
            values[OperandKind.InputGradient] = NewGradientOf(input);
        if (Branch(step) is { } branch)
        {
            values[OperandKind.Branch] = branch;
            if (wanted.Contains(branch))
                values[OperandKind.BranchGradient] = NewGradientOf(branch);
        }

        _backward.Add(step with { Method = "Backward", Operands = step.Lowering.Backward, Values = values });
    }

    // By now every layer that reads the value has left its gradient: they come later in the forward pass.
    private MemoryValue SumOf(MemoryValue value)
    {
        List<MemoryValue> gradients = _gradients[value];
        MemoryValue sum = gradients[0];
        for (int i = 1; i < gradients.Count; i++)
        {
            MemoryValue total = new("d " + value.Name, value.Length);
            Layer join = forks[value].ElementAt(gradients.Count - 1 - i);
            _backward.Add(new Step(join, Step.Accumulate, Accumulation.Backward)
            {
                Lowering = Accumulation,
                Values = new Dictionary<OperandKind, MemoryValue>
                {
                    [OperandKind.OutputGradient] = sum,
                    [OperandKind.BranchGradient] = gradients[i],
                    [OperandKind.InputGradient] = total,
                },
            });
            sum = total;
        }

        return sum;
    }

    private MemoryValue NewGradientOf(MemoryValue value)
    {
        List<MemoryValue> gradients = GradientsOf(value);
        var gradient = new MemoryValue("d " + value.Name, value.Length);
        gradients.Add(gradient);
        return gradient;
    }

    private List<MemoryValue> GradientsOf(MemoryValue value)
    {
        if (!_gradients.TryGetValue(value, out List<MemoryValue> gradients))
            _gradients[value] = gradients = [];
        return gradients;
    }

    private static MemoryValue? Branch(Step step) => step.Values.TryGetValue(OperandKind.Branch, out MemoryValue branch) ? branch : null;
}
