using System.Globalization;
using System.Text;

namespace SiameseGen.Compiler.Shipping;

/// <summary>Words that writing and reading an artifact have in common.</summary>
internal static class ArtifactText
{
    public const string Magic = "siamese 1";
    public const string Encoder = "encoder";
    public const string Layer = "layer";
    public const string Fingerprint = "fingerprint";
    public const string Precision = "precision";
    public const string Packing = "packing";
    public const string Distance = "distance";
    public const string Threshold = "threshold";
    public const string Unsure = "unsure-until";
    public const string Scores = "threshold-scores";
    public const string Target = "target";
    public const string FalseMatches = "fmr";
    public const string FalseNonMatches = "fnmr";
    public const string Trials = "trials";
    public const string Protocol = "protocol";
    public const string Score = "score";
    public const string Provenance = "from";
    public const string Payload = "payload";
    public const string PayloadHash = "sha256";
    public const string Check = "check";

    /// <summary>Bytes of the payload in one line.</summary>
    public const int BytesPerLine = 57;

    /// <summary>Most bytes of a payload.</summary>
    public const int LongestPayload = 1 << 28;

    /// <summary>Most letters of a line.</summary>
    public const int LongestLine = 1 << 14;

    /// <summary>A line that says where an artifact comes from.</summary>
    /// <param name="origin">What, and its value.</param>
    public static string Line(KeyValuePair<string, string> origin) => $"{Provenance} {Escape($"{origin.Key}: {origin.Value}")}";

    /// <summary>Why an artifact cannot say where it comes from in these words; null when it can.</summary>
    /// <param name="origin">What, and its value.</param>
    public static string? WhyNot(KeyValuePair<string, string> origin) =>
        origin.Key.Length == 0 ? "it has no name"
        : origin.Key.Contains(": ") ? "its name has a colon and a space, which end a name"
        : Line(origin).Length > LongestLine ? $"it takes {Line(origin).Length} letters of ASCII, more than the {LongestLine} of a line"
        : null;

    /// <summary>Any text as visible ASCII in one line.</summary>
    /// <param name="text">The text.</param>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (letter is >= ' ' and <= '~' and not '\\')
                escaped.Append(letter);
            else
                escaped.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    /// <summary>What <see cref="Escape"/> was given; null when it cannot have written that.</summary>
    /// <param name="text">Its text.</param>
    public static string? Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                plain.Append(text[i]);
                continue;
            }

            if (i + 5 >= text.Length || text[i + 1] != 'u'
                || !ushort.TryParse(text.Substring(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort letter))
                return null;
            plain.Append((char)letter);
            i += 5;
        }

        return plain.ToString();
    }

    /// <summary>Hexadecimal digits.</summary>
    /// <param name="bytes">The bytes.</param>
    public static string Hex(byte[] bytes) => string.Concat(bytes.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
}
