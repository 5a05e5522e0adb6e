namespace SiameseGen.Kernels;

/// <summary>Rows and columns of pixels that are copied to a place with other distances between them.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Pixels of a row.</param>
/// <param name="Channels">Floats of a pixel.</param>
/// <param name="FromRow">Floats from row to row where they are; pixels are adjacent there.</param>
/// <param name="ToRow">Floats from row to row where they go.</param>
/// <param name="ToPixel">Floats from pixel to pixel where they go.</param>
internal readonly record struct Rectangle(int Rows, int Columns, int Channels, int FromRow, int ToRow, int ToPixel)
{
    /// <summary>Copies.</summary>
    /// <param name="from">The first pixel's place.</param>
    /// <param name="to">Where it goes.</param>
    public void Copy(ReadOnlySpan<float> from, Span<float> to)
    {
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<float> pixels = from.Slice(row * FromRow, Columns * Channels);
            Span<float> target = to[(row * ToRow)..];
            if (ToPixel == Channels)
            {
                pixels.CopyTo(target);
                continue;
            }

            for (int column = 0; column < Columns; column++)
                pixels.Slice(column * Channels, Channels).CopyTo(target[(column * ToPixel)..]);
        }
    }

    /// <summary>Clears what a copy fills.</summary>
    /// <param name="to">Where the first pixel would go.</param>
    public void Clear(Span<float> to)
    {
        for (int row = 0; row < Rows; row++)
            to.Slice(row * ToRow, Columns * ToPixel).Clear();
    }
}
