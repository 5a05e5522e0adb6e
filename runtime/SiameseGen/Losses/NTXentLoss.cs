namespace SiameseGen.Losses;

/// <summary>
/// The normalised, temperature-scaled cross entropy (InfoNCE): −ln(exp(s_ap/τ) / (exp(s_ap/τ) + Σ_n exp(s_an/τ))) with the cosine similarity s
/// (Sohn, 2016; van den Oord, Li and Vinyals, 2018; Chen et al., "SimCLR", 2020).
/// </summary>
/// <remarks>The mean over all pairs of an anchor and a positive; the sum is over all negatives of the anchor.</remarks>
public sealed class NTXentLoss : PairwiseLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="temperature">The temperature that similarities are divided by, above 0: the smaller, the more the hardest pairs weigh.</param>
    /// <param name="reduction">How the terms of the mean become one loss; by default as the remarks say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public NTXentLoss(float temperature = 0.07f, LossReduction reduction = LossReduction.Default)
        : base(reduction)
    {
        if (!(temperature > 0f && float.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is above 0 and finite.");
        Temperature = temperature;
    }

    /// <summary>The temperature that similarities are divided by, above 0: the smaller, the more the hardest pairs weigh.</summary>
    public float Temperature { get; }

    /// <inheritdoc/>
    public override string Name => "NTXent";

    /// <inheritdoc/>
    public override DistanceMetric Distance => DistanceMetric.Cosine;

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        ReadOnlySpan<float> distances = rows.Distances;
        Span<float> slopes = rows.Slopes, logits = rows.Logits, weights = rows.Weights;
        for (int i = 0; i < logits.Length; i++)
            logits[i] = rows.IsNegative(i) ? (1f - distances[i]) / Temperature : LogSumExp.None;
        float negatives = LogSumExp.Of(logits, weights);
        double loss = 0, pull = 0;
        int pairs = 0, active = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (!rows.IsPositive(i))
                continue;
            float gap = negatives - ((1f - distances[i]) / Temperature), value = LogSumExp.Softplus(gap);
            float slope = float.IsNegativeInfinity(gap) ? 0f : LogSumExp.Sigmoid(gap);
            loss += value;
            pull += slope;
            slopes[i] += slope / Temperature;
            pairs++;
            active += value > 0f ? 1 : 0;
        }

        float push = (float)pull / Temperature;
        for (int i = 0; i < weights.Length; i++)
            slopes[i] -= push * weights[i];
        return new AnchorLoss(loss, pairs, active, pairs);
    }
}
