using System.Globalization;
using static System.FormattableString;

namespace SiameseGen.Compiler.Planning;

/// <summary>One part of an architecture's text, such as <c>from 1: add with 4</c>, read word by word.</summary>
internal sealed class ArchitectureLine
{
    private readonly string _text;
    private readonly string[] _words;
    private int _next;

    /// <summary>Reads where the line's layer stands.</summary>
    /// <param name="text">The line.</param>
    /// <param name="number">Its number; 0 for the input.</param>
    public ArchitectureLine(string text, int number)
    {
        (_text, Number, Source) = (text, number, number - 1);
        _words = text.Split(' ');
        if (TakeIf("from"))
            Source = Earlier(Take().TrimEnd(':'));
        Keyword = Take();
        if (_words.Length > 2 && _words[_words.Length - 2] == "with")
            Branch = Earlier(_words[_words.Length - 1]);
    }

    /// <summary>The line's number.</summary>
    public int Number { get; }

    /// <summary>The number of the line whose result it reads.</summary>
    public int Source { get; }

    /// <summary>The number of the other line that it reads, if it joins two branches.</summary>
    public int? Branch { get; }

    /// <summary>The word that says what it does.</summary>
    public string Keyword { get; }

    /// <summary>Whether a word is the next one.</summary>
    /// <param name="word">The word.</param>
    public bool Comes(string word) => _next < _words.Length && _words[_next] == word;

    /// <summary>Reads a word if it is the next one.</summary>
    /// <param name="word">The word.</param>
    public bool TakeIf(string word)
    {
        if (!Comes(word))
            return false;
        _next++;
        return true;
    }

    /// <summary>Reads a word that has to be there.</summary>
    /// <param name="word">The word.</param>
    public void Expect(string word)
    {
        if (!TakeIf(word))
            throw Broken($"'{word}' was expected");
    }

    /// <summary>Reads an integer.</summary>
    public int Int() => Int(Take());

    /// <summary>Reads integers with a × between them, which the text writes as x.</summary>
    public int[] Sizes() => [.. Take().Split('x').Select(Int)];

    /// <summary>Reads 0 or 1.</summary>
    public bool Bool() => Int() is var value and (0 or 1) ? value == 1 : throw Broken("0 or 1 was expected");

    /// <summary>Reads a number.</summary>
    public float Float() => float.TryParse(Take(), NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value : throw Broken("a number was expected");

    /// <summary>Makes the exception that says what is wrong with the line.</summary>
    /// <param name="what">What is wrong.</param>
    public FormatException Broken(string what) => new(Invariant($"An architecture's text cannot be read: {what} in its part {Number}, '{_text}'."));

    private string Take() => _next < _words.Length ? _words[_next++] : throw Broken("something is missing");

    private int Int(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : throw Broken("an integer was expected");

    private int Earlier(string word) => Int(word) is var line && line < Number ? line : throw Broken("an earlier part was expected");
}
