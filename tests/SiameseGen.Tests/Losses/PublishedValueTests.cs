using System.Text.Json;
using SiameseGen.Losses;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Losses;

/// <summary>Against values that PyTorch Metric Learning computed, where the folder with them is at hand.</summary>
public class PublishedValueTests
{
    [Theory]
    [InlineData(0.05f, 1)]
    [InlineData(0.2f, 1)]
    [InlineData(0.5f, 1)]
    [InlineData(0.05f, 2)]
    [InlineData(0.2f, 2)]
    [InlineData(0.5f, 2)]
    public void All_triplets_with_a_mean_over_the_active_ones_agree_with_PyTorch_Metric_Learning(float margin, int power)
    {
        string? file = FindFile();
        Assert.SkipWhen(file is null, "Set SIAMESEGEN_DATA to a folder with reference/metric-learning.json to run this.");
        using var document = JsonDocument.Parse(File.ReadAllText(file!));
        string note = FormattableString.Invariant($"all triplets, margin {margin}, mean over non-zero; distance power {power}, normalised False");
        JsonElement published = document.RootElement.GetProperty("losses").EnumerateArray().Single(
            loss => loss.GetProperty("loss").GetString() == "TripletMargin" && loss.GetProperty("note").GetString() == note);
        double[][] rows = published.GetProperty("embeddings").Deserialize<double[][]>()!;
        int[] labels = published.GetProperty("labels").Deserialize<int[]>()!;
        double[][] expected = published.GetProperty("grad").Deserialize<double[][]>()!;

        var batch = new Batch(BatchStructure.Classes, labels.Length);
        labels.CopyTo(batch.Classes);
        float[] embeddings = [.. rows.SelectMany(row => row).Select(value => (float)value)], gradients = new float[embeddings.Length];
        var loss = new TripletLoss(margin, power == 1 ? DistanceMetric.Euclidean : DistanceMetric.SquaredEuclidean);
        LossResult result = loss.Evaluate(batch, embeddings, gradients, new LossWorkspace(labels.Length, rows[0].Length));

        double value = published.GetProperty("value").GetDouble();
        Assert.Equal(value, result.Loss, value * 1e-5);
        Assert.Equal(expected.SelectMany(row => row), gradients.Select(gradient => (double)gradient), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    private static string? FindFile() =>
        Environment.GetEnvironmentVariable("SIAMESEGEN_DATA") is { Length: > 0 } folder
            && Path.Combine(folder, "reference", "metric-learning.json") is var file && File.Exists(file)
            ? file
            : null;
}
