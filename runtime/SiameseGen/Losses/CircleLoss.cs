namespace SiameseGen.Losses;

/// <summary>
/// The circle loss of an anchor: ln(1 + Σ_n exp(γ·α_n·(s_an − m)) · Σ_p exp(−γ·α_p·(s_ap − 1 + m))) with the cosine similarity s and the weights α_p = max(0, 1 + m − s_ap) and
/// α_n = max(0, s_an + m) (Sun et al., "Circle Loss: A Unified Perspective of Pair Similarity Optimization", 2020).
/// </summary>
/// <remarks>The mean over the anchors with a loss above 0. As in the paper, the weights α do not pass a gradient on.</remarks>
public sealed class CircleLoss : PairwiseLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="margin">The relaxation m, from 0 to 1: positives are to be more similar than 1 − m and negatives less than m.</param>
    /// <param name="scale">The scale γ, above 0.</param>
    /// <param name="reduction">How the terms of the mean become one loss; by default as the remarks say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public CircleLoss(float margin = 0.4f, float scale = 80f, LossReduction reduction = LossReduction.Default)
        : base(reduction)
    {
        if (!(margin is >= 0f and <= 1f))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A relaxation is between 0 and 1.");
        Margin = margin;
        if (!(scale > 0f && float.IsFinite(scale)))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "A scale is above 0 and finite.");
        Scale = scale;
    }

    /// <summary>The relaxation m, from 0 to 1: positives are to be more similar than 1 − m and negatives less than m.</summary>
    public float Margin { get; }

    /// <summary>The scale γ, above 0.</summary>
    public float Scale { get; }

    /// <inheritdoc/>
    public override string Name => "Circle";

    /// <inheritdoc/>
    public override DistanceMetric Distance => DistanceMetric.Cosine;

    /// <inheritdoc/>
    public override bool HasExactGradient => false;

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        ReadOnlySpan<float> distances = rows.Distances;
        Span<float> slopes = rows.Slopes, near = rows.Logits, far = rows.OtherLogits;
        for (int i = 0; i < near.Length; i++)
        {
            float similarity = 1f - distances[i];
            near[i] = rows.IsPositive(i) ? -PositiveWeight(similarity) * (similarity - 1f + Margin) : LogSumExp.None;
            far[i] = rows.IsNegative(i) ? NegativeWeight(similarity) * (similarity - Margin) : LogSumExp.None;
        }

        float positives = LogSumExp.Of(near, rows.Weights), negatives = LogSumExp.Of(far, rows.OtherWeights);
        if (float.IsNegativeInfinity(positives) || float.IsNegativeInfinity(negatives))
            return default;
        float slope = LogSumExp.Sigmoid(positives + negatives);
        for (int i = 0; i < near.Length; i++)
        {
            float similarity = 1f - distances[i];
            slopes[i] += slope * ((PositiveWeight(similarity) * rows.Weights[i]) - (NegativeWeight(similarity) * rows.OtherWeights[i]));
        }

        return AnchorLoss.OneIfActive(LogSumExp.Softplus(positives + negatives));
    }

    private float PositiveWeight(float similarity) => Scale * MathF.Max(0f, 1f + Margin - similarity);

    private float NegativeWeight(float similarity) => Scale * MathF.Max(0f, similarity + Margin);
}
