namespace SiameseGen.Images;

/// <summary>Reads pictures at places between their pixels, by the four that are nearest; outside there is a border of one value.</summary>
internal static class ImageSampler
{
    /// <summary>Floats of a picture with its border.</summary>
    /// <param name="shape">The picture.</param>
    public static int BorderedLength(InputShape shape) => (shape.Height + 2) * (shape.Width + 2) * shape.Channels;

    /// <summary>Copies a picture into a border of one pixel, so that reading needs no case for the edge.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="fill">The value of the border.</param>
    /// <param name="bordered">Receives <see cref="BorderedLength"/> floats.</param>
    public static void Border(ReadOnlySpan<float> picture, InputShape shape, float fill, Span<float> bordered)
    {
        int row = shape.Width * shape.Channels, wide = row + (2 * shape.Channels);
        bordered[..wide].Fill(fill);
        bordered[^wide..].Fill(fill);
        for (int y = 0; y < shape.Height; y++)
        {
            Span<float> line = bordered.Slice((y + 1) * wide, wide);
            line[..shape.Channels].Fill(fill);
            line[^shape.Channels..].Fill(fill);
            picture.Slice(y * row, row).CopyTo(line[shape.Channels..]);
        }
    }

    /// <summary>Makes a picture of half as many rows and columns, each pixel the mean of four; an odd last row or column is left out.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="shape">Its shape, which becomes that of the half.</param>
    /// <param name="half">Receives the half; may be where the picture is.</param>
    public static ReadOnlySpan<float> Halve(ReadOnlySpan<float> picture, scoped ref InputShape shape, Span<float> half)
    {
        int channels = shape.Channels, row = shape.Width * channels, at = 0;
        for (int y = 0; y < shape.Height / 2; y++)
        {
            for (int x = 0; x < shape.Width / 2; x++)
            {
                int from = (2 * y * row) + (2 * x * channels);
                for (int channel = 0; channel < channels; channel++, from++)
                    half[at++] = 0.25f * (picture[from] + picture[from + channels] + picture[from + row] + picture[from + row + channels]);
            }
        }

        shape = shape with { Height = shape.Height / 2, Width = shape.Width / 2 };
        return half;
    }

    /// <summary>Reads a row of places.</summary>
    /// <param name="bordered">A picture with its border.</param>
    /// <param name="shape">The shape of the picture without it.</param>
    /// <param name="x">The columns.</param>
    /// <param name="y">The rows.</param>
    /// <param name="row">Receives the values, all channels of each place.</param>
    public static void ReadRow(ReadOnlySpan<float> bordered, InputShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> row)
    {
        int channels = shape.Channels, wide = (shape.Width + 2) * channels;
        for (int i = 0; i < x.Length; i++)
        {
            // Places beyond the border are on it, where all is the fill.
            float across = MathF.Min(MathF.Max(x[i] + 1f, 0f), shape.Width + 1f), down = MathF.Min(MathF.Max(y[i] + 1f, 0f), shape.Height + 1f);
            int column = Math.Min((int)across, shape.Width), line = Math.Min((int)down, shape.Height);
            float right = across - column, below = down - line;
            int at = (line * wide) + (column * channels);
            for (int channel = 0; channel < channels; channel++, at++)
            {
                float upper = bordered[at] + (right * (bordered[at + channels] - bordered[at]));
                float lower = bordered[at + wide] + (right * (bordered[at + wide + channels] - bordered[at + wide]));
                row[(i * channels) + channel] = upper + (below * (lower - upper));
            }
        }
    }
}
