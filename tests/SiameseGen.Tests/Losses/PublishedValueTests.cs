using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SiameseGen.Losses;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Losses;

/// <summary>
/// Against values that PyTorch Metric Learning computed in double precision, where the folder with them is at hand: losses to 10⁻⁵ and gradients to 10⁻⁴. Where it
/// normalises embeddings and we leave that to the encoder, the test does.
/// </summary>
public partial class PublishedValueTests
{
    // Losses that we do not have, and one that is defined otherwise: it normalises anchors and positives, but not the negatives that they are compared with.
    private static readonly HashSet<string> NotHere = ["TupletMargin", "IntraPairVariance", "Angular"];

    [Fact]
    public void Losses_and_gradients_agree_with_PyTorch_Metric_Learning()
    {
        string? file = FindFile();
        Assert.SkipWhen(file is null, "Set SIAMESEGEN_REFERENCE to a folder with metric-learning.json to run this.");
        using var document = JsonDocument.Parse(File.ReadAllText(file!));
        List<string> wrong = [];
        int compared = 0;
        foreach (JsonElement published in document.RootElement.GetProperty("losses").EnumerateArray())
        {
            string name = published.GetProperty("loss").GetString()!, note = published.GetProperty("note").GetString()!;
            if (NotHere.Contains(name))
                continue;
            compared++;
            if (Difference(published, Make(name, note), IsNormalized(name, note)) is { } difference)
                wrong.Add($"{name} ({note}): {difference}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.Equal(58, compared);
    }

    private static string? Difference(JsonElement published, EmbeddingLoss loss, bool isNormalized)
    {
        double[][] rows = published.GetProperty("embeddings").Deserialize<double[][]>()!;
        int[] labels = published.GetProperty("labels").Deserialize<int[]>()!;
        double[] expected = [.. published.GetProperty("grad").Deserialize<double[][]>()!.SelectMany(row => row)];
        double value = published.GetProperty("value").GetDouble();
        int length = rows[0].Length;

        var batch = new Batch(BatchStructure.Classes, labels.Length);
        labels.CopyTo(batch.Classes);
        double[] norms = [.. rows.Select(row => isNormalized ? Math.Sqrt(row.Sum(x => x * x)) : 1)];
        float[] embeddings = [.. rows.SelectMany((row, i) => row.Select(x => (float)(x / norms[i])))], gradients = new float[embeddings.Length];
        LossWeights? weights = loss.CreateWeights(labels.Max() + 1, length, seed: 1);
        (float[] values, double[] weightGradients) = Learned(published);
        values.CopyTo(weights is null ? default : weights.Values);
        LossResult result = loss.Evaluate(batch, embeddings, gradients, new LossWorkspace(labels.Length, length) { Learned = weights });
        if (!(Math.Abs(result.Loss - value) <= 1e-5 * Math.Max(1, Math.Abs(value))))
            return FormattableString.Invariant($"{result.Loss} instead of {value}");

        double[] own = [.. gradients.Select(gradient => (double)gradient)];
        for (int i = 0; i < rows.Length && isNormalized; i++)
        {
            double along = Enumerable.Range(0, length).Sum(k => own[(i * length) + k] * rows[i][k]) / norms[i];
            for (int k = 0; k < length; k++)
                own[(i * length) + k] = (own[(i * length) + k] - (along * rows[i][k] / norms[i])) / norms[i];
        }

        return Difference("gradient", own, expected) ?? Difference("learned gradient", [.. (weights is null ? [] : weights.Gradients.ToArray()).Select(gradient => (double)gradient)], weightGradients);
    }

    private static string? Difference(string what, double[] own, double[] expected)
    {
        if (own.Length != expected.Length)
            return $"a {what} of {own.Length} values instead of {expected.Length}";
        double largest = expected.Select(Math.Abs).DefaultIfEmpty().Max(), worst = own.Zip(expected, (a, b) => Math.Abs(a - b)).DefaultIfEmpty().Max();
        return worst <= 1e-4 * Math.Max(1, largest) ? null : FormattableString.Invariant($"a {what} is off by {worst}, where the largest is {largest}");
    }

    // Published weights of classifiers have a column for each vector, proxies a row.
    private static (float[] Values, double[] Gradients) Learned(JsonElement published)
    {
        if (!published.TryGetProperty("parameters", out JsonElement parameters) || parameters.ValueKind != JsonValueKind.Object)
            return ([], []);
        JsonProperty tensor = parameters.EnumerateObject().Single();
        double[][] gradients = published.GetProperty("parameterGrads").GetProperty(tensor.Name).Deserialize<double[][]>()!;
        double[][] values = tensor.Value.Deserialize<double[][]>()!;
        return tensor.Name == "proxies" ? (Flat(values), [.. gradients.SelectMany(row => row)]) : (Flat(Turned(values)), [.. Turned(gradients).SelectMany(row => row)]);

        static float[] Flat(double[][] rows) => [.. rows.SelectMany(row => row).Select(value => (float)value)];
        static double[][] Turned(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Select(row => row[column]).ToArray())];
    }

    private static bool IsNormalized(string name, string note) =>
        note.Contains("normalised True", StringComparison.Ordinal) || note.Contains("normalised embeddings True", StringComparison.Ordinal) || note.Contains("normalised L2", StringComparison.Ordinal)
        || note.Contains("L2 of normalised", StringComparison.Ordinal) || note.Contains("squared normalised", StringComparison.Ordinal)
        || name is "LiftedStructure" or "GeneralizedLiftedStructure" or "SignalToNoiseRatioContrastive";

    private static EmbeddingLoss Make(string name, string note)
    {
        float[] numbers = [.. Number().Matches(note).Select(match => float.Parse(match.Value, CultureInfo.InvariantCulture))];
        bool isSquared = note.Contains("power 2", StringComparison.Ordinal) || note.Contains("squared", StringComparison.Ordinal);
        DistanceMetric distance = note.Contains("cosine", StringComparison.Ordinal) ? DistanceMetric.Cosine : isSquared ? DistanceMetric.SquaredEuclidean : DistanceMetric.Euclidean;
        LossReduction reduction = note.Contains("plain mean", StringComparison.Ordinal) ? LossReduction.Mean : LossReduction.MeanOfActive;
        return name switch
        {
            "Contrastive" => new ContrastiveLoss(1f, distance, squared: false),
            "TripletMargin" => new TripletLoss(
                float.Parse(Margin().Match(note).Groups[1].Value, CultureInfo.InvariantCulture), distance, note.Contains("swap", StringComparison.Ordinal),
                note.Contains("soft", StringComparison.Ordinal), reduction),
            "NTXent" => new NTXentLoss(numbers[^1]),
            "SupCon" => new SupervisedContrastiveLoss(numbers[^1]),
            "MultiSimilarity" => new MultiSimilarityLoss(numbers[0], numbers[1], numbers[2]),
            "Circle" => new CircleLoss(numbers[0], numbers[1]),
            "NCA" => new NCALoss(numbers[^1]),
            "Margin" => new MarginLoss(numbers[0], numbers[1]),
            "LiftedStructure" => new LiftedStructureLoss(numbers[0]),
            "GeneralizedLiftedStructure" => new GeneralizedLiftedStructureLoss(numbers[0]),
            "FastAP" => new FastAPLoss((int)numbers[0]),
            "ArcFace" => new ArcFaceLoss(numbers[0], numbers[1]),
            "SubCenterArcFace" => new SubCenterArcFaceLoss((int)numbers[0], numbers[1], numbers[2]),
            "CosFace" => new CosFaceLoss(numbers[0], numbers[1]),
            "NormalizedSoftmax" => new NormalizedSoftmaxLoss(numbers[0]),
            "ProxyNCA" => new ProxyNCALoss(numbers[0]),
            "ProxyAnchor" => new ProxyAnchorLoss(numbers[0], numbers[1]),
            "SoftTriple" => new SoftTripleLoss((int)numbers[0]),
            "SignalToNoiseRatioContrastive" => new SignalToNoiseRatioLoss(),
            _ => throw new NotSupportedException(name),
        };
    }

    [GeneratedRegex("(?<![A-Za-z0-9.])[0-9]+(?:\\.[0-9]+)?(?![A-Za-z])")]
    private static partial Regex Number();

    [GeneratedRegex("(?:margin|d_an \\+|s_ap \\+) ([0-9.]+)")]
    private static partial Regex Margin();

    private static string? FindFile() =>
        Environment.GetEnvironmentVariable("SIAMESEGEN_REFERENCE") is { Length: > 0 } folder
            && Path.Combine(folder, "metric-learning.json") is var file && File.Exists(file)
            ? file
            : null;
}
