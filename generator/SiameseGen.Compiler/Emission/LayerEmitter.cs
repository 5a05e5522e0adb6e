using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission;

/// <summary>Writes the class of one layer: its constants, and a method for each pass that calls the layer's kernel.</summary>
internal static class LayerEmitter
{
    private const string Kernels = "global::SiameseGen.Kernels.";
    private const string TrainingPass = "global::SiameseGen.TrainingPass pass";
    private const string InferencePass = "global::SiameseGen.InferencePass pass";

    /// <summary>Writes the class; empty for a layer without code.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layer">The layer.</param>
    public static string Of(Plan plan, Layer layer)
    {
        if (layer.Lowering.IsAlias)
            return "";
        IEnumerable<Step> inference = plan.Inference.Steps.Where(step => ReferenceEquals(step.Layer, layer));
        string[] methods =
        [
            .. plan.Training.Forward.Where(step => ReferenceEquals(step.Layer, layer)).Select(step => Method(step, TrainingPass)),
            .. plan.Training.Backward.Where(step => ReferenceEquals(step.Layer, layer)).Select(step => Method(step, TrainingPass)),
            .. inference.Where(step => layer.Lowering.Prepare.Count > 0).Select(Prepare),
            .. inference.Select(step => Method(step, InferencePass)),
        ];
        // What only lends its constants to another layer's calls has no calls of its own; one that lends nothing needs no class.
        if (methods.Length == 0 && !layer.Constants.Any(constant => constant.IsStruct))
            return "";
        return $$"""
            // {{Text.Brief(layer.Attribute)}}: {{layer.Input}} → {{layer.Output}}
            internal static class {{layer.ClassName}}
            {
            {{Code.Indent(Code.Blocks([Tensors(plan, layer), Constants(plan, layer), .. methods]), 1)}}
            }
            """;
    }

    private static string Tensors(Plan plan, Layer layer)
    {
        List<(string, string)> lines = [];
        IEnumerable<Operand> operands = layer.Lowering.Forward.Concat(layer.Lowering.Backward).Concat(layer.Lowering.Prepare);
        foreach (string role in operands.Where(operand => operand.Kind == OperandKind.Tensor).Select(operand => operand.Name).Distinct())
        {
            PlacedTensor? placed = plan.Parameters.Find(layer, role);
            string offset = placed is null ? "-1" : Text.Number(placed.Offset);
            lines.Add(($"private const int {role} = {offset};", placed?.Tensor.ShapeText ?? "none"));
        }

        return Code.Commented(lines);
    }

    // Structs may be for other layers' calls; numbers are for the layer's own.
    private static string Constants(Plan plan, Layer layer)
    {
        HashSet<string> used = [.. plan.Training.Forward.Concat(plan.Training.Backward).Concat(plan.Inference.Steps)
            .Where(step => ReferenceEquals(step.Layer, layer)).SelectMany(step => step.Operands).Select(operand => operand.Name)];
        return string.Join("\n", layer.Constants.Where(constant => constant.IsStruct || used.Contains(constant.Name)).Select(constant => constant.IsStruct
            ? $"internal static readonly {Kernels}{constant.Type} {constant.Name} = new({constant.Value});"
            : $"private const {constant.Type} {constant.Name} = {constant.Value};"));
    }

    private static string Method(Step step, string parameter) =>
        $"internal static void {step.Method}({parameter}) =>\n"
        + $"    {Kernels}{step.Lowering.Kernel}.{step.Method}(pass, {string.Join(", ", step.Operands.Select(operand => Argument(step, operand)))});";

    private static string Prepare(Step step)
    {
        IEnumerable<string> arguments = step.Lowering.Prepare.Select(operand => operand.Kind == OperandKind.Prepared
            ? Invariant($"prepared.Slice({step.Prepared}, {step.Lowering.Prepared})")
            : Argument(step, operand));
        return "internal static void Prepare(global::SiameseGen.Parameters parameters, global::System.Span<float> prepared) =>\n"
            + $"    {Kernels}{step.Lowering.Kernel}.Prepare(parameters, {string.Join(", ", arguments)});";
    }

    private static string Argument(Step step, Operand operand) => operand.Kind switch
    {
        OperandKind.Constant or OperandKind.Tensor => operand.Name,
        OperandKind.Fold => step.Folded is null ? $"{Kernels}BatchNormFold.None" : $"{step.Folded.ClassName}.Fold",
        OperandKind.NormShape => $"{operand.Name}: {step.Folded!.ClassName}.Shape",
        OperandKind.Rectify => $"{operand.Name}: {(step.Rectifier is null ? "false" : "true")}",
        OperandKind.PoolShape => $"{operand.Name}: {step.Pool!.ClassName}.Shape",
        OperandKind.Pool => $"{operand.Name}: {(step.Pool is null ? "false" : "true")}",
        _ => $"{operand.Name}: {Text.Number(step.Offset(operand.Kind))}",
    };
}
