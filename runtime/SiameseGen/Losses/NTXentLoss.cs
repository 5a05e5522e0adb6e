namespace SiameseGen.Losses;

/// <summary>
/// The normalised, temperature-scaled cross entropy (InfoNCE): −ln(exp(s_ap/τ) / (exp(s_ap/τ) + Σ_n exp(s_an/τ))) with the cosine similarity s
/// (Sohn, 2016; van den Oord, Li and Vinyals, 2018; Chen et al., "SimCLR", 2020).
/// </summary>
/// <remarks>The mean over all pairs of an anchor and a positive; the sum is over all negatives of the anchor.</remarks>
public sealed class NTXentLoss : TemperedLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="temperature">The temperature τ that similarities are divided by, above 0; where it starts when it is learned.</param>
    /// <param name="learned">Whether the scale 1/τ is learned.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for a learned scale, 0 or above.</param>
    /// <param name="reduction">How the terms of the mean become one loss; by default as the remarks say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public NTXentLoss(float temperature = 0.07f, LearnedScale learned = LearnedScale.None, float learningRateFactor = 1f, LossReduction reduction = LossReduction.Default)
        : base(temperature, learned, learningRateFactor, reduction)
    {
    }

    /// <inheritdoc/>
    public override string Name => "NTXent";

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        ReadOnlySpan<float> distances = rows.Distances;
        Span<float> slopes = rows.Slopes, logits = rows.Logits, weights = rows.Weights;
        float temperature = TemperatureOf(rows);
        for (int i = 0; i < logits.Length; i++)
            logits[i] = rows.IsNegative(i) ? (1f - distances[i]) / temperature : LogSumExp.None;
        float negatives = LogSumExp.Of(logits, weights);
        double loss = 0, pull = 0;
        int pairs = 0, active = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (!rows.IsPositive(i))
                continue;
            float gap = negatives - ((1f - distances[i]) / temperature), value = LogSumExp.Softplus(gap);
            float slope = float.IsNegativeInfinity(gap) ? 0f : LogSumExp.Sigmoid(gap);
            loss += value;
            pull += slope;
            slopes[i] += slope / temperature;
            pairs++;
            active += value > 0f ? 1 : 0;
        }

        float push = (float)pull / temperature;
        for (int i = 0; i < weights.Length; i++)
            slopes[i] -= push * weights[i];
        Learn(rows);
        return new AnchorLoss(loss, pairs, active, pairs);
    }

    private protected override double CandidatesOf(AnchorRows rows) => rows.CountPositives();
}
