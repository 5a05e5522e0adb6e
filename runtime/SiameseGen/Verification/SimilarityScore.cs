namespace SiameseGen.Verification;

/// <summary>
/// How likely two inputs are of one identity, from 0 to 1, for people to read. It is calibrated for as many pairs of one identity as of two: at ½, either is as likely. Decisions are made on the <see cref="Distance"/>.
/// </summary>
/// <param name="Value">The probability.</param>
public readonly record struct SimilarityScore(float Value) : IComparable<SimilarityScore>
{
    /// <inheritdoc/>
    public int CompareTo(SimilarityScore other) => Value.CompareTo(other.Value);

    /// <summary>Whether one is less likely than another.</summary>
    /// <param name="left">A score.</param>
    /// <param name="right">Another.</param>
    public static bool operator <(SimilarityScore left, SimilarityScore right) => left.Value < right.Value;

    /// <summary>Whether one is more likely than another.</summary>
    /// <param name="left">A score.</param>
    /// <param name="right">Another.</param>
    public static bool operator >(SimilarityScore left, SimilarityScore right) => left.Value > right.Value;

    /// <summary>Whether one is at most as likely as another.</summary>
    /// <param name="left">A score.</param>
    /// <param name="right">Another.</param>
    public static bool operator <=(SimilarityScore left, SimilarityScore right) => left.Value <= right.Value;

    /// <summary>Whether one is at least as likely as another.</summary>
    /// <param name="left">A score.</param>
    /// <param name="right">Another.</param>
    public static bool operator >=(SimilarityScore left, SimilarityScore right) => left.Value >= right.Value;

    /// <summary>The score in per cent.</summary>
    public override string ToString() => FormattableString.Invariant($"{100 * Value:F1} %");
}
