using System.Globalization;
using System.Text;

namespace SiameseGen.Compiler.Emission;

/// <summary>Pieces of C# text.</summary>
internal static class Code
{
    /// <summary>Shifts lines to the right, except empty ones.</summary>
    /// <param name="text">Lines separated by line feeds.</param>
    /// <param name="levels">Levels of four spaces.</param>
    public static string Indent(string text, int levels) => Prefix(text, new string(' ', 4 * levels), false);

    /// <summary>Puts something before every line.</summary>
    /// <param name="text">Lines separated by line feeds.</param>
    /// <param name="prefix">What stands before each.</param>
    /// <param name="emptyToo">Whether before empty lines too.</param>
    public static string Prefix(string text, string prefix, bool emptyToo = true) =>
        string.Join("\n", Lines(text).Select(line => line.Length > 0 ? prefix + line : emptyToo ? prefix.TrimEnd() : line));

    /// <summary>Joins blocks with an empty line between, leaving empty ones out.</summary>
    /// <param name="blocks">The blocks.</param>
    public static string Blocks(IEnumerable<string> blocks) => string.Join("\n\n", blocks.Where(block => block.Length > 0));

    /// <summary>Statements with comments behind them, all in one column.</summary>
    /// <param name="lines">Pairs of a statement and a comment; a line without statement is all comment.</param>
    public static string Commented(IReadOnlyList<(string Statement, string Comment)> lines)
    {
        int width = lines.Select(line => line.Statement.Length).DefaultIfEmpty().Max();
        return string.Join("\n", lines.Select(line =>
            line.Statement.Length == 0 ? $"// {line.Comment}" : $"{line.Statement.PadRight(width)} // {line.Comment}"));
    }

    /// <summary>The name as C# source writes it. Every keyword, today's and tomorrow's, consists of small letters only.</summary>
    /// <param name="name">A name of metadata.</param>
    public static string Identifier(string name) => name.All(letter => letter is >= 'a' and <= 'z') ? "@" + name : name;

    /// <summary>A name of several parts, each as C# source writes it.</summary>
    /// <param name="name">A name of metadata with dots.</param>
    public static string Qualified(string name) => string.Join(".", name.Split('.').Select(Identifier));

    /// <summary>One line feed at the end of every line, wherever this assembly was built.</summary>
    /// <param name="text">Text of templates.</param>
    public static string Normalize(string text) => new StringBuilder(text).Replace("\r\n", "\n").ToString();

    /// <summary>Text of somebody else in one line: what could end a line or a comment, or is not seen, is written as a number.</summary>
    /// <param name="text">Any text.</param>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format or UnicodeCategory.Surrogate)
                line.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            else
                line.Append(letter);
        }

        return line.ToString();
    }

    /// <summary>Quotation marks for a raw literal: one more than there are in a row anywhere in its text, and three at least.</summary>
    /// <param name="text">The text.</param>
    public static string Quotes(string text)
    {
        int longest = 2, run = 0;
        foreach (char letter in text)
        {
            run = letter == '"' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return new string('"', longest + 1);
    }

    private static string[] Lines(string text) => Normalize(text).Split('\n');
}
