using System.Text;

namespace Glyphs.Display;

/// <summary>A drawing as text: each Braille character shows two columns of four pixels.</summary>
internal static class TextPicture
{
    /// <summary>Rows and columns of the drawings shown.</summary>
    public const int Side = 28;

    /// <summary>Characters in a line.</summary>
    public const int Width = Side / 2;

    /// <summary>Lines.</summary>
    public const int Height = Side / 4;

    // Bits of the Braille patterns by row and column.
    private static ReadOnlySpan<byte> Dots => [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

    /// <summary>Draws a drawing.</summary>
    /// <param name="input">The pixels, <see cref="Side"/> rows and columns, 0 for paper to 1 for ink.</param>
    /// <returns><see cref="Height"/> lines of <see cref="Width"/> characters.</returns>
    public static string[] Draw(ReadOnlySpan<float> input)
    {
        // Thin pens leave no full ink anywhere, so what counts as a dot depends on the drawing.
        float most = 0f;
        foreach (float value in input)
            most = MathF.Max(most, value);
        float dark = 0.45f * most;
        var lines = new string[Height];
        var line = new StringBuilder(Width);
        for (int row = 0; row < Height; row++)
        {
            line.Clear();
            for (int column = 0; column < Width; column++)
            {
                int pattern = 0;
                for (int dot = 0; dot < 8; dot++)
                {
                    if (input[(((4 * row) + (dot / 2)) * Side) + (2 * column) + (dot % 2)] > dark)
                        pattern |= Dots[dot];
                }

                line.Append((char)('\u2800' + pattern));
            }

            lines[row] = line.ToString();
        }

        return lines;
    }

    /// <summary>Puts pictures side by side, each under a caption.</summary>
    /// <param name="pictures">Captions and the lines of the pictures.</param>
    /// <returns>The lines of them all.</returns>
    public static IEnumerable<string> SideBySide(IReadOnlyList<(string Caption, string[] Lines)> pictures)
    {
        yield return string.Join("  ", pictures.Select(picture => picture.Caption.PadRight(Width))).TrimEnd();
        for (int line = 0; line < Height; line++)
            yield return string.Join("  ", pictures.Select(picture => picture.Lines[line]));
    }
}
