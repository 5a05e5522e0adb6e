namespace SiameseGen.Losses;

/// <summary>
/// The supervised contrastive loss of an anchor: −1/|P| Σ_p ln(exp(s_ap/τ) / Σ_k exp(s_ak/τ)) over its positives P, k running over all other items, with the
/// cosine similarity s (Khosla et al., "Supervised Contrastive Learning", 2020, with the sum outside the logarithm).
/// </summary>
/// <remarks>The mean over the anchors with a loss above 0; one without a positive has none.</remarks>
public sealed class SupervisedContrastiveLoss : TemperedLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="temperature">The temperature τ that similarities are divided by, above 0; where it starts when it is learned.</param>
    /// <param name="learned">Whether the scale 1/τ is learned.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for a learned scale, 0 or above.</param>
    /// <param name="reduction">How the terms of the mean become one loss; by default as the remarks say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public SupervisedContrastiveLoss(float temperature = 0.1f, LearnedScale learned = LearnedScale.None, float learningRateFactor = 1f, LossReduction reduction = LossReduction.Default)
        : base(temperature, learned, learningRateFactor, reduction)
    {
    }

    /// <inheritdoc/>
    public override string Name => "Supervised contrastive";

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        ReadOnlySpan<float> distances = rows.Distances;
        Span<float> slopes = rows.Slopes, logits = rows.Logits, weights = rows.Weights;
        float temperature = TemperatureOf(rows);
        int positives = 0, last = -1;
        double similarity = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            logits[i] = rows.IsPositive(i) || rows.IsNegative(i) ? (1f - distances[i]) / temperature : LogSumExp.None;
            if (rows.IsPositive(i))
            {
                (positives, last) = (positives + 1, i);
                similarity += logits[i];
            }
        }

        if (positives == 0)
            return default;
        float value;
        if (positives == 1)
        {
            // The loss may come close to 0, where the difference of two large numbers would be all rounding. With more positives it is above ln |P|.
            value = CrossEntropy.Of(logits, last, weights);
            for (int i = 0; i < weights.Length; i++)
                slopes[i] -= weights[i] / temperature;
        }
        else
        {
            value = LogSumExp.Of(logits, weights) - (float)(similarity / positives);
            for (int i = 0; i < weights.Length; i++)
                slopes[i] += ((rows.IsPositive(i) ? 1f / positives : 0f) - weights[i]) / temperature;
        }

        Learn(rows);
        return AnchorLoss.OneIfActive(value);
    }

    private protected override double CandidatesOf(AnchorRows rows) => rows.CountPositives() > 0 ? 1 : 0;
}
