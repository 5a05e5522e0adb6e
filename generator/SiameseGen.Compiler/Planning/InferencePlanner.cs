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

    /// <summary>The same for one item, as a verifier embeds them.</summary>
    public long SingleScratchLength => Steps.Select(step => step.Lowering.SingleInferenceScratch ?? step.Lowering.InferenceScratch).DefaultIfEmpty().Max();
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
        var wiring = new Wiring(graph, layer => layer.Lowering.Infers);
        var input = new MemoryValue("input", graph.Input.Length);
        Dictionary<int, MemoryValue> values = new() { [Graph.InputIndex] = input };
        HashSet<int> done = [];
        long prepared = 0;
        List<Step> steps = [];
        foreach (int index in wiring.Calls.Where(call => !done.Contains(call)))
        {
            Layer layer = graph.Layers[index];
            int last = index;
            Layer? folded = layer.Lowering.FoldsBatchNorm ? wiring.TakeUp(ref last, done, next => next.IsFoldable) : null;
            Layer? rectifier = layer.Lowering.FusesReLU ? wiring.TakeUp(ref last, done, next => next.IsPlainReLU) : null;
            Layer? pool = layer.Lowering.PooledInference is not null ? wiring.TakeUp(ref last, done, next => next.IsPlainMaxPool) : null;
            Lowering lowering = (pool is null ? layer.Lowering.Inference : layer.Lowering.PooledInference) ?? layer.Lowering;
            var output = new MemoryValue(graph.Layers[last].Name, (pool ?? layer).Output.Length);
            Dictionary<OperandKind, MemoryValue> used = new() { [OperandKind.Input] = values[wiring.Source(index)], [OperandKind.Output] = output };
            if (wiring.Branch(index) is { } branch)
                used[OperandKind.Branch] = values[branch];
            steps.Add(new Step(layer, "Infer", lowering.Infer)
            {
                Lowering = lowering,
                Values = used,
                Prepared = unchecked((int)prepared),
                Folded = folded,
                Rectifier = rectifier,
                Pool = pool,
            });
            prepared += MemoryPlanner.Align(lowering.Prepared);
            values[last] = output;
        }

        MemoryValue embedding = values[wiring.End];
        MemoryStep[] moments =
        [
            new MemoryStep("input", [], [input]),
            .. steps.Select(step => step.ToMemoryStep(step.Replaceable())),
            new MemoryStep("embedding", [embedding], []),
        ];
        return new InferenceSchedule(steps, MemoryPlanner.Plan(moments), input, embedding, prepared);
    }
}
