namespace Glyphs.Pictures;

/// <summary>
/// Drawings of characters by many hands, each already centred (see <see cref="Centring"/>) and kept as a square of bytes, 0 for paper to 255 for
/// ink. It is larger than the encoder's input, so that a drawing can still be turned and scaled.
/// </summary>
internal sealed class DrawingSet
{
    /// <summary>Rows and columns of a kept drawing.</summary>
    public const int Side = 64;

    private readonly byte[] _ink;

    /// <summary>Keeps drawings.</summary>
    /// <param name="characters">The characters; a character's alphabet is an index into <paramref name="alphabetNames"/>.</param>
    /// <param name="alphabetNames">The alphabets' names.</param>
    /// <param name="classes">For each drawing, its index in <paramref name="characters"/>.</param>
    /// <param name="hands">For each drawing, who drew it; the same number is the same hand within an alphabet.</param>
    /// <param name="ink">The drawings, <see cref="Side"/>² bytes each.</param>
    public DrawingSet(Character[] characters, string[] alphabetNames, int[] classes, int[] hands, byte[] ink)
    {
        if (hands.Length != classes.Length || ink.Length != (long)classes.Length * Side * Side)
            throw new ArgumentException($"There are {classes.Length} drawings, {hands.Length} hands and {ink.Length} bytes of ink.");
        Characters = characters;
        AlphabetNames = alphabetNames;
        Classes = classes;
        Alphabets = [.. classes.Select(character => characters[character].Alphabet)];
        Hands = hands;
        _ink = ink;
    }

    /// <summary>A character.</summary>
    /// <param name="Name">Its name within its alphabet.</param>
    /// <param name="Alphabet">The index of its alphabet.</param>
    public readonly record struct Character(string Name, int Alphabet);

    /// <summary>Drawings.</summary>
    public int Count => Classes.Length;

    /// <summary>The characters.</summary>
    public Character[] Characters { get; }

    /// <summary>The alphabets' names.</summary>
    public string[] AlphabetNames { get; }

    /// <summary>For each drawing, its character.</summary>
    public int[] Classes { get; }

    /// <summary>For each drawing, its alphabet.</summary>
    public int[] Alphabets { get; }

    /// <summary>For each drawing, who drew it.</summary>
    public int[] Hands { get; }

    /// <summary>The name of a character with its alphabet.</summary>
    /// <param name="character">The character's index.</param>
    public string ClassName(int character) => $"{AlphabetNames[Characters[character].Alphabet]}/{Characters[character].Name}";

    /// <summary>A drawing, row by row.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    public ReadOnlySpan<byte> Ink(int index) => _ink.AsSpan(index * Side * Side, Side * Side);
}
