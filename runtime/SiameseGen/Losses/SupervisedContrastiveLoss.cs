namespace SiameseGen.Losses;

/// <summary>
/// The supervised contrastive loss of an anchor: −1/|P| Σ_p ln(exp(s_ap/τ) / Σ_k exp(s_ak/τ)) over its positives P, k running over all other items, with the
/// cosine similarity s (Khosla et al., "Supervised Contrastive Learning", 2020, with the sum outside the logarithm).
/// </summary>
/// <remarks>The mean over the anchors with a loss above 0; one without a positive has none.</remarks>
public sealed class SupervisedContrastiveLoss : PairwiseLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="temperature">The temperature that similarities are divided by, above 0: the smaller, the more the hardest pairs weigh.</param>
    /// <param name="reduction">How the terms of the mean become one loss; by default as the remarks say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public SupervisedContrastiveLoss(float temperature = 0.1f, LossReduction reduction = LossReduction.Default)
        : base(reduction)
    {
        if (!(temperature > 0f && float.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is above 0 and finite.");
        Temperature = temperature;
    }

    /// <summary>The temperature that similarities are divided by, above 0: the smaller, the more the hardest pairs weigh.</summary>
    public float Temperature { get; }

    /// <inheritdoc/>
    public override string Name => "Supervised contrastive";

    /// <inheritdoc/>
    public override DistanceMetric Distance => DistanceMetric.Cosine;

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        ReadOnlySpan<float> distances = rows.Distances;
        Span<float> slopes = rows.Slopes, logits = rows.Logits, weights = rows.Weights;
        int positives = 0;
        double similarity = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            logits[i] = rows.IsPositive(i) || rows.IsNegative(i) ? (1f - distances[i]) / Temperature : LogSumExp.None;
            if (rows.IsPositive(i))
            {
                positives++;
                similarity += logits[i];
            }
        }

        if (positives == 0)
            return default;
        float value = LogSumExp.Of(logits, weights) - (float)(similarity / positives);
        if (value <= 0f)
            return AnchorLoss.OneIfActive(0f);
        for (int i = 0; i < weights.Length; i++)
            slopes[i] += ((rows.IsPositive(i) ? 1f / positives : 0f) - weights[i]) / Temperature;
        return AnchorLoss.OneIfActive(value);
    }
}
