using System.Text;
using SiameseGen.Compiler.Layers;
using static System.FormattableString;

namespace SiameseGen.Compiler.Planning;

/// <summary>The text form of a plan: one line for each tensor, buffer and call. All sizes are floats, those of buffers floats an item.</summary>
internal static class PlanText
{
    /// <summary>Writes a plan.</summary>
    /// <param name="plan">The plan.</param>
    public static string Of(Plan plan)
    {
        var text = new StringBuilder();
        Graph graph = plan.Graph;
        Line(text, $"encoder {graph.Model.MetadataName}: {graph.Input} -> {graph.EmbeddingLength}");
        Line(text, $"architecture {ArchitectureText.Of(graph)}");
        Line(text, $"parameters {plan.Parameters.ParameterCount} trained, {plan.Parameters.StateCount} running");
        foreach (PlacedTensor tensor in plan.Parameters.Tensors)
            Line(text, $"  {tensor.Name} @{tensor.Offset} {tensor.Tensor.ShapeText} {tensor.Tensor.Initializer}{Options(tensor.Tensor)}");

        TrainingSchedule training = plan.Training;
        Line(text, $"""
            training arena {training.Memory.ArenaLength}, common {training.Memory.CommonLength}, statistics {training.StatisticsLength} doubles, saved {training.SavedLength}, scratch {training.ScratchLength}
            """);
        Buffers(text, training.Memory);
        Line(text, $"forward");
        Steps(text, training.Forward);
        Line(text, $"backward");
        Steps(text, training.Backward);

        InferenceSchedule inference = plan.Inference;
        Line(text, $"inference arena {inference.Memory.ArenaLength}, prepared {inference.PreparedLength}, scratch {inference.ScratchLength}");
        Buffers(text, inference.Memory);
        Line(text, $"infer");
        Steps(text, inference.Steps);
        return text.ToString();
    }

    private static string Options(Tensor tensor) =>
        (tensor.InitialValue == 0f ? "" : $" {Text.Number(tensor.InitialValue)}")
        + (tensor.IsFrozen ? ", frozen" : "")
        + (tensor.LearningRateFactor == 1f ? "" : $", rate x{Text.Number(tensor.LearningRateFactor)}")
        + (tensor.WeightDecayFactor == 1f ? "" : $", decay x{Text.Number(tensor.WeightDecayFactor)}");

    private static void Buffers(StringBuilder text, MemoryPlan memory)
    {
        foreach (MemoryBuffer buffer in memory.Buffers)
        {
            string values = string.Join(" = ", buffer.Values.Select(value => value.Name));
            Line(text, $"  @{buffer.Offset} +{buffer.Length} steps {buffer.Start}..{buffer.End}: {values}");
        }
    }

    private static void Steps(StringBuilder text, IEnumerable<Step> steps)
    {
        foreach (Step step in steps)
        {
            string fused = string.Concat(step.Fused.Select(layer => " + " + layer.Name));
            string algorithm = step.Lowering.Algorithm.Length == 0 ? "" : $", {step.Lowering.Algorithm}";
            IEnumerable<string> operands = step.Operands.Where(HasOffset).Select(operand => $"{operand.Name} {Place(step, operand)}");
            Line(text, $"  {step.Layer.Name}{fused} {step.Layer.Input} -> {step.Output}: {string.Join(", ", operands)}{algorithm}");
        }
    }

    private static bool HasOffset(Operand operand) =>
        operand.Kind is not (OperandKind.Constant or OperandKind.Tensor or OperandKind.Fold or OperandKind.Rectify or OperandKind.Pool or OperandKind.PoolShape);

    private static string Place(Step step, Operand operand) => step.Offset(operand.Kind) is int offset and >= 0 ? Invariant($"@{offset}") : "none";

    private static void Line(StringBuilder text, FormattableString line) => text.Append(Invariant(line)).Append('\n');
}
