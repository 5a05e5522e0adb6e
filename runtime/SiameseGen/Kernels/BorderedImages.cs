namespace SiameseGen.Kernels;

/// <summary>Copies images into a buffer in which they have their border of zeros.</summary>
internal static class BorderedImages
{
    /// <summary>Copies a few images. The buffer was cleared once before the first call: borders stay zero.</summary>
    /// <param name="geometry">The convolution that will read them.</param>
    /// <param name="images">The images, one after another.</param>
    /// <param name="buffer">Receives them, <see cref="ConvolutionGeometry.BorderedLength"/> floats each.</param>
    /// <param name="group">The group of channels to copy.</param>
    public static void Copy(in ConvolutionGeometry geometry, ReadOnlySpan<float> images, Span<float> buffer, int group = 0)
    {
        bool rows = geometry is { Spread: 1, Dilation: 1, Groups: 1 };
        int count = images.Length / geometry.InputLength;
        for (int image = 0; image < count; image++)
        {
            ReadOnlySpan<float> from = images.Slice(image * geometry.InputLength, geometry.InputLength);
            Span<float> to = buffer.Slice(image * geometry.BorderedLength, geometry.BorderedLength);
            if (rows)
                CopyRows(geometry, from, to);
            else
                CopyPixels(geometry, from[(group * geometry.Channels)..], to);
        }
    }

    // With a stride, or without a border, the last rows and columns may be under no kernel.
    private static void CopyRows(in ConvolutionGeometry geometry, ReadOnlySpan<float> image, Span<float> buffer)
    {
        int channels = geometry.Channels, rowLength = geometry.RowLength;
        int height = Math.Min(geometry.Height, geometry.BorderedRows - geometry.Top);
        int width = Math.Min(geometry.Width, (rowLength / channels) - geometry.Left);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> row = image.Slice(y * geometry.Width * channels, width * channels);
            row.CopyTo(buffer[(((geometry.Top + y) * rowLength) + (geometry.Left * channels))..]);
        }
    }

    // Pixel after pixel: apart from one another in the buffer, of a part of the channels, or as often as taps of a dilated kernel see them.
    private static void CopyPixels(in ConvolutionGeometry geometry, ReadOnlySpan<float> image, Span<float> buffer)
    {
        int channels = geometry.Channels, rowLength = geometry.RowLength;
        int runs = geometry.Dilation > 1 ? geometry.OutputWidth : 1, places = rowLength / channels / runs;
        for (int y = 0; y < geometry.Height; y++)
        {
            int row = geometry.Top + (y * geometry.Spread);
            if (row < 0 || row >= geometry.BorderedRows)
                continue;
            ReadOnlySpan<float> pixels = image[(y * geometry.Width * geometry.SourcePixel)..];
            for (int run = 0; run < runs; run++)
            {
                Span<float> target = buffer.Slice((row * rowLength) + (run * places * channels), places * channels);
                for (int place = 0; place < places; place++)
                {
                    (int x, int between) = Math.DivRem((run * geometry.Stride) + (place * geometry.Dilation) - geometry.Left, geometry.Spread);
                    if (between == 0 && x >= 0 && x < geometry.Width)
                        pixels.Slice(x * geometry.SourcePixel, channels).CopyTo(target[(place * channels)..]);
                }
            }
        }
    }
}
