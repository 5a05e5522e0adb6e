using SiameseGen;
using SiameseGen.Data;

namespace Glyphs.Pictures;

/// <summary>
/// Drawings as examples. Each may stand for up to eight: a whole alphabet turned by quarters and mirrored is a new alphabet, whose characters are new classes. Nothing is stored for them.
/// </summary>
internal sealed class TurnedDrawings : IExampleSet
{
    private readonly DrawingSet _drawings;
    private readonly int[] _classes;
    private readonly int[] _groups;

    /// <summary>Presents drawings.</summary>
    /// <param name="drawings">The drawings.</param>
    /// <param name="symmetries">How many alphabets to make of each, 1 to 8.</param>
    public TurnedDrawings(DrawingSet drawings, int symmetries = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(symmetries, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(symmetries, 8);
        _drawings = drawings;
        _classes = Repeat(drawings.Classes, drawings.Characters.Length, symmetries);
        _groups = Repeat(drawings.Alphabets, drawings.AlphabetNames.Length, symmetries);
        GroupNames = [.. Enumerable.Range(0, symmetries).SelectMany(symmetry => drawings.AlphabetNames.Select(name => Name(name, symmetry)))];
        ClassNames = [.. Enumerable.Range(0, symmetries).SelectMany(symmetry => drawings.Characters.Select(character =>
            $"{Name(drawings.AlphabetNames[character.Alphabet], symmetry)}/{character.Name}"))];
    }

    /// <inheritdoc/>
    public int Count => _classes.Length;

    /// <inheritdoc/>
    public int InputLength => DrawingSet.Side * DrawingSet.Side;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Classes => _classes;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Groups => _groups;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> GroupNames { get; }

    /// <inheritdoc/>
    public void Read(int index, Span<float> destination, ref CounterRandom random)
    {
        const int side = DrawingSet.Side, last = side - 1;
        (int symmetry, int drawing) = Math.DivRem(index, _drawings.Count);
        ReadOnlySpan<byte> ink = _drawings.Ink(drawing);

        // Where the first pixel comes from, and how far its neighbours to the right and below are apart there.
        (int first, int right, int down) = (symmetry & 3) switch
        {
            0 => (0, 1, side),
            1 => (last * side, -side, 1),
            2 => ((side * side) - 1, -1, -side),
            _ => (last, side, -1),
        };
        if (symmetry >= 4)
            (first, right) = (first + (last * right), -right);
        for (int y = 0; y < side; y++)
        {
            int from = first + (y * down);
            Span<float> row = destination.Slice(y * side, side);
            for (int x = 0; x < side; x++)
                row[x] = ink[from + (x * right)] * (1f / 255f);
        }
    }

    private static string Name(string alphabet, int symmetry)
    {
        string turned = (symmetry & 3) == 0 ? "" : $" turned by {90 * (symmetry & 3)} degrees";
        return $"{alphabet}{turned}{(symmetry >= 4 ? ", mirrored" : "")}";
    }

    private static int[] Repeat(int[] numbers, int distinct, int times) =>
        [.. Enumerable.Range(0, times).SelectMany(time => numbers.Select(number => number + (time * distinct)))];
}
