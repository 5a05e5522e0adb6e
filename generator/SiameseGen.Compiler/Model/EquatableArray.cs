using System.Collections;

namespace SiameseGen.Compiler.Model;

/// <summary>An immutable list that equals another one with equal elements, so that an unchanged model stops the incremental pipeline.</summary>
/// <typeparam name="T">The element type.</typeparam>
public readonly struct EquatableArray<T>(T[] elements) : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    private readonly T[]? _elements = elements;

    /// <summary>Elements in the list.</summary>
    public int Count => Elements.Length;

    private T[] Elements => _elements ?? [];

    /// <summary>One element.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    public T this[int index] => Elements[index];

    /// <summary>Whether both have equal elements.</summary>
    /// <param name="left">A list.</param>
    /// <param name="right">Another.</param>
    public static bool operator ==(EquatableArray<T> left, EquatableArray<T> right) => left.Equals(right);

    /// <summary>Whether some elements differ.</summary>
    /// <param name="left">A list.</param>
    /// <param name="right">Another.</param>
    public static bool operator !=(EquatableArray<T> left, EquatableArray<T> right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(EquatableArray<T> other) => Elements.SequenceEqual(other.Elements);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Elements.Aggregate(17, (hash, element) => unchecked((hash * 31) + element.GetHashCode()));

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Elements).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes <see cref="EquatableArray{T}"/>s.</summary>
public static class EquatableArray
{
    /// <summary>Makes a list of its arguments.</summary>
    /// <param name="elements">The elements; the list keeps the array.</param>
    /// <typeparam name="T">The element type.</typeparam>
    public static EquatableArray<T> Of<T>(params T[] elements)
        where T : IEquatable<T> => new(elements);

    /// <summary>Makes a list of a sequence.</summary>
    /// <param name="elements">The elements.</param>
    /// <typeparam name="T">The element type.</typeparam>
    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> elements)
        where T : IEquatable<T> => new([.. elements]);
}
