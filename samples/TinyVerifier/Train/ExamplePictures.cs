using System.Text;
using Glyphs.Pictures;
using SiameseGen;
using SiameseGen.Data;

namespace TinyVerifier.Train;

/// <summary>Writes drawings as PGM files: dark ink on white paper, as a scanner has it.</summary>
internal static class ExamplePictures
{
    private const int DrawingsOfEach = 3;

    /// <summary>Writes a few drawings of two characters, A and B.</summary>
    /// <param name="drawings">The drawings.</param>
    /// <param name="folder">The folder to write into; it is made.</param>
    public static string Write(DrawingSet drawings, string folder)
    {
        Directory.CreateDirectory(folder);
        IExampleSet examples = GlyphInputs.ToJudgeBy<TinyGlyphEncoder>(drawings);
        var ink = new float[examples.InputLength];
        var chance = new CounterRandom(0, CounterRandom.Purpose.Data, 0);

        // Of two alphabets.
        int[] characters = [0, drawings.Characters.Length - 1];
        for (int character = 0; character < characters.Length; character++)
        {
            int[] own = [.. Enumerable.Range(0, drawings.Count).Where(drawing => drawings.Classes[drawing] == characters[character]).Take(DrawingsOfEach)];
            for (int i = 0; i < own.Length; i++)
            {
                examples.Read(own[i], ink, ref chance);
                byte[] pixels = [.. ink.Select(value => (byte)(255 - (int)MathF.Round(255 * value)))];
                File.WriteAllBytes(Path.Combine(folder, $"glyph{(char)('A' + character)}-{i + 1}.pgm"), [.. Encoding.ASCII.GetBytes($"P5\n{TinyGlyphEncoder.Info.Input.Width} {TinyGlyphEncoder.Info.Input.Height}\n255\n"), .. pixels]);
            }
        }

        return $"{folder}: {characters.Length * DrawingsOfEach} pictures";
    }
}
