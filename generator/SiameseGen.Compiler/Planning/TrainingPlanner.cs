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
    public long StatisticsLength => Forward.Sum(step => step.Lowering.Statistics);

    /// <summary>Floats a worker keeps from forward to backward.</summary>
    public long SavedLength => Forward.Sum(step => step.Lowering.Saved);

    /// <summary>Floats a worker needs within one call.</summary>
    public long ScratchLength => Forward.Select(step => step.Lowering.TrainingScratch).DefaultIfEmpty().Max();
}

/// <summary>
/// Schedules training. A batch normalisation takes up the ReLU right after it, and then 2×2 pooling: memory is swept once for all of them. Layers before the
/// first one with parameters have no backward pass: nobody asks for gradients there. The inputs stay as they are, so that a batch can be run again.
/// </summary>
internal static class TrainingPlanner
{
    /// <summary>Schedules a graph.</summary>
    /// <param name="graph">The graph.</param>
    public static TrainingSchedule Plan(Graph graph)
    {
        List<Layer> layers = [.. graph.Layers.Where(layer => !layer.Lowering.IsAlias)];
        var input = new MemoryValue("input", graph.Input.Length, isCommon: true);
        List<Step> forward = [];
        MemoryValue current = input;
        long statistics = 0, saved = 0;
        for (int i = 0; i < layers.Count; i++)
        {
            Step step = Fuse(layers, i);
            i += step.Fused.Count();
            var output = new MemoryValue((step.Fused.LastOrDefault() ?? step.Layer).Name, step.Output.Length, isCommon: i == layers.Count - 1);
            forward.Add(step with
            {
                Values = new Dictionary<OperandKind, MemoryValue> { [OperandKind.Input] = current, [OperandKind.Output] = output },
                Statistics = unchecked((int)statistics),
                Saved = unchecked((int)saved),
            });
            statistics += step.Lowering.Statistics;
            saved += step.Lowering.Saved;
            current = output;
        }

        var gradient = new MemoryValue("d " + current.Name, current.Length, isCommon: true);
        List<Step> backward = PlanBackward(forward, gradient);
        MemoryStep[] steps =
        [
            new MemoryStep("input", [], [input]),
            .. forward.Select((step, call) => step.ToMemoryStep(call > 0 && step.Lowering.ForwardInPlace ? OperandKind.Input : null)),
            new MemoryStep("loss", [current], [gradient]),
            .. backward.Select(step => step.ToMemoryStep(step.Lowering.BackwardReplaces)),
        ];
        return new TrainingSchedule(forward, backward, MemoryPlanner.Plan(steps), input, current, gradient);
    }

    private static Step Fuse(List<Layer> layers, int index)
    {
        Layer layer = layers[index];
        Layer? rectifier = Next(layers, index) is { IsPlainReLU: true } relu ? relu : null;
        Layer? pool = rectifier is not null && Next(layers, index + 1) is { IsPlainMaxPool: true } plain ? plain : null;
        if (pool is not null && layer.Lowering.PooledTraining is { } pooled)
            return new Step(layer, "Forward", pooled.Forward) { Lowering = pooled, Rectifier = rectifier, Pool = pool };
        if (rectifier is not null && layer.Lowering.RectifiedTraining is { } rectified)
            return new Step(layer, "Forward", rectified.Forward) { Lowering = rectified, Rectifier = rectifier };
        return new Step(layer, "Forward", layer.Lowering.Forward);
    }

    private static Layer? Next(List<Layer> layers, int index) => index + 1 < layers.Count ? layers[index + 1] : null;

    private static List<Step> PlanBackward(List<Step> forward, MemoryValue gradient)
    {
        List<Step> backward = [];
        int first = forward.FindIndex(step => step.Layer.Tensors.Count > 0);
        for (int i = forward.Count - 1; i >= first && first >= 0; i--)
        {
            Step step = forward[i];
            Dictionary<OperandKind, MemoryValue> values = new()
            {
                [OperandKind.Input] = step.Values[OperandKind.Input],
                [OperandKind.Output] = step.Values[OperandKind.Output],
                [OperandKind.OutputGradient] = gradient,
            };
            if (i > first)
            {
                MemoryValue input = step.Values[OperandKind.Input];
                gradient = new MemoryValue("d " + input.Name, input.Length);
                values[OperandKind.InputGradient] = gradient;
            }

            backward.Add(step with { Method = "Backward", Operands = step.Lowering.Backward, Values = values });
        }

        return backward;
    }
}
