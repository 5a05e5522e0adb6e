namespace SiameseGen.Losses;

/// <summary>
/// FastAP, the loss of an anchor: 1 − the average precision of the ranking of all other items by their distance, with a histogram of distances in place of their order
/// (Cakir et al., "Deep Metric Learning to Rank", 2019). Distances are squared Euclidean ones of embeddings at length 1, from 0 to 4.
/// </summary>
/// <remarks>The mean over the anchors that have a positive.</remarks>
public sealed class FastAPLoss : PairwiseLoss
{
    private const int MostBins = 1000;

    /// <summary>Makes a loss.</summary>
    /// <param name="bins">Bins of the histogram, 2 to 1,000.</param>
    /// <param name="reduction">How the terms of the mean become one loss; by default as the remarks say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public FastAPLoss(int bins = 10, LossReduction reduction = LossReduction.Default)
        : base(reduction)
    {
        if (!(bins is >= 2 and <= MostBins))
            throw new ArgumentOutOfRangeException(nameof(bins), bins, "A histogram has 2 to 1,000 bins.");
        Bins = bins;
    }

    /// <summary>Bins of the histogram, 2 to 1,000.</summary>
    public int Bins { get; }

    /// <inheritdoc/>
    public override string Name => "FastAP";

    /// <inheritdoc/>
    public override DistanceMetric Distance => DistanceMetric.Cosine;

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        ReadOnlySpan<float> distances = rows.Distances;
        Span<float> slopes = rows.Slopes;
        Span<float> near = stackalloc float[Bins + 1], all = stackalloc float[Bins + 1], ofPositives = stackalloc float[Bins + 1], ofAll = stackalloc float[Bins + 1];
        near.Clear();
        all.Clear();
        int positives = 0, negatives = 0;
        for (int i = 0; i < distances.Length; i++)
        {
            if (!rows.IsPositive(i) && !rows.IsNegative(i))
                continue;
            (int bin, float share) = Place(distances[i]);
            all[bin] += 1f - share;
            all[bin + 1] += share;
            if (!rows.IsPositive(i))
            {
                negatives++;
                continue;
            }

            positives++;
            near[bin] += 1f - share;
            near[bin + 1] += share;
        }

        if (positives == 0)
            return default;

        // Every ranking is right then; the sums below would be right but for rounding.
        if (negatives == 0)
            return AnchorLoss.One(0f);

        // With p and t the counts of positives and of all in each bin and P and T their running sums: AP = Σ p·P/T / positives.
        float nearSum = 0, allSum = 0, precision = 0;
        for (int bin = 0; bin <= Bins; bin++)
        {
            nearSum += near[bin];
            allSum += all[bin];
            ofPositives[bin] = allSum > 0f ? near[bin] / allSum : 0f;
            ofAll[bin] = allSum > 0f ? ofPositives[bin] * nearSum / allSum : 0f;
            precision += ofPositives[bin] * nearSum;
            all[bin] = allSum > 0f ? nearSum / allSum : 0f;
        }

        // d AP / d p and d AP / d t of a bin: all later running sums have it in them.
        float laterPositives = 0, laterAll = 0;
        for (int bin = Bins; bin >= 0; bin--)
        {
            laterPositives += ofPositives[bin];
            laterAll += ofAll[bin];
            ofPositives[bin] = all[bin] + laterPositives - laterAll;
            ofAll[bin] = -laterAll;
        }

        for (int i = 0; i < distances.Length; i++)
        {
            if (!rows.IsPositive(i) && !rows.IsNegative(i))
                continue;
            int bin = Place(distances[i]).Bin;
            ReadOnlySpan<float> slope = rows.IsPositive(i) ? ofPositives : ofAll;
            slopes[i] -= (slope[bin + 1] - slope[bin]) * 0.5f * Bins / positives; // a bin is 2 / Bins of cosine distance wide
        }

        return AnchorLoss.One(MathF.Max(0f, 1f - (precision / positives)));
    }

    // Which two centres a distance lies between, and how far along.
    private (int Bin, float Share) Place(float cosineDistance)
    {
        float place = cosineDistance * 0.5f * Bins;
        int bin = Math.Min((int)place, Bins - 1);
        return (bin, place - bin);
    }
}
