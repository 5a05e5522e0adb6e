namespace SiameseGen.Losses;

/// <summary>
/// Neighbourhood components analysis, the loss of an anchor: −ln(Σ_p exp(−λ·D_ap) / Σ_k exp(−λ·D_ak)) with the squared Euclidean distance D, p running over its positives and k over all
/// other items (Goldberger et al., "Neighbourhood Components Analysis", 2004, as a cross entropy).
/// </summary>
/// <remarks>The mean over the anchors that have a positive.</remarks>
public sealed class NCALoss : PairwiseLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="scale">The factor λ of distances, above 0.</param>
    /// <param name="reduction">How the terms of the mean become one loss; by default as the remarks say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public NCALoss(float scale = 1f, LossReduction reduction = LossReduction.Default)
        : base(reduction)
    {
        if (!(scale > 0f && float.IsFinite(scale)))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "A scale is above 0 and finite.");
        Scale = scale;
    }

    /// <summary>The factor λ of distances, above 0.</summary>
    public float Scale { get; }

    /// <inheritdoc/>
    public override string Name => "NCA";

    /// <inheritdoc/>
    public override DistanceMetric Distance => DistanceMetric.SquaredEuclidean;

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        ReadOnlySpan<float> distances = rows.Distances;
        Span<float> slopes = rows.Slopes, near = rows.Logits, far = rows.OtherLogits;
        for (int i = 0; i < near.Length; i++)
        {
            near[i] = rows.IsPositive(i) ? -Scale * distances[i] : LogSumExp.None;
            far[i] = rows.IsNegative(i) ? -Scale * distances[i] : LogSumExp.None;
        }

        float positives = LogSumExp.Of(near, rows.Weights);
        if (float.IsNegativeInfinity(positives))
            return default;

        // ln(1 + Σ_n / Σ_p): near 0 the difference of two logarithms would be all rounding.
        float gap = LogSumExp.Of(far, rows.OtherWeights) - positives;
        if (float.IsNegativeInfinity(gap))
            return AnchorLoss.One(0f);
        float share = Scale * LogSumExp.Sigmoid(gap);
        for (int i = 0; i < near.Length; i++)
            slopes[i] += share * (rows.Weights[i] - rows.OtherWeights[i]);
        return AnchorLoss.One(LogSumExp.Softplus(gap));
    }
}
