namespace SiameseGen.Images;

/// <summary>Changes of a picture's values that leave everything where it is.</summary>
internal static class PixelValues
{
    private const float SquareRootOf3 = 1.7320508f;

    /// <summary>Contrast about the picture's own mean, and brightness.</summary>
    /// <param name="values">The picture.</param>
    /// <param name="factor">What differences from the mean are multiplied by.</param>
    /// <param name="addend">What is added.</param>
    public static void Stretch(Span<float> values, float factor, float addend)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        float mean = (float)(sum / values.Length), constant = mean + addend;
        foreach (ref float value in values)
            value = constant + (factor * (value - mean));
    }

    /// <summary>Noise, nearly normal: four uniform numbers of 16 bits summed, never beyond 3.47 deviations.</summary>
    /// <param name="values">The picture.</param>
    /// <param name="deviation">The standard deviation.</param>
    /// <param name="random">The only source of chance.</param>
    public static void AddNoise(Span<float> values, float deviation, ref CounterRandom random)
    {
        // Of four numbers from 0 to 65535 with a mean of 131070 and a variance of (2³² − 1) / 3.
        float scale = deviation * SquareRootOf3 / 65536f;
        foreach (ref float value in values)
        {
            uint first = random.NextUInt32(), second = random.NextUInt32();
            int sum = (int)((first & 0xFFFF) + (first >> 16) + (second & 0xFFFF) + (second >> 16)) - 131070;
            value += scale * sum;
        }
    }

    /// <summary>Paints a square.</summary>
    /// <param name="values">The picture.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="side">Rows and columns of the square.</param>
    /// <param name="column">The first column, which may lie outside.</param>
    /// <param name="row">The first row, likewise.</param>
    /// <param name="fill">The value.</param>
    public static void PaintSquare(Span<float> values, InputShape shape, int side, int column, int row, float fill)
    {
        int left = Math.Max(column, 0), right = Math.Min(column + side, shape.Width);
        for (int y = Math.Max(row, 0); y < Math.Min(row + side, shape.Height); y++)
            values.Slice(((y * shape.Width) + left) * shape.Channels, Math.Max(right - left, 0) * shape.Channels).Fill(fill);
    }

    /// <summary>Limits values.</summary>
    /// <param name="values">The picture.</param>
    /// <param name="lowest">The least.</param>
    /// <param name="highest">The largest.</param>
    public static void Limit(Span<float> values, float lowest, float highest)
    {
        foreach (ref float value in values)
            value = MathF.Min(MathF.Max(value, lowest), highest);
    }
}
