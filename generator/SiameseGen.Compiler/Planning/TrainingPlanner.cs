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
/// Schedules training. A batch normalisation takes up the ReLU right after it, and then 2×2 pooling: memory is swept once for all of them; a convolution of the
/// inputs may take up these three. Layers before the
/// first one that learns have no backward pass: nobody asks for gradients there. The inputs stay as they are, so that a batch can be run again.
/// </summary>
internal static class TrainingPlanner
{
    /// <summary>Schedules a graph.</summary>
    /// <param name="graph">The graph.</param>
    public static TrainingSchedule Plan(Graph graph)
    {
        var wiring = new Wiring(graph, layer => !layer.Lowering.IsAlias);
        var input = new MemoryValue("input", graph.Input.Length, isCommon: true);
        Dictionary<int, MemoryValue> values = new() { [Graph.InputIndex] = input };
        List<Step> forward = [];
        HashSet<int> done = [];
        long statistics = 0, saved = 0;
        foreach (int index in wiring.Calls.Where(call => !done.Contains(call)))
        {
            (Step step, int last) = Fuse(graph, wiring, index, done);
            var output = new MemoryValue(graph.Layers[last].Name, step.Output.Length, isCommon: last == wiring.End);
            Dictionary<OperandKind, MemoryValue> used = new() { [OperandKind.Input] = values[wiring.Source(index)], [OperandKind.Output] = output };
            if (wiring.Branch(index) is { } branch)
                used[OperandKind.Branch] = values[branch];
            if (step.Lowering.Marks > 0)
                used[OperandKind.Marks] = new MemoryValue("marks of " + step.Layer.Name, unchecked((int)step.Lowering.Marks));
            forward.Add(step with { Values = used, Statistics = unchecked((int)statistics), Saved = unchecked((int)saved) });
            statistics += step.Lowering.Statistics;
            saved += step.Lowering.Saved;
            values[last] = output;
        }

        MemoryValue embedding = values[wiring.End];
        var gradient = new MemoryValue("d " + embedding.Name, embedding.Length, isCommon: true);
        IReadOnlyList<Step> backward = new BackwardPlanner(forward, Forks(graph, wiring, values)).Plan(embedding, gradient);
        MemoryStep[] steps =
        [
            new MemoryStep("input", [], [input]),
            .. forward.Select(step => step.ToMemoryStep([.. step.Replaceable().Where(value => value != input)])),
            new MemoryStep("loss", [embedding], [gradient]),
            .. backward.Select(step => step.ToMemoryStep(step.Lowering.BackwardReplaces is { } kind ? [step.Values[kind]] : [])),
        ];
        return new TrainingSchedule(forward, backward, MemoryPlanner.Plan(steps), input, embedding, gradient);
    }

    private static (Step Step, int Last) Fuse(Graph graph, Wiring wiring, int index, HashSet<int> done)
    {
        Layer layer = graph.Layers[index];
        int? rectifier = Next(index, next => next.IsPlainReLU), pool = Next(rectifier, next => next.IsPlainMaxPool);
        if (pool is not null && layer.Lowering.PooledTraining is { } pooled)
            return (Make(pooled, null, rectifier, pool), pool.Value);
        if (rectifier is not null && layer.Lowering.RectifiedTraining is { } rectified)
            return (Make(rectified, null, rectifier, null), rectifier.Value);
        if (layer.Lowering.InputTraining is { } input && !graph.Layers.Take(index).Any(before => before.Learns))
        {
            int? norm = Next(index, next => next.IsFoldable);
            rectifier = Next(norm, next => next.IsPlainReLU);
            pool = Next(rectifier, next => next.IsPlainMaxPool);
            if (pool is not null)
                return (Make(input, norm, rectifier, pool), pool.Value);
        }

        return (new Step(layer, "Forward", layer.Lowering.Forward), index);

        int? Next(int? after, Func<Layer, bool> canBe) => after is { } last && wiring.Next(last) is { } next && canBe(graph.Layers[next]) ? next : null;

        Step Make(Lowering lowering, int? norm, int? rectifier, int? pool)
        {
            done.UnionWith(new[] { norm, rectifier, pool }.OfType<int>());
            return new Step(layer, "Forward", lowering.Forward) { Lowering = lowering, Folded = At(norm), Rectifier = At(rectifier), Pool = At(pool) };
        }

        Layer? At(int? taken) => taken is { } place ? graph.Layers[place] : null;
    }

    // The layers that join branches, by the value at which these part.
    private static ILookup<MemoryValue, Layer> Forks(Graph graph, Wiring wiring, Dictionary<int, MemoryValue> values) =>
        wiring.Calls.Where(call => wiring.Fork(call) is not null).ToLookup(call => values[wiring.Fork(call)!.Value], call => graph.Layers[call]);
}
