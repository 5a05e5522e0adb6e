using System.Globalization;
using System.Text;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Emission;

/// <summary>The table that tells a reader what an encoder consists of.</summary>
internal static class SummaryTable
{
    private static readonly string[] Head = ["layer", "output", "parameters", "multiply-adds", "output bytes"];

    /// <summary>Writes the table.</summary>
    /// <param name="plan">The plan.</param>
    public static string Of(Plan plan)
    {
        Graph graph = plan.Graph;
        List<string[]> rows = [Head, ["input", graph.Input.ToString(), "", "", Count(4L * graph.Input.Length)]];
        rows.AddRange(graph.Layers.Select(layer => Row(layer)));
        rows.Add(["total", "", Count(plan.Parameters.ParameterCount), Count(graph.MultiplyAdds), ""]);

        int[] widths = [.. Head.Select((_, column) => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            // Names to the left, numbers to the right.
            IEnumerable<string> cells = row.Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        text.Append($"training: {Count(4 * plan.Training.Memory.ArenaLength)} bytes an item of a batch\n");
        text.Append($"inference: {Count(4 * plan.Inference.Memory.ArenaLength)} bytes, and {Count(4 * plan.Inference.PreparedLength)} for prepared weights");
        return text.ToString();
    }

    private static string[] Row(Layer layer) =>
    [
        layer.Name,
        layer.Output.ToString(),
        Count(layer.Tensors.Where(tensor => tensor.IsTrainable).Sum(tensor => tensor.Count)),
        Count(layer.MultiplyAdds),
        layer.Lowering.IsAlias ? Count(0) : Count(4L * layer.Output.Length),
    ];

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
