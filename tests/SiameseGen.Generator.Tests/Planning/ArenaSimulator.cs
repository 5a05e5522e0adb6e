using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using Xunit;

namespace SiameseGen.Generator.Tests.Planning;

/// <summary>
/// Plays a schedule in an arena in which each float carries the name of what was last written there, and checks that every call finds what it reads. It
/// goes by the offsets alone: what layers read and may overwrite is stated here anew, after the mathematics of the layers.
/// </summary>
internal sealed class ArenaSimulator(long arenaLength)
{
    private static readonly string[] Activations = ["ReLU", "LeakyReLU", "Sigmoid", "Tanh", "Dropout", "PReLU", "GELU", "Softplus", "LayerNorm", "Invert"];

    private readonly string?[] _arena = new string?[arenaLength];

    /// <summary>Plays a training step.</summary>
    /// <param name="plan">The plan.</param>
    public static void Train(Plan plan)
    {
        TrainingSchedule training = plan.Training;
        var graph = new ReadGraph(plan.Graph.Layers, layer => layer.Attribute.Kind != "Flatten");
        var arena = new ArenaSimulator(training.Memory.ArenaLength);
        arena.Write(Value(-1), training.Input.Offset, plan.Graph.Input.Length);
        foreach (Step step in training.Forward)
            arena.Call(step, Inputs(graph, step), (Value(graph.LastOf(step)), OperandKind.Output, step.Output.Length), [.. Activations, "Residual"]);

        int embedding = plan.Graph.EmbeddingLength;
        string last = Value(graph.End);
        arena.Read(last, training.Embedding.Offset, embedding);
        arena.Write("gradient of embedding", training.EmbeddingGradient.Offset, embedding);
        arena.Read(last, training.Embedding.Offset, embedding);
        new BackwardSimulator(graph, arena).Play(training.Backward, "gradient of embedding");
        arena.Read(Value(-1), training.Input.Offset, plan.Graph.Input.Length);
    }

    /// <summary>Plays inference.</summary>
    /// <param name="plan">The plan.</param>
    public static void Infer(Plan plan)
    {
        InferenceSchedule inference = plan.Inference;
        var graph = new ReadGraph(plan.Graph.Layers, layer => layer.Attribute.Kind is not ("Flatten" or "Dropout"));
        var arena = new ArenaSimulator(inference.Memory.ArenaLength);
        arena.Write(Value(-1), inference.Input.Offset, plan.Graph.Input.Length);
        foreach (Step step in inference.Steps)
            arena.Call(step, Inputs(graph, step), (Value(graph.LastOf(step)), OperandKind.Output, step.Output.Length), [.. Activations, "BatchNorm", "Residual"]);
        arena.Read(Value(graph.End), inference.Embedding.Offset, plan.Graph.EmbeddingLength);
    }

    /// <summary>What the values are called that a layer computes.</summary>
    /// <param name="layer">The layer's index; −1 for the input.</param>
    public static string Value(int layer) => $"value {layer}";

    /// <summary>What a call reads in a forward pass.</summary>
    /// <param name="graph">Who reads whom.</param>
    /// <param name="step">The call.</param>
    public static List<(string Name, OperandKind Kind, int Length)> Inputs(ReadGraph graph, Step step)
    {
        List<(string, OperandKind, int)> inputs = [(Value(graph.Source(step.Layer)), OperandKind.Input, step.Layer.Input.Length)];
        if (graph.Branch(step.Layer) is { } branch)
            inputs.Add((Value(branch), OperandKind.Branch, step.BranchLength));
        return inputs;
    }

    /// <summary>Plays a call: it must find what it reads, and may not write over what somebody still needs.</summary>
    /// <param name="step">The call.</param>
    /// <param name="reads">What it reads.</param>
    /// <param name="write">What it writes; null for nothing.</param>
    /// <param name="inPlace">The kinds of layers that may write over what they read.</param>
    public void Call(
        Step step, List<(string Name, OperandKind Kind, int Length)> reads, (string Name, OperandKind Kind, int Length)? write, string[] inPlace)
    {
        foreach ((string name, OperandKind kind, int length) in reads)
            Read(name, step.Offset(kind), length);
        if (write is not { } result)
            return;
        int offset = step.Offset(result.Kind);
        foreach ((_, OperandKind kind, int length) in reads)
        {
            int other = step.Offset(kind);
            if (offset >= other + length || other >= offset + result.Length)
                continue;

            // A batch normalisation that pools as well computes each pixel's gradient from that pixel and from what was pooled.
            bool counterpart = kind is OperandKind.OutputGradient or OperandKind.BranchGradient
                || (kind is OperandKind.Branch && step.Method != "Backward")
                || (kind is OperandKind.Input && (step.Method != "Backward" || step.Pool is not null));
            Assert.True(
                counterpart && offset == other && length == result.Length && inPlace.Contains(step.Layer.Attribute.Kind),
                $"{step.Layer.Name}.{step.Method} may not write {result.Kind} over {kind}.");
        }

        Write(result.Name, offset, result.Length);
    }

    private void Read(string name, int offset, int length)
    {
        for (int i = offset; i < offset + length; i++)
            Assert.True(_arena[i] == name, $"At {i}, {name} was overwritten by {_arena[i]}.");
    }

    private void Write(string name, int offset, int length) => _arena.AsSpan(offset, length).Fill(name);
}
