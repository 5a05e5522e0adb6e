namespace SiameseGen.Kernels;

/// <summary>Copies images into a buffer in which they have their border of zeros.</summary>
internal static class BorderedImages
{
    /// <summary>Copies a few images. The buffer was cleared once before the first call: borders stay zero.</summary>
    /// <param name="geometry">The convolution that will read them.</param>
    /// <param name="images">The images, one after another.</param>
    /// <param name="buffer">Receives them, <see cref="ConvolutionGeometry.BorderedLength"/> floats each.</param>
    public static void Copy(in ConvolutionGeometry geometry, ReadOnlySpan<float> images, Span<float> buffer)
    {
        int channels = geometry.Channels, rowLength = geometry.RowLength, step = geometry.Dilation;

        // With a stride, or without a border, the last rows and columns may be under no kernel.
        int height = Covered(geometry.Height, step, (geometry.BorderedLength / rowLength) - geometry.Top);
        int width = Covered(geometry.Width, step, (rowLength / channels) - geometry.Left);
        int count = images.Length / geometry.InputLength;
        for (int image = 0; image < count; image++)
        {
            ReadOnlySpan<float> from = images.Slice(image * geometry.InputLength, geometry.InputLength);
            Span<float> to = buffer.Slice(image * geometry.BorderedLength, geometry.BorderedLength);
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<float> row = from.Slice(y * geometry.Width * channels, width * channels);
                Span<float> target = to[((((geometry.Top + (y * step)) * rowLength)) + (geometry.Left * channels))..];
                if (step == 1)
                {
                    row.CopyTo(target);
                    continue;
                }

                for (int x = 0; x < width; x++)
                    row.Slice(x * channels, channels).CopyTo(target[(x * step * channels)..]);
            }
        }
    }

    private static int Covered(int size, int step, int room) => Math.Min(size, ((room - 1) / step) + 1);
}
