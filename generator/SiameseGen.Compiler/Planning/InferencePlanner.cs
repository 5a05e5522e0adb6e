using SiameseGen.Compiler.Layers;

namespace SiameseGen.Compiler.Planning;

/// <summary>What inference does, in order, and where it keeps what.</summary>
/// <param name="Steps">Calls of the pass; each also prepares its weights if it has some.</param>
/// <param name="Memory">The arena.</param>
/// <param name="Input">The inputs.</param>
/// <param name="Embedding">The embeddings.</param>
/// <param name="PreparedLength">Floats of prepared weights.</param>
internal sealed record InferenceSchedule(
    IReadOnlyList<Step> Steps, MemoryPlan Memory, MemoryValue Input, MemoryValue Embedding, long PreparedLength)
{
    /// <summary>Floats needed within one call.</summary>
    public long ScratchLength => Steps.Select(step => step.Lowering.InferenceScratch).DefaultIfEmpty().Max();
}

/// <summary>
/// Schedules inference: batch normalisation is folded into the weights of the layer right before it, a ReLU right after that and
/// then 2×2 pooling are applied as results are written, and layers that act in training only vanish.
/// </summary>
internal static class InferencePlanner
{
    /// <summary>Schedules a graph.</summary>
    /// <param name="graph">The graph.</param>
    public static InferenceSchedule Plan(Graph graph)
    {
        List<Layer> layers = [.. graph.Layers.Where(layer => layer.Lowering.IsAlias || layer.Lowering.Infers)];
        var input = new MemoryValue("input", graph.Input.Length);
        MemoryValue current = input;
        long prepared = 0;
        List<Step> steps = [];
        for (int i = 0; i < layers.Count; i++)
        {
            Layer layer = layers[i];
            if (layer.Lowering.IsAlias)
                continue;
            Layer? folded = layer.Lowering.FoldsBatchNorm && Next(layers, i) is { IsFoldable: true } norm ? norm : null;
            i += folded is null ? 0 : 1;
            Layer? rectifier = layer.Lowering.FusesReLU && Next(layers, i) is { IsPlainReLU: true } relu ? relu : null;
            i += rectifier is null ? 0 : 1;
            Layer? pool = layer.Lowering.PooledInference is not null && Next(layers, i) is { IsPlainMaxPool: true } plain ? plain : null;
            i += pool is null ? 0 : 1;
            Lowering lowering = (pool is null ? layer.Lowering.Inference : layer.Lowering.PooledInference) ?? layer.Lowering;
            var output = new MemoryValue((pool ?? rectifier ?? folded ?? layer).Name, (pool ?? layer).Output.Length);
            steps.Add(new Step(layer, "Infer", lowering.Infer)
            {
                Lowering = lowering,
                Values = new Dictionary<OperandKind, MemoryValue> { [OperandKind.Input] = current, [OperandKind.Output] = output },
                Prepared = unchecked((int)prepared),
                Folded = folded,
                Rectifier = rectifier,
                Pool = pool,
            });
            prepared += MemoryPlanner.Align(lowering.Prepared);
            current = output;
        }

        MemoryStep[] moments =
        [
            new MemoryStep("input", [], [input]),
            .. steps.Select(step => step.ToMemoryStep(step.Layer.Lowering.ForwardInPlace ? OperandKind.Input : null)),
            new MemoryStep("embedding", [current], []),
        ];
        return new InferenceSchedule(steps, MemoryPlanner.Plan(moments), input, current, prepared);
    }

    private static Layer? Next(List<Layer> layers, int index) => index + 1 < layers.Count ? layers[index + 1] : null;
}
