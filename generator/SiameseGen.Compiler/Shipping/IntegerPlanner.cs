using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using static System.FormattableString;

namespace SiameseGen.Compiler.Shipping;

/// <summary>
/// Plans an encoder in integers. Batch normalisation goes into the weights before it, a ReLU into the bounds of the result before it; making an embedding's length 1 is
/// left to the comparison, which does not need it.
/// </summary>
internal static class IntegerPlanner
{
    /// <summary>Longest embedding whose comparison fits into 64 bits.</summary>
    public const int LongestEmbedding = 2048;

    /// <summary>Plans a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="metric">The member of <c>DistanceMetric</c> that embeddings are compared with.</param>
    /// <param name="problem">What cannot be done in integers, in words; null when everything can.</param>
    /// <returns>The program; null when there is a problem.</returns>
    public static IntegerProgram? Plan(Graph graph, string metric, out string? problem)
    {
        problem = ProblemOf(graph, metric);
        return problem is null ? Program(graph, metric) : null;
    }

    /// <summary>The steps whose results have codes of their own, in order, whatever embeddings are compared with; none when a layer has no form in integers. Maxima keep the codes of what they are chosen from.</summary>
    /// <param name="graph">The graph.</param>
    public static IReadOnlyList<IntegerStep> Rounded(Graph graph) =>
        ProblemOfLayers(graph) is null ? [.. Steps(graph).Steps.Where(IsRounded)] : [];

    /// <summary>Whether a step's result has codes of its own.</summary>
    /// <param name="step">The step.</param>
    public static bool IsRounded(IntegerStep step) => step.Kind != IntegerKind.MaximumPool;

    private static string? ProblemOf(Graph graph, string metric)
    {
        if (ProblemOfLayers(graph) is { } problem)
            return problem;
        if (graph.EmbeddingLength > LongestEmbedding)
            return Invariant($"embeddings of {graph.EmbeddingLength} values are longer than {LongestEmbedding}, the most that can be compared in integers");
        return ComparisonOf(graph, metric) is null
            ? Invariant($"the distance {metric} of {(EndsInUnitLength(graph) ? "" : "not ")}normalised embeddings has no form in integers")
            : null;
    }

    private static string? ProblemOfLayers(Graph graph)
    {
        for (int i = 0; i < graph.Layers.Count; i++)
        {
            Layer layer = graph.Layers[i];
            bool isLast = graph.Layers.Skip(i + 1).All(after => after.Operation is null);
            if (layer.Operation is Operation.GroupNormalization or Operation.PowerMean || (layer.Operation is Operation.UnitLength && !isLast))
                return Invariant($"{layer.Name} ({Text.Brief(layer.Attribute)}) has no form in 8-bit integers");
        }

        return null;
    }

    private static bool EndsInUnitLength(Graph graph) => graph.Layers.Last(layer => layer.Operation is not null).Operation is Operation.UnitLength;

    /// <summary>The member of <c>DistanceMetric</c> that the encoder's embeddings are compared with; null when a loss of the user's own knows it.</summary>
    /// <param name="graph">The encoder.</param>
    public static string? MetricOf(Graph graph)
    {
        string metric = graph.Loss?.Metric ?? Losses.Loss.DefaultMetric, name = metric.Substring(metric.LastIndexOf('.') + 1);
        return Losses.MarginLoss.Metrics.Contains(name) ? name : null;
    }

    private static IntegerComparison? ComparisonOf(Graph graph, string metric) => (metric, EndsInUnitLength(graph)) switch
    {
        ("Cosine", _) or ("Euclidean" or "SquaredEuclidean", true) => IntegerComparison.Cosine,
        ("Euclidean" or "SquaredEuclidean", false) => IntegerComparison.SquaredEuclidean,
        ("Manhattan", false) => IntegerComparison.Manhattan,
        _ => null,
    };

    private static IntegerProgram Program(Graph graph, string metric)
    {
        (List<IntegerStep> steps, MemoryValue input, MemoryValue embedding) = Steps(graph);
        MemoryStep[] moments =
        [
            new MemoryStep("input", [], [input]),
            .. steps.Select(step => new MemoryStep(
                step.Layer.Name, step.Branch is null ? [step.Source] : [step.Source, step.Branch], [step.Result], step.Kind == IntegerKind.Table ? [step.Source] : [])),
            new MemoryStep("embedding", [embedding], []),
        ];
        return new IntegerProgram(graph, steps, MemoryPlanner.Plan(moments), input, embedding, ComparisonOf(graph, metric)!.Value, metric);
    }

    private static (List<IntegerStep> Steps, MemoryValue Input, MemoryValue Embedding) Steps(Graph graph)
    {
        var wiring = new Wiring(graph, layer => layer.Operation is not (null or Operation.Reshape or Operation.UnitLength));
        var input = new MemoryValue("input", graph.Input.Length);
        Dictionary<int, MemoryValue> values = new() { [Graph.InputIndex] = input };
        HashSet<int> done = [];
        List<IntegerStep> steps = [];
        foreach (int index in wiring.Calls.Where(call => !done.Contains(call)))
        {
            Layer layer = graph.Layers[index];
            int last = index;
            var result = new MemoryValue(layer.Name, layer.Output.Length);
            IntegerStep step = Step(layer, values[wiring.Source(index)], result);
            if (wiring.Branch(index) is { } branch)
                step = step with { Branch = values[branch] };
            if (layer.Operation is Operation.Convolution or Operation.Product)
                step = step with { Normalization = wiring.TakeUp(ref last, done, next => next.Operation is Operation.Normalization) };
            if (step.Kind is IntegerKind.Convolution or IntegerKind.Sum or IntegerKind.ChannelProduct)
                step = step with { Rectifier = wiring.TakeUp(ref last, done, next => next.Operation is Operation.Function { Kind: FunctionKind.ReLU }) };
            steps.Add(step);
            values[last] = result;
        }

        return (steps, input, values[wiring.End]);
    }

    private static IntegerStep Step(Layer layer, MemoryValue source, MemoryValue result)
    {
        var step = new IntegerStep(layer, IntegerKind.Convolution, source, result) { Channels = layer.Input.Channels, Filters = layer.Output.Channels };
        KernelSide rows = KernelSide.Whole(1) with { Size = layer.Input.Height }, columns = KernelSide.Whole(1) with { Size = layer.Input.Width };
        return layer.Operation switch
        {
            Operation.Convolution convolution => step with { Down = convolution.Places.Down, Across = convolution.Places.Across, Groups = convolution.Groups },
            Operation.Product => step with { Channels = layer.Input.Length },
            Operation.Affine or Operation.Normalization => step with { Groups = layer.Input.Channels, Down = rows, Across = columns },
            Operation.Window window => step with { Kind = window.IsMean ? IntegerKind.MeanPool : IntegerKind.MaximumPool, Down = window.Down, Across = window.Across },
            Operation.Sum => step with { Kind = IntegerKind.Sum, Down = rows, Across = columns },
            Operation.ChannelProduct => step with { Kind = IntegerKind.ChannelProduct, Down = rows, Across = columns },
            Operation.ChannelSlope => step with { Kind = IntegerKind.Table, Down = rows, Across = columns },
            Operation.Function => step with { Kind = IntegerKind.Table, Filters = 1, Down = rows, Across = columns },
            _ => throw new InvalidOperationException($"{layer.Name} has no form in integers."),
        };
    }
}
