namespace SiameseGen.Persistence;

/// <summary>The order of names in which numbers count as numbers: <c>features.2</c> comes before <c>features.10</c>.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The only one.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> one = x, other = y;
        while (!one.IsEmpty && !other.IsEmpty)
        {
            ReadOnlySpan<char> first = Head(ref one), second = Head(ref other);
            int order = char.IsAsciiDigit(first[0]) && char.IsAsciiDigit(second[0])
                ? CompareNumbers(first.TrimStart('0'), second.TrimStart('0'))
                : first.SequenceCompareTo(second);
            if (order != 0)
                return order;
        }

        return one.Length - other.Length;
    }

    // The digits, or what is no digits, that a name begins with.
    private static ReadOnlySpan<char> Head(ref ReadOnlySpan<char> name)
    {
        bool isNumber = char.IsAsciiDigit(name[0]);
        int length = 1;
        while (length < name.Length && char.IsAsciiDigit(name[length]) == isNumber)
            length++;
        ReadOnlySpan<char> head = name[..length];
        name = name[length..];
        return head;
    }

    private static int CompareNumbers(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        one.Length != other.Length ? one.Length - other.Length : one.SequenceCompareTo(other);
}
