namespace SiameseGen.Evaluation;

/// <summary>Whether the classes fall out of the embeddings by themselves: k-means makes as many clusters as there are classes, without their labels, and the two are compared.</summary>
public static class Clustering
{
    /// <summary>Clusters embeddings and compares the clusters with the classes.</summary>
    /// <remarks>
    /// k-means (k-means++ seeding, Arthur and Vassilvitskii, 2007) minimises squared Euclidean distances, whatever the encoder's distance is; with a cosine distance the embeddings are scaled to length 1 first. The restart with the least sum of squares counts.
    /// Equal seeds give equal clusters, for any number of threads.
    /// There is no interval: the figures are of the partition as a whole, not means over trials, and an example that a bootstrap draws twice lies in one cluster with itself, so that resamples agree better than the data do. To see how far figures vary,
    /// measure other classes or other trainings.
    /// </remarks>
    /// <param name="examples">Embedded examples of classes that training has not seen.</param>
    /// <param name="restarts">How often k-means begins anew, 1 or more.</param>
    /// <param name="seed">Equal seeds draw equal first centres.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="ArgumentException">There are fewer than two classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="restarts"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">There are only distances, and so nothing to take means of.</exception>
    public static ClusteringResult Evaluate(EmbeddedExamples examples, int restarts = 10, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfLessThan(restarts, 1);
        int classes = examples.Classes.ToArray().Distinct().Count();
        if (classes < 2)
            throw new ArgumentException("All examples are of one class, so that there is nothing to tell apart. Add classes.", nameof(examples));
        bool isCosine = examples.Metric is DistanceMetric.Cosine;
        var means = new KMeans(isCosine ? OfLengthOne(examples.Embeddings) : examples.Embeddings, classes);
        int[] best = [];
        double least = double.PositiveInfinity;
        for (int restart = 0; restart < restarts; restart++)
        {
            var random = new CounterRandom((ulong)(uint)seed, CounterRandom.Purpose.Evaluation, (uint)restart, 2);
            means.Run(ref random);
            if (means.Inertia >= least && best.Length > 0)
                continue;
            least = means.Inertia;
            best = means.ClusterOf.ToArray();
        }

        string scaled = isCosine ? " of embeddings scaled to length 1" : "";
        return Compare(best, examples.Classes) with
        {
            SumOfSquares = least,
            ClusterOf = best,
            Protocol = $"clustering, k-means{scaled} with {classes} clusters for {classes} classes, {examples.Count} examples, the best of {restarts} restart{(restarts == 1 ? "" : "s")}, seed {seed}; NMI and AMI by the arithmetic mean",
        };
    }

    /// <summary>Compares clusters made in any way with the classes. It does not matter which clusters are called what.</summary>
    /// <param name="clusters">The cluster of each example.</param>
    /// <param name="classes">The class of each example.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="ArgumentException">There are no examples, or not as many clusters given as classes.</exception>
    public static ClusteringResult Compare(ReadOnlySpan<int> clusters, ReadOnlySpan<int> classes)
    {
        if (clusters.IsEmpty || clusters.Length != classes.Length)
            throw new ArgumentException($"There are clusters of {clusters.Length} examples and classes of {classes.Length}; it takes both of each, and one example at least.", nameof(clusters));
        var information = new MutualInformation(clusters, classes);
        return new ClusteringResult
        {
            NormalizedMutualInformation = information.Normalised,
            AdjustedMutualInformation = information.Adjusted,
            ClusterOf = clusters.ToArray(),
            SumOfSquares = double.NaN,
            Protocol = $"clustering, given clusters of {clusters.Length} examples; NMI and AMI by the arithmetic mean",
        };
    }

    private static EmbeddingMatrix OfLengthOne(EmbeddingMatrix embeddings)
    {
        var scaled = new EmbeddingMatrix(embeddings.Count, embeddings.Length);
        for (int i = 0; i < embeddings.Count; i++)
        {
            ReadOnlySpan<float> row = embeddings.Row(i);
            Span<float> target = scaled.Row(i);
            double square = 0;
            foreach (float value in row)
                square += (double)value * value;
            double factor = square > 0 ? 1 / Math.Sqrt(square) : 0;
            for (int k = 0; k < row.Length; k++)
                target[k] = (float)(row[k] * factor);
        }

        return scaled;
    }
}

/// <summary>Figures of clustering.</summary>
public sealed record ClusteringResult
{
    /// <summary>NMI, 0 to 1: the information that clusters and classes share, over the mean of their entropies. Above 0 by chance, and the more so the more clusters there are: compare it only for equal numbers.</summary>
    public required double NormalizedMutualInformation { get; init; }

    /// <summary>AMI: the same with what chance gives taken off; about 0 by chance (it may be a little below) and 1 for equal partitions (Vinh, Epps and Bailey, 2010).</summary>
    public required double AdjustedMutualInformation { get; init; }

    /// <summary>The cluster of each example.</summary>
    public required IReadOnlyList<int> ClusterOf { get; init; }

    /// <summary>The sum of squared distances to the clusters' means; not a number for clusters that were given.</summary>
    public required double SumOfSquares { get; init; }

    /// <summary>What was measured, in words.</summary>
    public required string Protocol { get; init; }
}
