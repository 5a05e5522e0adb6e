using System.Globalization;
using System.Text;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Emission;

/// <summary>
/// The table that tells a reader what an encoder consists of, and what the planner chose: the algorithms in training and at inference, and what an
/// item takes at inference: multiply-adds, fewer than the layer's plain count where the algorithm is shorter or nobody reads an output, and bytes of
/// activations and prepared weights that are read and written.
/// </summary>
internal static class SummaryTable
{
    private static readonly string[] Head = ["layer", "output", "training", "inference", "parameters", "multiply-adds", "performed", "bytes moved"];
    private const int TextColumns = 4;

    /// <summary>Writes the table.</summary>
    /// <param name="plan">The plan.</param>
    public static string Of(Plan plan)
    {
        Graph graph = plan.Graph;
        IReadOnlyList<Step> steps = plan.Inference.Steps;
        List<string[]> rows = [Head, ["input", graph.Input.ToString(), "", "", "", "", "", ""]];
        rows.AddRange(graph.Layers.Select(layer => Row(plan, layer)));
        rows.Add(
        [
            "total", "", "", "", Count(plan.Parameters.ParameterCount), Count(graph.MultiplyAdds), Count(steps.Sum(step => step.Lowering.MultiplyAdds)),
            Count(steps.Sum(BytesMoved)),
        ]);

        int[] widths = [.. Head.Select((_, column) => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            // Names to the left, numbers to the right.
            IEnumerable<string> cells = row.Select((cell, column) => column < TextColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        text.Append($"training: {Count(4 * plan.Training.Memory.ArenaLength)} bytes an item of a batch\n");
        text.Append($"inference: {Count(4 * plan.Inference.Memory.ArenaLength)} bytes, and {Count(4 * plan.Inference.PreparedLength)} for prepared weights");
        return text.ToString();
    }

    private static string[] Row(Plan plan, Layer layer)
    {
        Step? own = plan.Inference.Steps.FirstOrDefault(step => ReferenceEquals(step.Layer, layer));
        return
        [
            layer.Name,
            layer.Output.ToString(),
            Algorithm(plan.Training.Forward, layer),
            Algorithm(plan.Inference.Steps, layer),
            Count(layer.Tensors.Where(tensor => tensor.IsTrainable).Sum(tensor => tensor.Count)),
            Count(layer.MultiplyAdds),
            Count(own?.Lowering.MultiplyAdds ?? 0),
            Count(own is null ? 0 : BytesMoved(own)),
        ];
    }

    // Of a layer whose work another one's call does as well, that layer.
    private static string Algorithm(IReadOnlyList<Step> steps, Layer layer) =>
        steps.FirstOrDefault(step => step.Fused.Contains(layer)) is { } host ? $"in {host.Layer.Name}"
        : steps.FirstOrDefault(step => ReferenceEquals(step.Layer, layer))?.Lowering.Algorithm ?? "";

    private static long BytesMoved(Step step) =>
        4 * (step.Layer.Input.Length + step.BranchLength + step.Output.Length + step.Lowering.Prepared);

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
