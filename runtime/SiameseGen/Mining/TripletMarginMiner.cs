namespace SiameseGen.Mining;

/// <summary>The triplets of which the negative is farther than the positive by less than a margin, all of them or only the harder or easier ones (Schroff, Kalenichenko and Philbin, "FaceNet", 2015).</summary>
public sealed class TripletMarginMiner : Miner
{
    /// <summary>Makes a miner.</summary>
    /// <param name="margin">The margin m, in units of the loss's distance, 0 or above; usually the loss's.</param>
    /// <param name="kind">Which triplets, by g = D_an − D_ap.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="margin"/> is negative or not finite, or there is no such <paramref name="kind"/>.</exception>
    public TripletMarginMiner(float margin = 0.2f, TripletKind kind = TripletKind.SemiHard)
    {
        if (!(margin >= 0f) || float.IsInfinity(margin))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin is 0 or above, and finite.");
        if (!Enum.IsDefined(kind))
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of triplets.");
        Margin = margin;
        Kind = kind;
    }

    /// <summary>The margin m.</summary>
    public float Margin { get; }

    /// <summary>Which triplets.</summary>
    public TripletKind Kind { get; }

    /// <inheritdoc/>
    public override bool AcceptsMemory => true;

    /// <inheritdoc/>
    public override bool Choose(in MiningAnchor anchor, int positive, Span<bool> negatives)
    {
        ReadOnlySpan<float> distances = anchor.Distances;
        float near = distances[positive];
        (float above, float upTo) = Kind switch
        {
            TripletKind.All => (float.NegativeInfinity, Margin),
            TripletKind.Hard => (float.NegativeInfinity, 0f),
            TripletKind.SemiHard => (0f, Margin),
            _ => (Margin, float.PositiveInfinity),
        };
        Marks.Between(distances, near, above, upTo, negatives);
        return true;
    }
}

/// <summary>Kinds of triplets, by how much farther the negative is than the positive, g = D_an − D_ap, and a margin m.</summary>
public enum TripletKind
{
    /// <summary>g ≤ m: all that have a loss.</summary>
    All,

    /// <summary>g ≤ 0: the negative is closer.</summary>
    Hard,

    /// <summary>0 &lt; g ≤ m: the negative is farther, but not by the margin.</summary>
    SemiHard,

    /// <summary>g > m: without a loss.</summary>
    Easy,
}
