using SiameseGen;
using SiameseGen.Data;

namespace Glyphs.Pictures;

/// <summary>
/// Drawings as inputs of the encoder, warped while they are read. Each drawing may stand for up to eight: a whole alphabet turned by quarters and
/// mirrored is a new alphabet, whose characters are new classes. Nothing is stored for them.
/// </summary>
internal sealed class WarpedDrawings : IExampleSet
{
    /// <summary>Rows and columns of the encoder's input.</summary>
    public const int Side = 28;

    private readonly DrawingSet _drawings;
    private readonly RandomWarp? _warp;
    private readonly Affine[] _symmetries;
    private readonly int[] _classes;
    private readonly int[] _groups;

    /// <summary>Presents drawings to the encoder.</summary>
    /// <param name="drawings">The drawings.</param>
    /// <param name="warp">How to warp them at random; null to show them as they are.</param>
    /// <param name="symmetries">How many alphabets to make of each, 1 to 8.</param>
    public WarpedDrawings(DrawingSet drawings, RandomWarp? warp = null, int symmetries = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(symmetries, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(symmetries, 8);
        _drawings = drawings;
        _warp = warp;
        _symmetries = [.. Enumerable.Range(0, symmetries).Select(Affine.Symmetry)];
        _classes = Repeat(drawings.Classes, drawings.Characters.Length, symmetries);
        _groups = Repeat(drawings.Alphabets, drawings.AlphabetNames.Length, symmetries);
        GroupNames = [.. Enumerable.Range(0, symmetries).SelectMany(symmetry => drawings.AlphabetNames.Select(name => Name(name, symmetry)))];
        ClassNames = [.. Enumerable.Range(0, symmetries).SelectMany(symmetry => drawings.Characters.Select(character =>
            $"{Name(drawings.AlphabetNames[character.Alphabet], symmetry)}/{character.Name}"))];
    }

    /// <inheritdoc/>
    public int Count => _classes.Length;

    /// <inheritdoc/>
    public int InputLength => Side * Side;

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
        (int symmetry, int drawing) = Math.DivRem(index, _drawings.Count);
        Affine map = _warp is { } warp
            ? warp.Draw(ref random).Then(_symmetries[symmetry])
            : _symmetries[symmetry];
        Sample(_drawings.Ink(drawing), ToPixels(map), destination);
    }

    // From pixels of the input to pixels of the drawing, where the map is from −1 … 1 to −1 … 1.
    private static Affine ToPixels(in Affine map)
    {
        const float half = DrawingSet.Side / 2f;
        var fromInput = new Affine(2f / Side, 0f, (1f / Side) - 1f, 0f, 2f / Side, (1f / Side) - 1f);
        return fromInput.Then(map).Then(new Affine(half, 0f, half - 0.5f, 0f, half, half - 0.5f));
    }

    private static void Sample(ReadOnlySpan<byte> ink, in Affine map, Span<float> destination)
    {
        int at = 0;
        for (int y = 0; y < Side; y++)
        {
            float left = (map.Xy * y) + map.X, top = (map.Yy * y) + map.Y;
            for (int x = 0; x < Side; x++)
                destination[at++] = Bilinear(ink, left + (map.Xx * x), top + (map.Yx * x));
        }
    }

    // Beyond the drawing there is paper.
    private static float Bilinear(ReadOnlySpan<byte> ink, float x, float y)
    {
        const int side = DrawingSet.Side;
        if (!(x > -1f && y > -1f && x < side && y < side))
            return 0f;
        int column = (int)(x + 1f) - 1, row = (int)(y + 1f) - 1;
        float right = x - column, below = y - row;
        int at = (row * side) + column;
        bool hasLeft = column >= 0, hasRight = column + 1 < side;
        float upper = 0f, lower = 0f;
        if (row >= 0)
            upper = ((hasLeft ? ink[at] : 0f) * (1f - right)) + ((hasRight ? ink[at + 1] : 0f) * right);
        if (row + 1 < side)
            lower = ((hasLeft ? ink[at + side] : 0f) * (1f - right)) + ((hasRight ? ink[at + side + 1] : 0f) * right);
        return ((upper * (1f - below)) + (lower * below)) * (1f / 255f);
    }

    private static string Name(string alphabet, int symmetry)
    {
        string turned = (symmetry & 3) == 0 ? "" : $" turned by {90 * (symmetry & 3)} degrees";
        return $"{alphabet}{(symmetry >= 4 ? " mirrored" : "")}{turned}";
    }

    private static int[] Repeat(int[] numbers, int distinct, int times) =>
        [.. Enumerable.Range(0, times).SelectMany(time => numbers.Select(number => number + (time * distinct)))];
}
