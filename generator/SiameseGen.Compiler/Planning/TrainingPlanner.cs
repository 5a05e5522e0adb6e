using SiameseGen.Compiler.Layers;

namespace SiameseGen.Compiler.Planning;

/// <summary>What training does, in order, and where it keeps what.</summary>
/// <param name="Forward">Calls of the forward pass.</param>
/// <param name="Backward">Calls of the backward pass.</param>
/// <param name="Memory">The arena.</param>
/// <param name="Input">The batch's inputs.</param>
/// <param name="Embedding">The batch's embeddings.</param>
/// <param name="EmbeddingGradient">The gradient of the embeddings.</param>
internal sealed record TrainingSchedule(
    IReadOnlyList<Step> Forward, IReadOnlyList<Step> Backward, MemoryPlan Memory, MemoryValue Input, MemoryValue Embedding, MemoryValue EmbeddingGradient)
{
    /// <summary>Doubles that workers share.</summary>
    public long StatisticsLength => Forward.Sum(step => step.Layer.Lowering.Statistics);

    /// <summary>Floats a worker keeps from forward to backward.</summary>
    public long SavedLength => Forward.Sum(step => step.Layer.Lowering.Saved);

    /// <summary>Floats a worker needs within one call.</summary>
    public long ScratchLength => Forward.Select(step => step.Layer.Lowering.TrainingScratch).DefaultIfEmpty().Max();
}

/// <summary>
/// Schedules training. Layers before the first one with parameters have no backward pass: nobody asks for gradients there. The inputs stay as they
/// are, so that a batch can be run again.
/// </summary>
internal static class TrainingPlanner
{
    /// <summary>Schedules a graph.</summary>
    /// <param name="graph">The graph.</param>
    public static TrainingSchedule Plan(Graph graph)
    {
        int calls = graph.Layers.Count(layer => !layer.Lowering.IsAlias);
        var input = new MemoryValue("input", graph.Input.Length, isCommon: true);
        List<Step> forward = [];
        MemoryValue current = input;
        long statistics = 0, saved = 0;
        foreach (Layer layer in graph.Layers.Where(layer => !layer.Lowering.IsAlias))
        {
            var output = new MemoryValue(layer.Name, layer.Output.Length, isCommon: forward.Count == calls - 1);
            forward.Add(new Step(layer, "Forward", layer.Lowering.Forward)
            {
                Values = new Dictionary<OperandKind, MemoryValue> { [OperandKind.Input] = current, [OperandKind.Output] = output },
                Statistics = unchecked((int)statistics),
                Saved = unchecked((int)saved),
            });
            statistics += layer.Lowering.Statistics;
            saved += layer.Lowering.Saved;
            current = output;
        }

        var gradient = new MemoryValue("d " + current.Name, current.Length, isCommon: true);
        List<Step> backward = PlanBackward(forward, gradient);
        MemoryStep[] steps =
        [
            new MemoryStep("input", [], [input]),
            .. forward.Select((step, call) => step.ToMemoryStep(call > 0 && step.Layer.Lowering.ForwardInPlace ? OperandKind.Input : null)),
            new MemoryStep("loss", [current], [gradient]),
            .. backward.Select(step => step.ToMemoryStep(step.Layer.Lowering.BackwardInPlace ? OperandKind.OutputGradient : null)),
        ];
        return new TrainingSchedule(forward, backward, MemoryPlanner.Plan(steps), input, current, gradient);
    }

    private static List<Step> PlanBackward(List<Step> forward, MemoryValue gradient)
    {
        List<Step> backward = [];
        int first = forward.FindIndex(step => step.Layer.Tensors.Count > 0);
        for (int i = forward.Count - 1; i >= first && first >= 0; i--)
        {
            Layer layer = forward[i].Layer;
            Dictionary<OperandKind, MemoryValue> values = new()
            {
                [OperandKind.Input] = forward[i].Values[OperandKind.Input],
                [OperandKind.Output] = forward[i].Values[OperandKind.Output],
                [OperandKind.OutputGradient] = gradient,
            };
            if (i > first)
            {
                MemoryValue input = forward[i].Values[OperandKind.Input];
                gradient = new MemoryValue("d " + input.Name, input.Length);
                values[OperandKind.InputGradient] = gradient;
            }

            backward.Add(new Step(layer, "Backward", layer.Lowering.Backward) { Values = values, Statistics = forward[i].Statistics, Saved = forward[i].Saved });
        }

        return backward;
    }
}
