using System.Globalization;

namespace SiameseGen;

/// <summary>
/// How far apart two embeddings are, in the encoder's <see cref="DistanceMetric"/>: 0 or more, but for the dot product, and less the more they are alike. A type of its own, so that no
/// <see cref="Similarity"/>, where more is better, is compared with it by mistake.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct Distance(float Value) : IComparable<Distance>, IFormattable
{
    /// <summary>The number by itself.</summary>
    /// <param name="distance">A distance.</param>
    public static explicit operator float(Distance distance) => distance.Value;

    /// <summary>A number as a distance, such as a threshold that was written down.</summary>
    /// <param name="value">The number.</param>
    public static explicit operator Distance(float value) => new(value);

    /// <summary>Whether one is nearer than another.</summary>
    /// <param name="left">A distance.</param>
    /// <param name="right">Another.</param>
    public static bool operator <(Distance left, Distance right) => left.Value < right.Value;

    /// <summary>Whether one is farther than another.</summary>
    /// <param name="left">A distance.</param>
    /// <param name="right">Another.</param>
    public static bool operator >(Distance left, Distance right) => left.Value > right.Value;

    /// <summary>Whether one is at most as far as another.</summary>
    /// <param name="left">A distance.</param>
    /// <param name="right">Another.</param>
    public static bool operator <=(Distance left, Distance right) => left.Value <= right.Value;

    /// <summary>Whether one is at least as far as another.</summary>
    /// <param name="left">A distance.</param>
    /// <param name="right">Another.</param>
    public static bool operator >=(Distance left, Distance right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public int CompareTo(Distance other) => Value.CompareTo(other.Value);

    /// <summary>The number in the current culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.CurrentCulture);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => Value.ToString(format, formatProvider);
}
