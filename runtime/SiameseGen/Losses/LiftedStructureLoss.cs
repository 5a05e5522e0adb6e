namespace SiameseGen.Losses;

/// <summary>
/// The lifted structured loss of a positive pair (a, p): ½ max(0, D_ap + ln(Σ_n exp(m − D_an) + Σ_n exp(m − D_pn)))², over all negatives of both (Song et al.,
/// "Deep Metric Learning via Lifted Structured Feature Embedding", 2016).
/// </summary>
/// <remarks>The mean over the positive pairs that have a negative.</remarks>
public sealed class LiftedStructureLoss : LiftedLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="margin">The margin m by which negatives are to be apart, above 0.</param>
    /// <param name="distance">The distance D.</param>
    /// <param name="reduction">How the terms of the mean become one loss; by default as the remarks say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public LiftedStructureLoss(float margin = 1f, DistanceMetric distance = DistanceMetric.Euclidean, LossReduction reduction = LossReduction.Default)
        : base(margin, distance, reduction)
    {
    }

    /// <inheritdoc/>
    public override string Name => "Lifted structure";

    /// <inheritdoc/>
    /// <remarks>False: it compares positives with negatives as well, of which both could be old.</remarks>
    public override bool AcceptsMemory => false;

    private protected override bool ScalesSlopes => true;

    private protected override double CandidatesOf(AnchorRows rows) => rows.CountPositives();

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        int count = rows.Classes.Length, pairs = 0, active = 0;
        double loss = 0;
        for (int positive = 0; positive < count; positive++)
        {
            if (!rows.IsPositive(positive))
                continue;
            ReadOnlySpan<float> own = rows.Distances, other = rows.Of(positive);
            Span<float> logits = rows.Workspace.Logits.AsSpan(0, 2 * count), weights = rows.Workspace.Weights.AsSpan(0, 2 * count);
            for (int i = 0; i < count; i++)
            {
                bool isNegative = rows.IsNegative(i);
                logits[i] = isNegative ? Margin - own[i] : LogSumExp.None;
                logits[count + i] = isNegative ? Margin - other[i] : LogSumExp.None;
            }

            float violation = own[positive] + LogSumExp.Of(logits, weights);
            if (float.IsNegativeInfinity(violation))
                break; // none of the pairs has a negative
            pairs++;
            if (violation <= 0f)
                continue;
            active++;
            loss += 0.5 * violation * violation;
            Span<float> slopes = rows.Slopes, others = rows.SlopesOf(positive);
            float slope = violation * rows.Scale;
            slopes[positive] += slope;
            for (int i = 0; i < count; i++)
            {
                slopes[i] -= slope * weights[i];
                others[i] -= slope * weights[count + i];
            }
        }

        return new AnchorLoss(loss, pairs, active, pairs);
    }
}
