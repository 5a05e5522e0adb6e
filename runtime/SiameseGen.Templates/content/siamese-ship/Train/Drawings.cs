using SiameseGen.Data;

namespace MyVerifier.Train;

/// <summary>Drawings of letters and digits, so that the program runs without a file: a font of 5×7 dots, moved, slanted and smudged at random.</summary>
internal static class Drawings
{
    private const int Side = 16, Columns = 5, Rows = 7;

    // Each sign is five columns of seven dots, the top one in the lowest bit.
    private static readonly Dictionary<char, byte[]> Font = new()
    {
        ['0'] = [0x3E, 0x51, 0x49, 0x45, 0x3E], ['1'] = [0x00, 0x42, 0x7F, 0x40, 0x00], ['2'] = [0x42, 0x61, 0x51, 0x49, 0x46],
        ['3'] = [0x21, 0x41, 0x45, 0x4B, 0x31], ['4'] = [0x18, 0x14, 0x12, 0x7F, 0x10], ['5'] = [0x27, 0x45, 0x45, 0x45, 0x39],
        ['6'] = [0x3C, 0x4A, 0x49, 0x49, 0x30], ['7'] = [0x01, 0x71, 0x09, 0x05, 0x03], ['8'] = [0x36, 0x49, 0x49, 0x49, 0x36],
        ['9'] = [0x06, 0x49, 0x49, 0x29, 0x1E], ['A'] = [0x7E, 0x11, 0x11, 0x11, 0x7E], ['B'] = [0x7F, 0x49, 0x49, 0x49, 0x36],
        ['C'] = [0x3E, 0x41, 0x41, 0x41, 0x22], ['D'] = [0x7F, 0x41, 0x41, 0x22, 0x1C], ['E'] = [0x7F, 0x49, 0x49, 0x49, 0x41],
        ['F'] = [0x7F, 0x09, 0x09, 0x09, 0x01], ['G'] = [0x3E, 0x41, 0x49, 0x49, 0x7A], ['H'] = [0x7F, 0x08, 0x08, 0x08, 0x7F],
        ['I'] = [0x00, 0x41, 0x7F, 0x41, 0x00], ['J'] = [0x20, 0x40, 0x41, 0x3F, 0x01], ['K'] = [0x7F, 0x08, 0x14, 0x22, 0x41],
        ['L'] = [0x7F, 0x40, 0x40, 0x40, 0x40], ['M'] = [0x7F, 0x02, 0x0C, 0x02, 0x7F], ['N'] = [0x7F, 0x04, 0x08, 0x10, 0x7F],
        ['O'] = [0x3E, 0x41, 0x41, 0x41, 0x3E], ['P'] = [0x7F, 0x09, 0x09, 0x09, 0x06], ['Q'] = [0x3E, 0x41, 0x51, 0x21, 0x5E],
        ['R'] = [0x7F, 0x09, 0x19, 0x29, 0x46], ['S'] = [0x46, 0x49, 0x49, 0x49, 0x31], ['T'] = [0x01, 0x01, 0x7F, 0x01, 0x01],
        ['U'] = [0x3F, 0x40, 0x40, 0x40, 0x3F], ['V'] = [0x1F, 0x20, 0x40, 0x20, 0x1F], ['W'] = [0x3F, 0x40, 0x38, 0x40, 0x3F],
        ['X'] = [0x63, 0x14, 0x08, 0x14, 0x63], ['Y'] = [0x07, 0x08, 0x70, 0x08, 0x07], ['Z'] = [0x61, 0x51, 0x49, 0x45, 0x43],
    };

    /// <summary>Several drawings of each of some signs, as examples of as many classes.</summary>
    public static ExampleSet Of(string signs, int perSign, int seed)
    {
        var examples = new ExampleSetBuilder(Side * Side);
        foreach (char sign in signs)
        {
            for (int i = 0; i < perSign; i++)
                examples.Add(Draw(sign, (seed * 100_000) + (sign * 500) + i), $"{sign}");
        }

        return examples.Build();
    }

    /// <summary>A drawing of a sign, the same for the same seed.</summary>
    public static float[] Draw(char sign, int seed)
    {
        var random = new Random(seed);
        double scale = 1.6 + (0.5 * random.NextDouble()), slant = (0.8 * random.NextDouble()) - 0.4, thickness = 0.7 + (0.5 * random.NextDouble());
        double right = (Side / 2.0) + (3 * random.NextDouble()) - 1.5, down = (Side / 2.0) + (2 * random.NextDouble()) - 1;
        float[] pixels = new float[Side * Side];
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                double row = ((y + 0.5 - down) / scale) + (Rows / 2.0), column = ((x + 0.5 - right + (slant * (y - down))) / scale) + (Columns / 2.0);
                pixels[(y * Side) + x] = (float)Math.Clamp(Ink(sign, row, column, thickness) + (0.2 * random.NextDouble()), 0, 1);
            }
        }

        return pixels;
    }

    // How dark a place is: as dark as it is near to a dot.
    private static double Ink(char sign, double row, double column, double thickness)
    {
        double ink = 0;
        for (int c = 0; c < Columns; c++)
        {
            for (int r = 0; r < Rows; r++)
            {
                double distance = Math.Max(Math.Abs(row - r - 0.5), Math.Abs(column - c - 0.5));
                if ((Font[sign][c] >> r & 1) != 0)
                    ink = Math.Max(ink, Math.Clamp(1.5 * (thickness - distance), 0, 1));
            }
        }

        return ink;
    }
}
