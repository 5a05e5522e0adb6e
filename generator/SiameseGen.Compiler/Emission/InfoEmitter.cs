using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Losses;
using SiameseGen.Compiler.Planning;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission;

/// <summary>Writes what an encoder says about itself: its loss and its <c>EncoderInfo</c>.</summary>
internal static class InfoEmitter
{
    /// <summary>The field that holds the declared loss; empty when none is declared.</summary>
    /// <param name="loss">The loss.</param>
    public static string Loss(Loss? loss) => loss is null ? "" : $"internal static readonly {loss.Type} Loss = {loss.Creation};";

    /// <summary>The expression of the distance: the loss's, or the default.</summary>
    /// <param name="loss">The loss.</param>
    public static string Metric(Loss? loss) => loss?.Metric ?? Losses.Loss.DefaultMetric;

    /// <summary>The field that holds the information.</summary>
    /// <param name="plan">The plan.</param>
    public static string Info(Plan plan)
    {
        Graph graph = plan.Graph;
        Shape input = graph.Input;
        string architecture = ArchitectureText.Of(graph);
        string parts = string.Join("; \"\n+ \"", graph.Architecture);
        return Invariant($$"""
            internal static readonly global::SiameseGen.EncoderInfo Info = new()
            {
                Name = "{{graph.Model.Name}}",
                Input = new(Height: {{input.Height}}, Width: {{input.Width}}, Channels: {{input.Channels}}, IsImage: {{(input.IsImage ? "true" : "false")}}),
                EmbeddingLength = {{graph.EmbeddingLength}},
                ParameterCount = {{plan.Parameters.ParameterCount}},
                StateCount = {{plan.Parameters.StateCount}},
                Tensors =
                [
            {{Code.Indent(string.Join("\n", plan.Parameters.Tensors.Select(Tensor)), 2)}}
                ],
                Architecture =
            {{Code.Indent($"\"{parts}\"", 2)}},
                Fingerprint = "{{Fingerprint.Of(architecture)}}",
                Training = new({{Training(plan.Training)}}),
                Inference = new({{Inference(plan.Inference, plan.Inference.ScratchLength)}}),
                Distance = {{Metric(graph.Loss)}},
                Loss = {{(graph.Loss is null ? "null" : "Loss")}},
            };
            """);
    }

    /// <summary>The arguments of an <c>InferencePlan</c>.</summary>
    /// <param name="inference">The schedule.</param>
    /// <param name="scratchLength">Its scratch, for one item or for any number.</param>
    public static string Inference(InferenceSchedule inference, long scratchLength) =>
        Invariant($"ArenaLength: {inference.Memory.ArenaLength}, Input: {inference.Input.Offset}, Embedding: {inference.Embedding.Offset}, ")
        + Invariant($"PreparedLength: {inference.PreparedLength}, ScratchLength: {scratchLength}");

    private static string Tensor(PlacedTensor placed)
    {
        Tensor tensor = placed.Tensor;
        return Invariant($"new(\"{placed.Name}\", {placed.Offset}, [{string.Join(", ", tensor.Shape.Select(size => Text.Number(size)))}], ")
            + Invariant($"global::SiameseGen.ParameterRole.{tensor.Role}, global::SiameseGen.Initializer.{tensor.Initializer}, ")
            + Invariant($"FanIn: {tensor.FanIn}, FanOut: {tensor.FanOut}){Options(tensor)},");
    }

    private static string Options(Tensor tensor)
    {
        List<string> options = [];
        if (tensor.InitialValue != 0f)
            options.Add($"InitialValue = {Text.Literal(tensor.InitialValue)}");
        if (tensor.HasBatchGradient)
            options.Add("HasBatchGradient = true");
        if (tensor.IsFrozen)
            options.Add("IsFrozen = true");
        if (tensor.LearningRateFactor != 1f)
            options.Add($"LearningRateFactor = {Text.Literal(tensor.LearningRateFactor)}");
        if (tensor.WeightDecayFactor != 1f)
            options.Add($"WeightDecayFactor = {Text.Literal(tensor.WeightDecayFactor)}");
        return options.Count == 0 ? "" : $" {{ {string.Join(", ", options)} }}";
    }

    private static string Training(TrainingSchedule training) =>
        Invariant($"ArenaLength: {training.Memory.ArenaLength}, Input: {training.Input.Offset}, Embedding: {training.Embedding.Offset}, ")
        + Invariant($"EmbeddingGradient: {training.EmbeddingGradient.Offset}, StatisticsLength: {training.StatisticsLength}, ")
        + Invariant($"SavedLength: {training.SavedLength}, ScratchLength: {training.ScratchLength}, CommonLength: {training.Memory.CommonLength}");
}
