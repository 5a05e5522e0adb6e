using SiameseGen.Evaluation;
using Xunit;

namespace SiameseGen.Tests.Evaluation;

public class ClusteringTests
{
    private static readonly int[] SeventeenLeft = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3], SeventeenRight = [1, 1, 1, 1, 2, 1, 2, 2, 2, 2, 3, 1, 3, 3, 3, 2, 2];

    [Theory]
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 5, 5, 2, 2 }, 1, 1)]
    [InlineData(new[] { 0, 0, 1, 1 }, new[] { 0, 1, 0, 1 }, 0, -0.5)]
    [InlineData(new[] { 0, 0, 0, 0 }, new[] { 0, 1, 2, 3 }, 0, 0)]
    [InlineData(new[] { 0, 0, 0 }, new[] { 7, 7, 7 }, 1, 1)]
    [InlineData(new[] { 0, 1, 2 }, new[] { 2, 0, 1 }, 1, 1)]
    public void Small_tables_are_as_worked_out_by_hand(int[] clusters, int[] classes, double normalised, double adjusted)
    {
        // Of the second: every pairing of two halves of four shares nothing (four of six) or all (two of six): ln 2 / 3 expected of ln 2.
        ClusteringResult result = Clustering.Compare(clusters, classes);
        Assert.Equal(normalised, result.NormalizedMutualInformation, 1e-12);
        Assert.Equal(adjusted, result.AdjustedMutualInformation, 1e-12);
    }

    // scikit-learn's tests print 0.27821 for this table, after the MATLAB code of Vinh and others; more digits by exact fractions.
    [Fact]
    public void A_published_table_has_its_published_value()
    {
        ClusteringResult result = Clustering.Compare(SeventeenLeft, SeventeenRight);
        Assert.Equal(0.27821, result.AdjustedMutualInformation, 5e-6);
        Assert.Equal(0.3783499278720409, result.NormalizedMutualInformation, 1e-12);
        ClusteringResult many = Clustering.Compare([.. Enumerable.Repeat(SeventeenLeft, 110).SelectMany(x => x)], [.. Enumerable.Repeat(SeventeenRight, 110).SelectMany(x => x)]);
        Assert.Equal(0.37773516443674954, many.AdjustedMutualInformation, 1e-11);
    }

    [Theory]
    [InlineData(new[] { 0, 0, 0, 1, 1, 2, 2 }, new[] { 0, 0, 1, 1, 1, 2, 0 })]
    [InlineData(new[] { 0, 1, 2, 3, 3, 3, 3 }, new[] { 0, 0, 0, 0, 1, 1, 2 })]
    [InlineData(new[] { 0, 0, 0, 0, 0, 0, 1 }, new[] { 0, 0, 0, 1, 1, 1, 1 })]
    public void Chance_is_the_mean_over_all_orders_of_one_side(int[] clusters, int[] classes)
    {
        double mean = 0;
        int orders = 0;
        foreach (int[] order in Orders(clusters))
        {
            mean += Mutual(order, classes);
            orders++;
        }

        mean /= orders;
        double entropy = (Mutual(clusters, clusters) + Mutual(classes, classes)) / 2;
        Assert.Equal(5040, orders);
        Assert.Equal((Mutual(clusters, classes) - mean) / (entropy - mean), Clustering.Compare(clusters, classes).AdjustedMutualInformation, 1e-12);
        Assert.Equal(Mutual(clusters, classes) / entropy, Clustering.Compare(clusters, classes).NormalizedMutualInformation, 1e-12);
    }

    [Fact]
    public void Chance_scores_nothing_even_with_large_clusters_and_with_many()
    {
        var random = new CounterRandom(4, CounterRandom.Purpose.Data, 0);
        int[] two = new int[20_000], other = new int[20_000], many = new int[20_000];
        for (int i = 0; i < two.Length; i++)
            (two[i], other[i], many[i]) = (random.NextInt32(2), random.NextInt32(2), random.NextInt32(5000));
        Assert.Equal(0, Clustering.Compare(two, other).AdjustedMutualInformation, 1e-3);
        ClusteringResult crowded = Clustering.Compare(many, two);
        Assert.Equal(0, crowded.AdjustedMutualInformation, 2e-3);
        Assert.InRange(crowded.NormalizedMutualInformation, 0.02, 1);
        Assert.Equal(crowded.AdjustedMutualInformation, Clustering.Compare(two, many).AdjustedMutualInformation, 1e-12);
    }

    [Fact]
    public void Classes_that_lie_apart_are_found()
    {
        EmbeddedExamples examples = Blobs(classes: 12, perClass: 15, noise: 0.05f);
        ClusteringResult result = Clustering.Evaluate(examples);
        Assert.Equal(1, result.NormalizedMutualInformation, 1e-12);
        Assert.Equal(1, result.AdjustedMutualInformation, 1e-12);
        double squares = 0;
        foreach (IGrouping<int, int> members in Enumerable.Range(0, examples.Count).GroupBy(i => result.ClusterOf[i]))
        {
            foreach (int k in new[] { 0, 1, 2 })
            {
                double mean = members.Average(i => (double)examples.Embeddings.Row(i)[k]);
                squares += members.Sum(i => Math.Pow(examples.Embeddings.Row(i)[k] - mean, 2));
            }
        }

        Assert.Equal(squares, result.SumOfSquares, 1e-5 * squares);
        Assert.Equal("clustering, k-means with 12 clusters for 12 classes, 180 examples, the best of 10 restarts, seed 0; NMI and AMI by the arithmetic mean", result.Protocol);
    }

    [Fact]
    public void More_restarts_are_never_worse_and_a_seed_gives_the_same_clusters()
    {
        EmbeddedExamples examples = Blobs(classes: 15, perClass: 10, noise: 0.5f);
        double one = Clustering.Evaluate(examples, restarts: 1, seed: 3).SumOfSquares, ten = Clustering.Evaluate(examples, restarts: 10, seed: 3).SumOfSquares;
        Assert.True(ten < one, $"{ten} of ten restarts, {one} of the first");
        Assert.Equal(Clustering.Evaluate(examples, seed: 3).ClusterOf, Clustering.Evaluate(examples, seed: 3).ClusterOf);
    }

    [Fact]
    public void No_point_is_nearer_to_another_clusters_mean()
    {
        EmbeddedExamples examples = Blobs(classes: 6, perClass: 20, noise: 0.6f);
        ClusteringResult result = Clustering.Evaluate(examples, restarts: 2);
        double[][] means = [.. Enumerable.Range(0, 6).Select(cluster => Enumerable.Range(0, 3).Select(k => Enumerable.Range(0, 120).Where(i => result.ClusterOf[i] == cluster).Average(i => (double)examples.Embeddings.Row(i)[k])).ToArray())];
        for (int i = 0; i < examples.Count; i++)
        {
            double[] squares = [.. means.Select(mean => Enumerable.Range(0, 3).Sum(k => Math.Pow(mean[k] - examples.Embeddings.Row(i)[k], 2)))];
            Assert.True(squares[result.ClusterOf[i]] <= squares.Min() + 1e-5);
        }
    }

    [Fact]
    public void With_a_cosine_distance_only_directions_count()
    {
        var random = new CounterRandom(6, CounterRandom.Purpose.Data, 0);
        float[][] points = new float[60][];
        for (int i = 0; i < points.Length; i++)
        {
            float length = random.NextSingle(0.1f, 100);
            points[i] = [length * (i % 3 == 0 ? 1 : 0), length * (i % 3 == 1 ? 1 : 0), length * (i % 3 == 2 ? 1 : 0)];
        }

        int[] classes = [.. Enumerable.Range(0, 60).Select(i => i % 3)];
        Assert.Equal(1, Clustering.Evaluate(Points.On(classes, points, metric: DistanceMetric.Cosine)).AdjustedMutualInformation, 1e-12);
        Assert.True(Clustering.Evaluate(Points.On(classes, points)).AdjustedMutualInformation < 0.9);
    }

    [Fact]
    public void An_encoder_that_sees_nothing_scores_nothing()
    {
        int[] classes = [.. Enumerable.Range(0, 40).Select(i => i / 4)];
        ClusteringResult result = Clustering.Evaluate(Points.On(classes, [.. classes.Select(_ => new float[] { 1, 2 })]), restarts: 2);
        Assert.Equal(0, result.NormalizedMutualInformation, 1e-12);
        Assert.Equal(0, result.AdjustedMutualInformation, 1e-12);
        Assert.Equal(0, result.SumOfSquares);
    }

    [Fact]
    public void What_cannot_be_clustered_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Clustering.Evaluate(Points.OnALine([0, 0], 1f, 2f)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clustering.Evaluate(Points.OnALine([0, 1], 1f, 2f), restarts: 0));
        Assert.Throws<InvalidOperationException>(() => Clustering.Evaluate(EmbeddedExamples.ByDistance((_, _) => 1f, [0, 1])));
        Assert.Throws<ArgumentException>(() => Clustering.Compare([0], [0, 1]));
        Assert.Throws<ArgumentException>(() => Clustering.Compare([], []));
    }

    private static EmbeddedExamples Blobs(int classes, int perClass, float noise)
    {
        float[][] points = new float[classes * perClass][];
        for (int i = 0; i < points.Length; i++)
        {
            var centre = new CounterRandom(7, CounterRandom.Purpose.Data, (uint)(i / perClass));
            var own = new CounterRandom(7, CounterRandom.Purpose.Data, (uint)i, 1);
            points[i] = [.. Enumerable.Range(0, 3).Select(_ => centre.NextSingle(-3, 3) + (noise * own.NextGaussian()))];
        }

        return Points.On([.. Enumerable.Range(0, points.Length).Select(i => i / perClass)], points);
    }

    private static double Mutual(int[] left, int[] right)
    {
        double sum = 0;
        foreach (IGrouping<(int, int), int> cell in Enumerable.Range(0, left.Length).GroupBy(i => (left[i], right[i])))
        {
            double both = cell.Count() / (double)left.Length;
            sum += both * Math.Log(both / (left.Count(x => x == cell.Key.Item1) / (double)left.Length) / (right.Count(x => x == cell.Key.Item2) / (double)left.Length));
        }

        return sum;
    }

    private static IEnumerable<int[]> Orders(int[] values)
    {
        if (values.Length <= 1)
        {
            yield return values;
            yield break;
        }

        for (int first = 0; first < values.Length; first++)
        {
            foreach (int[] rest in Orders([.. values[..first], .. values[(first + 1)..]]))
                yield return [values[first], .. rest];
        }
    }
}
