namespace SiameseGen.Mining;

/// <summary>Which examples of other classes are taken as hard negatives, and which are suspected to be of the same class after all.</summary>
/// <remarks>
/// In most sets some examples that are labelled differently show the same thing. They lie closest of all, so mining finds just them, and training pushes apart what belongs together: keep a guard where labels are not beyond doubt.
/// </remarks>
public sealed record HardNegativeOptions
{
    /// <summary>Negatives to find for each example, 1 or more.</summary>
    public int PerExample { get; init; } = 10;

    /// <summary>Negatives closer than this are not taken, in units of the encoder's distance; null for no limit.</summary>
    public float? GuardDistance { get; init; }

    /// <summary>
    /// The share of examples whose closest negative is suspicious, from 0 to below 1: the closest negative of each example is looked at, the distance below which this share of them lies is the limit, and no negative that is closer is
    /// taken for any example.
    /// </summary>
    public double GuardShare { get; init; }

    /// <summary>
    /// For each example a number, or −1: two examples with the same number may be of the same class, such as two takes of one session, and are never negatives of each other. Null when nothing of the kind is known.
    /// </summary>
    public IReadOnlyList<int>? MayBeSame { get; init; }

    internal void CheckFor(int examples)
    {
        Check();
        if (MayBeSame is { } numbers && numbers.Count != examples)
            throw new ArgumentException($"{nameof(MayBeSame)} has {numbers.Count} numbers for {examples} examples; it needs one for each.");
    }

    private void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(PerExample);
        if (GuardDistance is { } distance && !float.IsFinite(distance))
            throw new ArgumentOutOfRangeException(nameof(GuardDistance), GuardDistance, "The guard's distance is a finite number, or null for none.");
        if (!(GuardShare is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(GuardShare), GuardShare, "The guard's share is between 0 and 1, 1 excluded.");
    }
}
