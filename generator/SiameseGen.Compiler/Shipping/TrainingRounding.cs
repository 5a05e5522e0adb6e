using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Shipping;

/// <summary>Where training rounds an activation as integers would, when it is asked to.</summary>
/// <param name="Value">Which of the activations that ship as codes it is, counted from 1; 0 is the input.</param>
/// <param name="After">The call of the forward pass that leaves it.</param>
/// <param name="Before">The call of the backward pass that reads its gradient; null where the gradient is not the activation's alone, or nobody asks for it.</param>
internal sealed record TrainingRounding(int Value, Step After, Step? Before)
{
    /// <summary>The activation; after pooling, where the same call pools it: rounding and choosing the largest can change places.</summary>
    public MemoryValue Output => After.Values[OperandKind.Output];

    /// <summary>Finds the places.</summary>
    /// <param name="graph">The encoder.</param>
    /// <param name="training">What training does.</param>
    public static IReadOnlyList<TrainingRounding> Of(Graph graph, TrainingSchedule training) =>
        [.. IntegerPlanner.Rounded(graph).Select((step, i) => Of(i + 1, step.Layers.Last(), training))];

    private static TrainingRounding Of(int value, Layer layer, TrainingSchedule training)
    {
        Step after = training.Forward.First(step => ReferenceEquals(step.Layer, layer) || step.Fused.Contains(layer));
        Step? before = training.Backward.FirstOrDefault(step => ReferenceEquals(step.Layer, after.Layer) && step.Method != Step.Accumulate);
        return new TrainingRounding(value, after, before is not null && Readers(before.Values[OperandKind.OutputGradient], training) == 1 ? before : null);
    }

    // Where branches join, they share one gradient.
    private static int Readers(MemoryValue gradient, TrainingSchedule training) => training.Backward.Count(step =>
        Reads(step, OperandKind.OutputGradient, gradient) || (step.Method == Step.Accumulate && Reads(step, OperandKind.BranchGradient, gradient)));

    private static bool Reads(Step step, OperandKind kind, MemoryValue gradient) => step.Values.TryGetValue(kind, out MemoryValue value) && ReferenceEquals(value, gradient);
}
