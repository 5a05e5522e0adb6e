namespace SiameseGen.Losses;

/// <summary>
/// The multi-similarity loss of an anchor: 1/α ln(1 + Σ_p exp(−α(s_ap − λ))) + 1/β ln(1 + Σ_n exp(β(s_an − λ))) with the cosine similarity s
/// (Wang et al., "Multi-Similarity Loss with General Pair Weighting for Deep Metric Learning", 2019).
/// </summary>
/// <remarks>The mean over all items. The paper mines pairs first; a miner does that here.</remarks>
public sealed class MultiSimilarityLoss : PairwiseLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="alpha">How sharply the least similar positives weigh, above 0.</param>
    /// <param name="beta">How sharply the most similar negatives weigh, above 0.</param>
    /// <param name="base">The similarity λ that positives are to be above and negatives below, from −1 to 1.</param>
    /// <param name="reduction">How the terms of the mean become one loss; by default as the remarks say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public MultiSimilarityLoss(float alpha = 2f, float beta = 50f, float @base = 0.5f, LossReduction reduction = LossReduction.Default)
        : base(reduction)
    {
        if (!(alpha > 0f && float.IsFinite(alpha)))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A weight of positives is above 0 and finite.");
        Alpha = alpha;
        if (!(beta > 0f && float.IsFinite(beta)))
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "A weight of negatives is above 0 and finite.");
        Beta = beta;
        if (!(@base is >= -1f and <= 1f))
            throw new ArgumentOutOfRangeException(nameof(@base), @base, "A similarity is between −1 and 1.");
        Base = @base;
    }

    /// <summary>How sharply the least similar positives weigh, above 0.</summary>
    public float Alpha { get; }

    /// <summary>How sharply the most similar negatives weigh, above 0.</summary>
    public float Beta { get; }

    /// <summary>The similarity λ that positives are to be above and negatives below, from −1 to 1.</summary>
    public float Base { get; }

    /// <inheritdoc/>
    public override string Name => "Multi-similarity";

    /// <inheritdoc/>
    public override DistanceMetric Distance => DistanceMetric.Cosine;

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        ReadOnlySpan<float> distances = rows.Distances;
        Span<float> slopes = rows.Slopes, near = rows.Logits, far = rows.OtherLogits;
        for (int i = 0; i < near.Length; i++)
        {
            float above = 1f - distances[i] - Base;
            near[i] = rows.IsPositive(i) ? -Alpha * above : LogSumExp.None;
            far[i] = rows.IsNegative(i) ? Beta * above : LogSumExp.None;
        }

        float positives = LogSumExp.Of(near, rows.Weights), negatives = LogSumExp.Of(far, rows.OtherWeights);
        float pull = LogSumExp.Sigmoid(positives), push = LogSumExp.Sigmoid(negatives);
        for (int i = 0; i < near.Length; i++)
            slopes[i] += (pull * rows.Weights[i]) - (push * rows.OtherWeights[i]);
        return AnchorLoss.One((LogSumExp.Softplus(positives) / Alpha) + (LogSumExp.Softplus(negatives) / Beta));
    }
}
