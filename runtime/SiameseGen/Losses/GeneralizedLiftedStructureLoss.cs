namespace SiameseGen.Losses;

/// <summary>
/// The lifted structured loss with all positives of an anchor at once: max(0, ln Σ_p exp(D_ap) + ln Σ_n exp(m − D_an)) (Hermans, Beyer and Leibe,
/// "In Defense of the Triplet Loss for Person Re-Identification", 2017).
/// </summary>
/// <remarks>The mean over the anchors that have a positive and a negative.</remarks>
public sealed class GeneralizedLiftedStructureLoss : LiftedLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="margin">The margin m by which negatives are to be apart, above 0.</param>
    /// <param name="distance">The distance D.</param>
    /// <param name="reduction">How the terms of the mean become one loss; by default as the remarks say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public GeneralizedLiftedStructureLoss(float margin = 1f, DistanceMetric distance = DistanceMetric.Euclidean, LossReduction reduction = LossReduction.Default)
        : base(margin, distance, reduction)
    {
    }

    /// <inheritdoc/>
    public override string Name => "Generalised lifted structure";

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        ReadOnlySpan<float> distances = rows.Distances;
        Span<float> slopes = rows.Slopes, near = rows.Logits, far = rows.OtherLogits;
        for (int i = 0; i < near.Length; i++)
        {
            near[i] = rows.IsPositive(i) ? distances[i] : LogSumExp.None;
            far[i] = rows.IsNegative(i) ? Margin - distances[i] : LogSumExp.None;
        }

        float positives = LogSumExp.Of(near, rows.Weights), negatives = LogSumExp.Of(far, rows.OtherWeights);
        if (float.IsNegativeInfinity(positives) || float.IsNegativeInfinity(negatives))
            return default;
        if (positives + negatives <= 0f)
            return AnchorLoss.One(0f);
        for (int i = 0; i < near.Length; i++)
            slopes[i] += rows.Weights[i] - rows.OtherWeights[i];
        return AnchorLoss.One(positives + negatives);
    }
}
