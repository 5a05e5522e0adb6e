using System.Globalization;

namespace SiameseGen;

/// <summary>
/// How much two embeddings are alike: the cosine of the angle between them, from −1 to 1, and 1 for the same direction. A type of its own, so that no
/// <see cref="Distance"/>, where less is better, is compared with it by mistake.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct Similarity(float Value) : IComparable<Similarity>, IFormattable
{
    /// <summary>The number by itself.</summary>
    /// <param name="similarity">A similarity.</param>
    public static explicit operator float(Similarity similarity) => similarity.Value;

    /// <summary>A number as a similarity, such as a threshold that was written down.</summary>
    /// <param name="value">The number.</param>
    public static explicit operator Similarity(float value) => new(value);

    /// <summary>Whether one is less than another.</summary>
    /// <param name="left">A similarity.</param>
    /// <param name="right">Another.</param>
    public static bool operator <(Similarity left, Similarity right) => left.Value < right.Value;

    /// <summary>Whether one is more than another.</summary>
    /// <param name="left">A similarity.</param>
    /// <param name="right">Another.</param>
    public static bool operator >(Similarity left, Similarity right) => left.Value > right.Value;

    /// <summary>Whether one is at most as much as another.</summary>
    /// <param name="left">A similarity.</param>
    /// <param name="right">Another.</param>
    public static bool operator <=(Similarity left, Similarity right) => left.Value <= right.Value;

    /// <summary>Whether one is at least as much as another.</summary>
    /// <param name="left">A similarity.</param>
    /// <param name="right">Another.</param>
    public static bool operator >=(Similarity left, Similarity right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public int CompareTo(Similarity other) => Value.CompareTo(other.Value);

    /// <summary>The number in the current culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.CurrentCulture);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => Value.ToString(format, formatProvider);
}
