using SiameseGen.Evaluation;
using SiameseGen.Tests.Training;
using Xunit;

namespace SiameseGen.Tests.Evaluation;

public class EmbeddedExamplesTests
{
    [Fact]
    public void An_encoder_embeds_each_example_and_measures_with_its_own_distance()
    {
        var encoder = new DenseEncoder<DeclaredTriplet>(seed: 4);
        var examples = new Clusters(classes: 3, perClass: 7);
        EmbeddedExamples embedded = EmbeddedExamples.By(encoder, examples, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(DistanceMetric.Euclidean, embedded.Metric);
        Assert.Equal(examples.Classes.ToArray(), embedded.Classes.ToArray());

        float[] input = new float[examples.InputLength], left = new float[5], right = new float[5];
        var unused = default(CounterRandom);
        examples.Read(2, input, ref unused);
        encoder.Embed(input, left);
        examples.Read(20, input, ref unused);
        encoder.Embed(input, right);
        Assert.Equal(left, embedded.Embeddings.Row(2).ToArray());
        Assert.Equal(Distances.Between(DistanceMetric.Euclidean, left, right), embedded.Distance(2, 20));
    }

    [Fact]
    public void Raw_inputs_are_points_themselves()
    {
        var examples = new Clusters(classes: 2, perClass: 2, inputLength: 3);
        EmbeddedExamples embedded = EmbeddedExamples.RawInputs(examples, DistanceMetric.Manhattan);
        float[] input = new float[3];
        var unused = default(CounterRandom);
        examples.Read(1, input, ref unused);
        Assert.Equal(input, embedded.Embeddings.Row(1).ToArray());
        Assert.Equal(DistanceMetric.Manhattan, embedded.Metric);
    }

    [Fact]
    public void Distances_alone_do_for_every_protocol_but_class_means()
    {
        int[] classes = [0, 0, 0, 1, 1, 1];
        float[] places = [0f, 1f, 5f, 4f, 7f, 9f];
        EmbeddedExamples points = Points.OnALine(classes, places);
        var matrix = new float[6, 6];
        for (int i = 0; i < 36; i++)
            matrix[i / 6, i % 6] = MathF.Abs(places[i / 6] - places[i % 6]);
        EmbeddedExamples distances = EmbeddedExamples.ByDistance((i, j) => matrix[i, j], classes);

        Assert.Equal(PairVerification.AllPairs(points, cancellationToken: TestContext.Current.CancellationToken).Auc, PairVerification.AllPairs(distances, cancellationToken: TestContext.Current.CancellationToken).Auc);
        var episodes = new FewShotEpisodes { Ways = 2, Shots = 2, Episodes = 300, Rule = FewShotRule.MeanDistance };
        Assert.Equal(episodes.Run(points), episodes.Run(distances));
        var runs = new[] { points, distances }.Select(examples => new OneShotRun(examples, [0, 3], [1, 2, 4])).ToArray();
        Assert.Equal(OneShotRuns.Measure([runs[0]]).Accuracy, OneShotRuns.Measure([runs[1]]).Accuracy);

        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => (episodes with { Rule = FewShotRule.ClassMean }).Run(distances));
        Assert.Contains("MeanDistance", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_distance_that_is_no_finite_number_is_named()
    {
        EmbeddedExamples examples = EmbeddedExamples.ByDistance((i, j) => i + j == 3 ? float.NaN : 1f, [0, 0, 1]);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => examples.Distance(1, 2));
        Assert.Contains("examples 1 and 2 is NaN", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("classes", () => EmbeddedExamples.ByDistance((_, _) => 0f, []));
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        Assert.Throws<ArgumentException>("embeddings", () => new EmbeddedExamples(new EmbeddingMatrix(0, 2), DistanceMetric.Cosine, []));
        Assert.Throws<ArgumentException>("classes", () => new EmbeddedExamples(new EmbeddingMatrix(2, 2), DistanceMetric.Cosine, [0]));
        Assert.Throws<ArgumentException>("groups", () => new EmbeddedExamples(new EmbeddingMatrix(2, 2), DistanceMetric.Cosine, [0, 1], [0]));
        ArgumentException notFinite = Assert.Throws<ArgumentException>("embeddings", () => Points.OnALine([0, 1], 0f, float.NaN));
        Assert.Contains("example 1", notFinite.Message, StringComparison.Ordinal);
    }
}
