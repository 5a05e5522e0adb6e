using System.Globalization;
using SiameseGen.Compiler.Shipping;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>Writes what a reader wants to know first: layers and sizes, the threshold with its errors, and where everything comes from.</summary>
internal static class CSummary
{
    private static readonly string[] Head = ["layers", "output", "bytes of weights", "multiply-adds"];
    private const int TextColumns = 2;

    /// <summary>Writes the lines.</summary>
    /// <param name="program">The program.</param>
    public static string Of(CProgram program)
    {
        Artifact artifact = program.Artifact;
        ArtifactCalibration calibration = artifact.Calibration;
        string[] lines =
        [
            $"{CText.InComment(artifact.Encoder)} in 8-bit integers, written by SiameseGen. Do not change it: export the encoder again.",
            "",
            .. Table(program),
            "",
            Line("template", Invariant($"{program.Integers.Embedding.Length} bytes")),
            Line("scratch", Invariant($"{program.ScratchLength} bytes")),
            Line("threshold", Invariant($"score {calibration.ThresholdScore}, unsure until {calibration.UnsureUntilScore}, for {calibration.Target}")),
            Line("FMR", $"{Rate(calibration.FalseMatchRate)} in {Count(calibration.ImpostorTrials)} trials"),
            Line("FNMR", $"{Rate(calibration.FalseNonMatchRate)} in {Count(calibration.GenuineTrials)} trials"),
            Line("protocol", calibration.Protocol),
            .. artifact.Provenance.Select(origin => Line(origin.Key, origin.Value)),
        ];
        return string.Join("\n", lines);
    }

    private static IEnumerable<string> Table(CProgram program)
    {
        List<string[]> rows = [Head, ["input", CText.Size(program.Integers.Graph.Input), "", ""]];
        rows.AddRange(program.Steps.Select(step => new[]
        {
            step.Layers, CText.Size((step.Pool ?? step.Step).Output), Count(step.Step.Weights + (4 * (step.Step.Multipliers + step.Step.Biases))), Count(step.MultiplyAdds),
        }));
        rows.Add(["total", "", Count(program.Steps.Sum(step => step.Step.Weights + (4 * (step.Step.Multipliers + step.Step.Biases)))), Count(program.Steps.Sum(step => step.MultiplyAdds))]);
        int[] widths = [.. Head.Select((_, column) => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => column < TextColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
    }

    private static string Line(string key, string value) => $"{CText.InComment(key),-12} {CText.InComment(value)}";

    private static string Rate(ArtifactRate rate) =>
        string.Format(CultureInfo.InvariantCulture, "{0:0.####} % ({1:0.####} to {2:0.####} %)", 100 * rate.Value, 100 * rate.Low, 100 * rate.High);

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
