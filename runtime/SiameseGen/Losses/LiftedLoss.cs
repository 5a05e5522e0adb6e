namespace SiameseGen.Losses;

/// <summary>A lifted structured loss: soft maxima over all positives or negatives of a batch, apart by a margin.</summary>
public abstract class LiftedLoss : PairwiseLoss
{
    private protected LiftedLoss(float margin, DistanceMetric distance, LossReduction reduction)
        : base(reduction)
    {
        if (!(margin > 0f && float.IsFinite(margin)))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin is above 0 and finite.");
        Margin = margin;
        Distance = Known(distance);
    }

    /// <summary>The margin m by which negatives are to be apart, above 0.</summary>
    public float Margin { get; }

    /// <inheritdoc/>
    public sealed override DistanceMetric Distance { get; }
}
