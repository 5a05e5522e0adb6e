using System.Text.Json;
using SiameseGen.Evaluation;
using Xunit;

namespace SiameseGen.Tests.Evaluation;

public class RetrievalTests
{
    [Fact]
    public void Figures_agree_with_PyTorch_Metric_Learning()
    {
        string? folder = Environment.GetEnvironmentVariable("SIAMESEGEN_REFERENCE");
        string file = Path.Combine(folder ?? "", "metric-learning.json");
        Assert.SkipWhen(string.IsNullOrEmpty(folder) || !File.Exists(file), "Set SIAMESEGEN_REFERENCE to a folder with metric-learning.json to run this.");
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement[] all = [.. document.RootElement.GetProperty("accuracy").EnumerateArray()];
        int compared = 0;
        foreach (JsonElement published in all)
        {
            T[] Array<T>(string name) => published.GetProperty(name).Deserialize<T[]>()!;
            RetrievalResult result;
            if (published.GetProperty("setting").GetString()!.StartsWith("query = reference, self excluded", StringComparison.Ordinal))
            {
                result = Retrieval.Measure(Of(Array<double[]>("embeddings"), Array<int>("labels")));
            }
            else
            {
                double[][] queries = Array<double[]>("queries"), references = Array<double[]>("references");
                int[] numbers = [.. Enumerable.Range(0, queries.Length + references.Length)];
                result = Retrieval.Measure(Of([.. queries, .. references], [.. Array<int>("queryLabels"), .. Array<int>("referenceLabels")]), numbers[..queries.Length], numbers[queries.Length..]);
            }

            JsonElement figures = published.GetProperty("figures");
            Assert.Equal(figures.GetProperty("mean_average_precision").GetDouble(), result.MeanAveragePrecision.Value, 1e-12);
            Assert.Equal(figures.GetProperty("mean_average_precision_at_r").GetDouble(), result.MeanAveragePrecisionAtR.Value, 1e-12);
            Assert.Equal(figures.GetProperty("mean_reciprocal_rank").GetDouble(), result.MeanReciprocalRank.Value, 1e-12);
            Assert.Equal(figures.GetProperty("precision_at_1").GetDouble(), result.PrecisionAt1.Value, 1e-12);
            Assert.Equal(figures.GetProperty("r_precision").GetDouble(), result.RPrecision.Value, 1e-12);
            compared++;
        }

        Assert.Equal(2, compared);
    }

    [Fact]
    public void Ties_count_as_the_mean_over_all_orders_of_them()
    {
        // Distances 1, 2, 2, 2, 3 to a query, hits at 2 and 3; every order of the three in the middle is written out.
        int[] classes = [0, 1, 0, 1, 1, 0];
        float[] distances = [0, 1, 2, 2, 2, 3];
        RetrievalResult tied = Retrieval.Measure(EmbeddedExamples.ByDistance((a, b) => distances[Math.Max(a, b)], classes), [0], [1, 2, 3, 4, 5], 1, 2, 3);
        List<(double Ap, double ApAtR, double Rr, double RPrecision, double Recall2)> orders = [];
        foreach (int[] order in (int[][])[[2, 3, 4], [2, 4, 3], [3, 2, 4], [3, 4, 2], [4, 2, 3], [4, 3, 2]])
        {
            bool[] hits = [false, .. order.Select(item => classes[item] == 0), true];
            double ap = 0, apAtR = 0, found = 0, first = 0;
            for (int i = 0; i < hits.Length; i++)
            {
                if (!hits[i])
                    continue;
                found++;
                ap += found / (i + 1);
                apAtR += i < 2 ? found / (i + 1) : 0;
                first = first == 0 ? 1.0 / (i + 1) : first;
            }

            orders.Add((ap / 2, apAtR / 2, first, hits.Take(2).Count(hit => hit) / 2.0, hits.Take(2).Any(hit => hit) ? 1 : 0));
        }

        Assert.Equal(orders.Average(order => order.Ap), tied.MeanAveragePrecision.Value, 1e-12);
        Assert.Equal(orders.Average(order => order.ApAtR), tied.MeanAveragePrecisionAtR.Value, 1e-12);
        Assert.Equal(orders.Average(order => order.Rr), tied.MeanReciprocalRank.Value, 1e-12);
        Assert.Equal(orders.Average(order => order.RPrecision), tied.RPrecision.Value, 1e-12);
        Assert.Equal(orders.Average(order => order.Recall2), tied.RecallAt[2].Value, 1e-12);
        Assert.Equal(0, tied.PrecisionAt1.Value);
        Assert.Equal(2.0 / 3, tied.RecallAt[3].Value, 1e-12);
    }

