namespace SiameseGen.Mining;

/// <summary>The positives farther than one margin and the negatives closer than another: pairs that are not yet as they should be.</summary>
public sealed class PairMarginMiner : Miner
{
    /// <summary>Makes a miner.</summary>
    /// <param name="positiveMargin">Positives beyond this distance are taken, 0 or above.</param>
    /// <param name="negativeMargin">Negatives within this distance are taken, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A margin is negative or not finite.</exception>
    public PairMarginMiner(float positiveMargin = 0.2f, float negativeMargin = 0.8f)
    {
        if (!(positiveMargin >= 0f) || float.IsInfinity(positiveMargin))
            throw new ArgumentOutOfRangeException(nameof(positiveMargin), positiveMargin, "A margin is 0 or above, and finite.");
        if (!(negativeMargin >= 0f) || float.IsInfinity(negativeMargin))
            throw new ArgumentOutOfRangeException(nameof(negativeMargin), negativeMargin, "A margin is 0 or above, and finite.");
        PositiveMargin = positiveMargin;
        NegativeMargin = negativeMargin;
    }

    /// <summary>Positives beyond this distance are taken.</summary>
    public float PositiveMargin { get; }

    /// <summary>Negatives within this distance are taken.</summary>
    public float NegativeMargin { get; }

    /// <inheritdoc/>
    public override bool AcceptsMemory => true;

    /// <inheritdoc/>
    public override bool ChoosesPairs => true;

    /// <inheritdoc/>
    public override bool Choose(in MiningAnchor anchor, int positive, Span<bool> negatives)
    {
        ReadOnlySpan<float> distances = anchor.Distances;
        Marks.Below(distances, NegativeMargin, negatives);
        return distances[positive] > PositiveMargin;
    }
}
