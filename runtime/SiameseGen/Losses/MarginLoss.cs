namespace SiameseGen.Losses;

/// <summary>
/// The margin loss of a positive pair, max(0, D − β + m), and of a negative one, max(0, β − D + m): distances of positives are to be below a boundary β by a margin m, and those of
/// negatives above it (Wu et al., "Sampling Matters in Deep Embedding Learning", 2017, with a fixed β).
/// </summary>
/// <remarks>
/// Over all triplets of a batch, whose pairs they are: the mean over the pairs of triplets with a loss above 0. A positive pair therefore counts once for each negative of its anchor.
/// </remarks>
public sealed class MarginLoss : PairwiseLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="margin">The margin m, above 0.</param>
    /// <param name="beta">The boundary β between positives and negatives, above 0, in units of the distance.</param>
    /// <param name="distance">The distance D.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public MarginLoss(float margin = 0.2f, float beta = 1.2f, DistanceMetric distance = DistanceMetric.Euclidean)
    {
        if (!(margin > 0f && float.IsFinite(margin)))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin is above 0 and finite.");
        Margin = margin;
        if (!(beta > 0f && float.IsFinite(beta)))
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "A boundary is above 0 and finite.");
        Beta = beta;
        Distance = Known(distance);
    }

    /// <summary>The margin m, above 0.</summary>
    public float Margin { get; }

    /// <summary>The boundary β between positives and negatives, above 0, in units of the distance.</summary>
    public float Beta { get; }

    /// <inheritdoc/>
    public override DistanceMetric Distance { get; }

    /// <inheritdoc/>
    public override string Name => "Margin";

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        ReadOnlySpan<float> distances = rows.Distances;
        Span<float> slopes = rows.Slopes;
        int positives = 0, negatives = 0;
        for (int i = 0; i < distances.Length; i++)
        {
            positives += rows.IsPositive(i) ? 1 : 0;
            negatives += rows.IsNegative(i) ? 1 : 0;
        }

        double loss = 0, active = 0;
        for (int i = 0; i < distances.Length; i++)
        {
            bool isPositive = rows.IsPositive(i);
            if (!isPositive && !rows.IsNegative(i))
                continue;
            float missing = Margin + (isPositive ? distances[i] - Beta : Beta - distances[i]);
            int triplets = isPositive ? negatives : positives;
            if (missing <= 0f || triplets == 0)
                continue;
            loss += (double)missing * triplets;
            active += triplets;
            slopes[i] += isPositive ? triplets : -triplets;
        }

        return new AnchorLoss(loss, active, active, 2.0 * positives * negatives);
    }
}