    [Fact]
    public void An_encoder_that_sees_nothing_scores_as_chance_does()
    {
        int[] classes = [.. Enumerable.Range(0, 40).Select(i => i / 4)];
        RetrievalResult result = Retrieval.Measure(EmbeddedExamples.ByDistance((_, _) => 1f, classes), 1, 5, 39);
        Assert.Equal(3.0 / 39, result.PrecisionAt1.Value, 1e-12);
        Assert.Equal(3.0 / 39, result.RPrecision.Value, 1e-12);
        Assert.Equal(1 - (36.0 / 39 * 35 / 38 * 34 / 37 * 33 / 36 * 32 / 35), result.RecallAt[5].Value, 1e-12);
        Assert.Equal(1, result.RecallAt[39].Value, 1e-12);
        Assert.Equal(result.PrecisionAt1, result.RecallAt[1]);
    }

    [Fact]
    public void What_has_nothing_to_find_is_left_out_and_counted()
    {
        double[][] rows = [[0], [1], [5], [6], [20]];
        RetrievalResult result = Retrieval.Measure(Of(rows, [0, 0, 1, 1, 2]));
        Assert.Equal((4, 1, 4), (result.Queries, result.QueriesWithoutReference, result.References));
        Assert.Equal(1, result.MeanAveragePrecision.Value);
        Assert.Equal(new Estimate(1, 0, 1), result.PrecisionAt1); // of two classes
        Assert.Equal("retrieval, 4 queries (1 left out that have no reference of their class), each among all 4 others; ties shared; 95 % intervals by bootstrap over 2 classes, 2,000 resamples, seed 95", result.Protocol);
        Assert.StartsWith("retrieval, 2 queries among 3 references; ties shared", Retrieval.Measure(Of(rows, [0, 0, 1, 1, 2]), [0, 2], [1, 3, 4]).Protocol, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Retrieval.Measure(Of(rows, [0, 1, 2, 3, 4])));
        Assert.Throws<ArgumentException>(() => Retrieval.Measure(Of(rows, [0, 0, 1, 1, 2]), 0));
        Assert.Throws<ArgumentException>(() => Retrieval.Measure(Of(rows, [0, 0, 1, 1, 2]), [0, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => Retrieval.Measure(Of(rows, [0, 0, 1, 1, 2]), [0], [5]));
        Assert.Contains("Example 3 is there twice", Assert.Throws<ArgumentException>("references", () => Retrieval.Measure(Of(rows, [0, 0, 1, 1, 2]), [0, 2], [1, 3, 4, 3, 4])).Message, StringComparison.Ordinal);
        Assert.Contains("Example 2 is there twice", Assert.Throws<ArgumentException>("queries", () => Retrieval.Measure(Of(rows, [0, 0, 1, 1, 2]), [0, 2, 2], [1, 3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Printed_it_is_a_table()
    {
        EmbeddedExamples examples = EmbeddedExamples.ByDistance((a, b) => a % 2 == b % 2 ? 1f : 2f, [.. Enumerable.Range(0, 20).Select(i => i % 2)]);
        RetrievalResult result = Retrieval.Measure(examples, 10, 1);
        string[] lines = result.ToString().Split('\n');
        Assert.Equal(result.Protocol, lines[0]);
        Assert.Equal(["Precision@1", "R-precision", "MAP", "MAP@R", "MRR", "Recall@1", "Recall@10"], lines[1..^1].Select(line => line[..20].TrimEnd()));
        Assert.All(lines[1..^1], line => Assert.Equal($"{result.MeanAveragePrecision}", line[20..]));
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public void Intervals_take_classes_at_a_time()
    {
        // Half of the classes is always found, the other never: with 8 trials a class there are 80 trials, but 10 subjects.
        int[] classes = [.. Enumerable.Range(0, 80).Select(i => i / 8)];
        RetrievalResult result = Retrieval.Measure(
            EmbeddedExamples.ByDistance((a, b) => classes[a] == classes[b] ? (classes[a] % 2 == 0 ? 0f : 2f) : 1f, classes));
        Assert.Equal(0.5, result.PrecisionAt1.Value, 1e-12);
        double half = 1.96 * Math.Sqrt(0.25 / 10);
        Assert.Equal(0.5 - half, result.PrecisionAt1.Low, 0.06);
        Assert.Equal(0.5 + half, result.PrecisionAt1.High, 0.06);
    }

    [Fact]
    public void Embeddings_too_large_for_their_distance_are_refused_as_by_every_protocol()
    {
        EmbeddedExamples huge = Points.On([0, 1, 0, 1], [[1e30f], [-1e30f], [1e30f], [-1e30f]], metric: DistanceMetric.Cosine);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => Retrieval.Measure(huge)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Retrieval.Measure(huge, [0, 1], [2, 3]));
    }

    private static EmbeddedExamples Of(double[][] rows, int[] classes)
    {
        float[][] values = [.. rows.Select(row => row.Select(value => (float)value).ToArray())];
        return EmbeddedExamples.ByDistance((a, b) => Distances.Between(DistanceMetric.Euclidean, values[a], values[b]), classes);
    }
}
