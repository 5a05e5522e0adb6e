using SiameseGen.Compiler.Model;
using static System.FormattableString;

namespace SiameseGen.Compiler.Emission;

/// <summary>Names of generated files.</summary>
internal static class HintNames
{
    /// <summary>
    /// The file's name: the class's full name, such as <c>Demo.Glyphs.g.cs</c>. The compiler refuses two names that differ in case only, so
    /// a name with capitals elsewhere than at the start of its parts carries a hash of itself, as in <c>Demo.GlyphEncoder-0a1b2c3d.g.cs</c>.
    /// </summary>
    /// <param name="model">The model.</param>
    public static string Of(EncoderModel model)
    {
        string name = model.MetadataName;
        string readable = name.Replace('+', '.');
        return IsCanonical(readable) ? readable + ".g.cs" : Invariant($"{readable}-{Hash(name):x8}.g.cs");
    }

    // Of all names that are equal but for case, at most one is canonical. Some letters have more than two cases, such as ǆ, ǅ and Ǆ, or µ and μ.
    private static bool IsCanonical(string name)
    {
        bool first = true;
        foreach (char letter in name)
        {
            char capital = char.ToUpperInvariant(letter);
            if (letter != (first ? capital : char.ToLowerInvariant(capital)))
                return false;
            first = letter == '.';
        }

        return true;
    }

    // FNV-1a
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619u));
}
