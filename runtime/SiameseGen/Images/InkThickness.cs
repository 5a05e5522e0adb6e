namespace SiameseGen.Images;

/// <summary>Makes what is bright in a picture thicker or thinner: dilation and erosion by a pixel and its four neighbours, and parts of a pixel between the two pictures.</summary>
internal static class InkThickness
{
    /// <summary>Changes a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="pixels">How many pixels the edges of what is bright move outwards; negative for inwards.</param>
    /// <param name="memory">As long as the picture.</param>
    public static void Change(Span<float> picture, InputShape shape, float pixels, Span<float> memory)
    {
        float left = MathF.Abs(pixels);
        for (; left > 0f; left -= 1f)
        {
            picture.CopyTo(memory);
            Move(memory, picture, shape, MathF.Min(left, 1f), pixels > 0f ? 1f : -1f);
        }
    }

    // Erosion is dilation of the negative.
    private static void Move(ReadOnlySpan<float> from, Span<float> to, InputShape shape, float share, float sign)
    {
        int channels = shape.Channels, row = shape.Width * channels;
        for (int at = 0; at < from.Length; at++)
        {
            int column = at % row;
            float own = sign * from[at], most = own;
            if (column >= channels)
                most = MathF.Max(most, sign * from[at - channels]);
            if (column < row - channels)
                most = MathF.Max(most, sign * from[at + channels]);
            if (at >= row)
                most = MathF.Max(most, sign * from[at - row]);
            if (at < from.Length - row)
                most = MathF.Max(most, sign * from[at + row]);
            to[at] = sign * (own + (share * (most - own)));
        }
    }
}
