namespace SiameseGen.Mining;

/// <summary>For each anchor one positive and one negative, each the easiest, the hardest or between (Xuan, Stylianou and Pless, "Improved Embeddings with Easy Positive Triplet Mining", 2020).</summary>
public sealed class BatchEasyHardMiner : Miner
{
    /// <summary>Makes a miner.</summary>
    /// <param name="positive">Which positive: the closest (easy), the farthest (hard), or the farthest that is closer than the negative (semi-hard).</param>
    /// <param name="negative">Which negative: the farthest (easy), the closest (hard), or the closest that is farther than the positive (semi-hard).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such choice.</exception>
    /// <exception cref="ArgumentException">Both are semi-hard, so that neither is there to compare with.</exception>
    public BatchEasyHardMiner(Hardness positive = Hardness.Easy, Hardness negative = Hardness.SemiHard)
    {
        if (!Enum.IsDefined(positive))
            throw new ArgumentOutOfRangeException(nameof(positive), positive, "There is no such choice.");
        if (!Enum.IsDefined(negative))
            throw new ArgumentOutOfRangeException(nameof(negative), negative, "There is no such choice.");
        if (positive is Hardness.SemiHard && negative is Hardness.SemiHard)
            throw new ArgumentException("Only one of the two can be semi-hard: it is compared with the other.", nameof(negative));
        Positive = positive;
        Negative = negative;
    }

    /// <summary>Which positive.</summary>
    public Hardness Positive { get; }

    /// <summary>Which negative.</summary>
    public Hardness Negative { get; }

    /// <inheritdoc/>
    public override bool AcceptsMemory => true;

    /// <inheritdoc/>
    public override bool Choose(in MiningAnchor anchor, int positive, Span<bool> negatives)
    {
        int near, far;
        if (Positive is Hardness.SemiHard)
        {
            far = anchor.Find(positives: false, farthest: Negative is Hardness.Easy);
            near = far < 0 ? -1 : anchor.Find(positives: true, farthest: true, below: anchor.Distances[far]);
        }
        else
        {
            near = anchor.Find(positives: true, farthest: Positive is Hardness.Hard);
            far = near < 0 ? -1 : anchor.Find(
                positives: false, farthest: Negative is Hardness.Easy, above: Negative is Hardness.SemiHard ? anchor.Distances[near] : float.NegativeInfinity);
        }

        if (positive != near)
            return false;
        if (far >= 0)
            negatives[far] = true;
        return true;
    }
}

/// <summary>How hard a positive or a negative is.</summary>
public enum Hardness
{
    /// <summary>A close positive, or a far negative.</summary>
    Easy,

    /// <summary>As hard as it can be with the positive still closer than the negative.</summary>
    SemiHard,

    /// <summary>A far positive, or a close negative.</summary>
    Hard,
}
