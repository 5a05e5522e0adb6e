namespace SiameseGen.Losses;

/// <summary>
/// The angular loss of an anchor and a positive: ln(1 + Σ_n exp(4 tan²α · (a + p)·n − 2(1 + tan²α) · a·p)) with embeddings at length 1: the angle at a negative is to be below α (Wang et al.,
/// "Deep Metric Learning with Angular Loss", 2017).
/// </summary>
/// <remarks>The mean over all pairs of an anchor and a positive; the sum is over all negatives of the anchor.</remarks>
public sealed class AngularLoss : PairwiseLoss
{
    private readonly float _squaredTangent;

    /// <summary>Makes a loss.</summary>
    /// <param name="degrees">The angle α in degrees, above 0 and below 90.</param>
    /// <param name="reduction">How the terms of the mean become one loss; by default as the remarks say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public AngularLoss(float degrees = 40f, LossReduction reduction = LossReduction.Default)
        : base(reduction)
    {
        if (!(degrees is > 0f and < 90f))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "An angle is above 0 and below 90 degrees.");
        Degrees = degrees;
        double tangent = Math.Tan(degrees * Math.PI / 180);
        _squaredTangent = (float)(tangent * tangent);
    }

    /// <summary>The angle α in degrees, above 0 and below 90.</summary>
    public float Degrees { get; }

    /// <inheritdoc/>
    public override string Name => "Angular";

    /// <inheritdoc/>
    public override DistanceMetric Distance => DistanceMetric.Cosine;

    /// <inheritdoc/>
    /// <remarks>False: it compares positives with negatives as well, of which both could be old.</remarks>
    public override bool AcceptsMemory => false;

    private protected override bool ScalesSlopes => true;

    private protected override double CandidatesOf(AnchorRows rows) => rows.CountPositives();

    private protected override AnchorLoss OfAnchor(AnchorRows rows)
    {
        int count = rows.Classes.Length, pairs = 0, active = 0;
        double loss = 0;
        float own = 4f * _squaredTangent, between = 2f * (1f + _squaredTangent);
        for (int positive = 0; positive < count; positive++)
        {
            if (!rows.IsPositive(positive))
                continue;
            ReadOnlySpan<float> distances = rows.Distances, others = rows.Of(positive);
            Span<float> logits = rows.Logits, weights = rows.Weights;
            for (int i = 0; i < count; i++)
                logits[i] = rows.IsNegative(i) ? own * (2f - distances[i] - others[i]) - (between * (1f - distances[positive])) : LogSumExp.None;
            float negatives = LogSumExp.Of(logits, weights), value = LogSumExp.Softplus(negatives), slope = LogSumExp.Sigmoid(negatives) * rows.Scale;
            pairs++;
            loss += value;
            if (value <= 0f)
                continue;
            active++;
            Span<float> slopes = rows.Slopes, otherSlopes = rows.SlopesOf(positive);
            slopes[positive] += between * slope;
            for (int i = 0; i < count; i++)
            {
                slopes[i] -= own * slope * weights[i];
                otherSlopes[i] -= own * slope * weights[i];
            }
        }

        return new AnchorLoss(loss, pairs, active, pairs);
    }
}
