namespace SiameseGen.Kernels;

/// <summary>Mean and variance of one channel over the whole batch.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="SquaredDeviations">Σ(x − mean)².</param>
/// <param name="Count">Values: items × pixels.</param>
internal readonly record struct BatchMoments(double Mean, double SquaredDeviations, double Count)
{
    /// <summary>The variance, ÷ (n − 1); of a single value the biased one, which is 0.</summary>
    public double UnbiasedVariance => SquaredDeviations / Math.Max(Count - 1, 1);

    /// <summary>
    /// Adds the shards' parts in order. Deviations are from each shard's own mean, so nothing cancels when the mean is large
    /// (Chan, Golub and LeVeque, "Algorithms for computing the sample variance", 1983).
    /// </summary>
    /// <param name="parts">For each shard the channels' means, then their sums of squared deviations.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="channel">Which channel.</param>
    /// <param name="batchSize">Items in the batch.</param>
    public static BatchMoments Of(ReadOnlySpan<double> parts, in BatchNormShape shape, int channel, int batchSize)
    {
        int length = 2 * shape.Channels;
        double count = (double)batchSize * shape.Pixels, mean = 0, deviations = 0;
        for (int s = 0; s < Shard.Count; s++)
        {
            int items = Shard.Of(s, batchSize).Items;
            if (items > 0)
                mean += parts[(s * length) + channel] * ((double)items * shape.Pixels / count);
        }

        for (int s = 0; s < Shard.Count; s++)
        {
            int items = Shard.Of(s, batchSize).Items;
            if (items == 0)
                continue;
            double distance = parts[(s * length) + channel] - mean;
            deviations += parts[(s * length) + shape.Channels + channel] + (distance * distance * items * shape.Pixels);
        }

        return new BatchMoments(mean, deviations, count);
    }

    /// <summary>1 / √(variance + ε) with the biased variance.</summary>
    /// <param name="epsilon">ε.</param>
    public double InverseDeviation(float epsilon) => 1 / Math.Sqrt((SquaredDeviations / Count) + epsilon);
}
