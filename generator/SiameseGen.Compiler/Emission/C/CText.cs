using System.Globalization;
using System.Text;
using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Shipping;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission.C;

/// <summary>Pieces of C text. In templates names begin with <c>@_</c> for the prefix, and with <c>@@_</c> for the prefix in capitals.</summary>
internal static class CText
{
    private const int LongestLine = 120;

    /// <summary>Puts the prefix in and brings line ends in order.</summary>
    /// <param name="text">Text of templates.</param>
    /// <param name="prefix">The prefix.</param>
    public static string Finish(string text, string prefix) =>
        Code.Normalize(text).Replace("@@_", prefix.ToUpperInvariant() + "_").Replace("@_", prefix + "_").Replace("@.h", prefix + ".h").TrimEnd('\n') + "\n";

    /// <summary>An integer of 32 bits.</summary>
    /// <param name="value">The integer.</param>
    public static string Number(int value) => value == int.MinValue ? "(-2147483647 - 1)" : Text.Number(value);

    /// <summary>An integer as the body of a macro.</summary>
    /// <param name="value">The integer.</param>
    public static string Macro(int value) => value is < 0 and > int.MinValue ? Invariant($"({value})") : Number(value);

    /// <summary>A float with all its digits.</summary>
    /// <param name="value">A finite number.</param>
    public static string Single(float value)
    {
        string digits = value.ToString("G9", CultureInfo.InvariantCulture);
        return digits.IndexOfAny(['.', 'E']) < 0 ? digits + ".0f" : digits + "f";
    }

    /// <summary>A shape in ASCII.</summary>
    /// <param name="shape">The shape.</param>
    public static string Size(Shape shape) => shape.ToString().Replace('×', 'x');

    /// <summary>Text that ends no comment, begins none, and is ASCII in one line.</summary>
    /// <param name="text">Any text.</param>
    public static string InComment(string text) => ArtifactText.Escape(text).Replace("*/", "* /").Replace("/*", "/ *").Replace("??", "? ?").Replace("@_", "@ _").Replace("@.", "@ .");

    /// <summary>A comment of several lines.</summary>
    /// <param name="text">The lines.</param>
    public static string Comment(string text) => $"/*\n{Code.Prefix(text, " * ")}\n */";

    /// <summary>A constant array.</summary>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="name">Its name.</param>
    /// <param name="numbers">The numbers, at least one.</param>
    public static string Array(string type, string name, IReadOnlyList<int> numbers)
    {
        var text = new StringBuilder(Invariant($"static const {type} {name}[{numbers.Count}] = {{\n   "));
        int width = 3;
        foreach (int number in numbers)
        {
            string word = $" {Number(number)},";
            if (width + word.Length > LongestLine)
            {
                text.Append("\n   ");
                width = 3;
            }

            text.Append(word);
            width += word.Length;
        }

        return text.Append("\n};").ToString();
    }
}
