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
    private static readonly string[] Activations = ["ReLU", "LeakyReLU", "Sigmoid", "Tanh", "Dropout"];

    private readonly string?[] _arena = new string?[arenaLength];

    /// <summary>Plays a training step.</summary>
    /// <param name="plan">The plan.</param>
    public static void Train(Plan plan)
    {
        TrainingSchedule training = plan.Training;
        var arena = new ArenaSimulator(training.Memory.ArenaLength);
        arena.Write("activation 0", training.Input.Offset, plan.Graph.Input.Length);
        foreach (Step step in training.Forward)
        {
            (string input, string output) = Names(plan, step, "activation");
            arena.Call(step, [(input, OperandKind.Input, step.Layer.Input.Length)], (output, OperandKind.Output, step.Output.Length), Activations);
        }

        int layers = plan.Graph.Layers.Count, embedding = plan.Graph.EmbeddingLength;
        string last = Last(plan, layers);
        arena.Read(last, training.Embedding.Offset, embedding);
        arena.Write("gradient" + last["activation".Length..], training.EmbeddingGradient.Offset, embedding);
        arena.Read(last, training.Embedding.Offset, embedding);
        foreach (Step step in training.Backward)
            arena.Backward(plan, step);
        arena.Read("activation 0", training.Input.Offset, plan.Graph.Input.Length);
    }

    /// <summary>Plays inference.</summary>
    /// <param name="plan">The plan.</param>
    public static void Infer(Plan plan)
    {
        InferenceSchedule inference = plan.Inference;
        var arena = new ArenaSimulator(inference.Memory.ArenaLength);
        string current = "input";
        int length = plan.Graph.Input.Length;
        arena.Write(current, inference.Input.Offset, length);
        foreach (Step step in inference.Steps)
        {
            Assert.Equal(length, step.Layer.Input.Length);
            length = step.Output.Length;
            arena.Call(
                step, [(current, OperandKind.Input, step.Layer.Input.Length)], (step.Layer.Name, OperandKind.Output, length), [.. Activations, "BatchNorm"]);
            current = step.Layer.Name;
        }

        Assert.Equal(plan.Graph.EmbeddingLength, length);
        arena.Read(current, inference.Embedding.Offset, length);
    }

    private void Backward(Plan plan, Step step)
    {
        (string input, string output) = Names(plan, step, "activation");
        (string inputGradient, string outputGradient) = Names(plan, step, "gradient");
        int inputs = step.Layer.Input.Length, outputs = step.Output.Length;
        List<(string, OperandKind, int)> reads = [(outputGradient, OperandKind.OutputGradient, outputs)];
        string kind = step.Layer.Attribute.Kind;
        if (kind is "Conv2D" or "DepthwiseConv2D" or "Dense" or "BatchNorm" or "MaxPool2D" or "L2Normalize")
            reads.Add((input, OperandKind.Input, inputs));
        if (kind is "ReLU" or "LeakyReLU" or "Sigmoid" or "Tanh" or "L2Normalize")
            reads.Add((output, OperandKind.Output, outputs));
        (string, OperandKind, int)? write = (inputGradient, OperandKind.InputGradient, inputs);
        if (step.Offset(OperandKind.InputGradient) < 0)
        {
            Assert.Same(plan.Training.Backward[^1], step);
            write = null;
        }

        Call(step, reads, write, [.. Activations, "BatchNorm", "L2Normalize"]);
    }

    private void Call(
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
            bool counterpart = kind is OperandKind.OutputGradient || (kind is OperandKind.Input && (step.Method != "Backward" || step.Pool is not null));
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

    // What a layer reads is what the last layer before it that computes something wrote: a Flatten only renames it.
    private static (string Input, string Output) Names(Plan plan, Step step, string what)
    {
        List<Layer> layers = [.. plan.Graph.Layers];
        int first = layers.FindIndex(layer => ReferenceEquals(layer, step.Layer));
        int last = layers.FindIndex(layer => ReferenceEquals(layer, step.Fused.LastOrDefault() ?? step.Layer));
        return (Last(plan, first).Replace("activation", what, StringComparison.Ordinal), $"{what} {last + 1}");
    }

    private static string Last(Plan plan, int count)
    {
        while (count > 0 && plan.Graph.Layers[count - 1].Attribute.Kind == "Flatten")
            count--;
        return $"activation {count}";
    }
}
