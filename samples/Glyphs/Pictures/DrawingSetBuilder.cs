namespace Glyphs.Pictures;

/// <summary>Centres drawings as they come, and numbers their alphabets and characters in the order in which they first appear.</summary>
internal sealed class DrawingSetBuilder
{
    private readonly Dictionary<string, int> _alphabets = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Alphabet, string Name), int> _characters = [];
    private readonly List<int> _classes = [];
    private readonly List<int> _hands = [];
    private readonly List<byte[]> _drawings = [];

    /// <summary>Drawings so far.</summary>
    public int Count => _classes.Count;

    /// <summary>Adds a drawing.</summary>
    /// <param name="alphabet">Its alphabet.</param>
    /// <param name="character">Its character, unique in the alphabet.</param>
    /// <param name="hand">Who drew it.</param>
    /// <param name="canvas"><see cref="Centring.CanvasSide"/>² values, 0 for paper to 255 for ink.</param>
    public void Add(string alphabet, string character, int hand, ReadOnlySpan<byte> canvas)
    {
        int group = Number(_alphabets, alphabet);
        _classes.Add(Number(_characters, (group, character)));
        _hands.Add(hand);
        var drawing = new byte[DrawingSet.Side * DrawingSet.Side];
        Centring.Centre(canvas, drawing);
        _drawings.Add(drawing);
    }

    /// <summary>Makes the set.</summary>
    public DrawingSet Build()
    {
        const int pixels = DrawingSet.Side * DrawingSet.Side;
        var ink = new byte[Count * pixels];
        for (int i = 0; i < Count; i++)
            _drawings[i].CopyTo(ink, i * pixels);
        return new DrawingSet(
            [.. _characters.Keys.Select(character => new DrawingSet.Character(character.Name, character.Alphabet))], [.. _alphabets.Keys],
            [.. _classes], [.. _hands], ink);
    }

    private static int Number<T>(Dictionary<T, int> numbers, T key)
        where T : notnull
    {
        if (!numbers.TryGetValue(key, out int number))
            numbers.Add(key, number = numbers.Count);
        return number;
    }
}
