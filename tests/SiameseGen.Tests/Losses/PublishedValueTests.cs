using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SiameseGen.Losses;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Losses;

/// <summary>
/// Against values that PyTorch Metric Learning computed in double precision, where the folder with them is at hand: losses to 10⁻⁵ of the value and gradients to 10⁻⁴ of the largest. Where it
/// normalises embeddings and we leave that to the encoder, the test does.
/// </summary>
public partial class PublishedValueTests
{
    // Losses that we do not have, and one that is defined otherwise and has a test of its own.
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

    [Fact]
    public void The_angular_loss_differs_from_the_published_one_only_in_the_length_of_negatives()
    {
        string? file = FindFile();
        Assert.SkipWhen(file is null, "Set SIAMESEGEN_REFERENCE to a folder with metric-learning.json to run this.");
        using var document = JsonDocument.Parse(File.ReadAllText(file!));
        JsonElement published = document.RootElement.GetProperty("losses").EnumerateArray().Single(one => one.GetProperty("loss").GetString() == "Angular");
        double[][] rows = published.GetProperty("embeddings").Deserialize<double[][]>()!;
        int[] labels = published.GetProperty("labels").Deserialize<int[]>()!;
        int length = rows[0].Length;
        double[] expected = [.. published.GetProperty("grad").Deserialize<double[][]>()!.SelectMany(row => row)];
        Assert.Equal(published.GetProperty("value").GetDouble(), Angular(rows, labels, 40, ofUnitNegatives: false), 1e-9);
        Assert.Null(Difference("gradient", Differences(ofUnitNegatives: false), expected));

        // With negatives of length 1 it is ours.
        var batch = new Batch(BatchStructure.Classes, labels.Length);
        labels.CopyTo(batch.Classes);
        float[] embeddings = [.. rows.SelectMany(row => row).Select(value => (float)value)], gradients = new float[embeddings.Length];
        double value = Angular(rows, labels, 40, ofUnitNegatives: true);
        Assert.Equal(value, new AngularLoss(40f).Evaluate(batch, embeddings, gradients, new LossWorkspace(labels.Length, length)).Loss, 1e-5 * value);
        Assert.Null(Difference("gradient", [.. gradients.Select(gradient => (double)gradient)], Differences(ofUnitNegatives: true)));

        double[] Differences(bool ofUnitNegatives)
        {
            const double step = 1e-6;
            return [.. rows.SelectMany(row => Enumerable.Range(0, length).Select(k => (At(row, k, step) - At(row, k, -step)) / (2 * step)))];

            double At(double[] row, int k, double shift)
            {
                double before = row[k];
                row[k] += shift;
                double moved = Angular(rows, labels, 40, ofUnitNegatives);
                row[k] = before;
                return moved;
            }
        }
    }

    private static double Angular(double[][] rows, int[] labels, double degrees, bool ofUnitNegatives)
    {
        double tangent = Math.Pow(Math.Tan(degrees * Math.PI / 180), 2);
        double[][] unit = [.. rows.Select(row => row.Select(x => x / Math.Sqrt(row.Sum(y => y * y))).ToArray())], negatives = ofUnitNegatives ? unit : rows;
        List<double> losses = [];
        for (int a = 0; a < rows.Length; a++)
        {
            for (int p = 0; p < rows.Length; p++)
            {
                if (p == a || labels[p] != labels[a])
                    continue;
                double sum = 1;
                for (int n = 0; n < rows.Length; n++)
                {
                    if (labels[n] != labels[a])
                        sum += Math.Exp((4 * tangent * (Product(unit[a], negatives[n]) + Product(unit[p], negatives[n]))) - (2 * (1 + tangent) * Product(unit[a], unit[p])));
                }

                losses.Add(Math.Log(sum));
            }
        }

        return losses.Average();

        static double Product(double[] one, double[] other) => one.Zip(other, (x, y) => x * y).Sum();
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
        if (!(Math.Abs(result.Loss - value) <= 1e-5 * Math.Abs(value)))
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
        return worst <= 1e-4 * largest ? null : FormattableString.Invariant($"a {what} is off by {worst}, where the largest is {largest}");
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
