using System.Runtime.Intrinsics;

namespace SiameseGen.Shipping;

/// <summary>Pooling of 8-bit codes.</summary>
public static class Int8Pool
{
    /// <summary>The largest code of each channel in each window.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="input">The codes of the input.</param>
    /// <param name="output">Receives the codes of the output.</param>
    public static void Maximum(in Int8PoolShape shape, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        int at = 0, channels = shape.Channels;
        for (int row = 0; row < shape.OutputHeight; row++)
        {
            for (int column = 0; column < shape.OutputWidth; column++, at += channels)
            {
                int top = (row * shape.StrideDown) - shape.PadTop, left = (column * shape.StrideAcross) - shape.PadLeft;
                int firstColumn = Math.Max(left, 0), columns = Math.Min(left + shape.WindowWidth, shape.Width) - firstColumn, firstRow = Math.Max(top, 0);
                Raise(
                    input[(((firstRow * shape.Width) + firstColumn) * channels)..], Math.Min(top + shape.WindowHeight, shape.Height) - firstRow, columns, shape.Width * channels,
                    output.Slice(at, channels));
            }
        }
    }

    /// <summary>The sum of each channel's codes in each window plus <paramref name="bias"/>, scaled.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="scaling">How sums become codes.</param>
    /// <param name="multiplier">The multiplier.</param>
    /// <param name="bias">What is added to each sum.</param>
    /// <param name="input">The codes of the input.</param>
    /// <param name="output">Receives the codes of the output.</param>
    public static void Mean(in Int8PoolShape shape, in Int8Scaling scaling, int multiplier, int bias, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        int at = 0;
        for (int row = 0; row < shape.OutputHeight; row++)
        {
            for (int column = 0; column < shape.OutputWidth; column++)
            {
                int top = (row * shape.StrideDown) - shape.PadTop, left = (column * shape.StrideAcross) - shape.PadLeft;
                int firstRow = Math.Max(top, 0), lastRow = Math.Min(top + shape.WindowHeight, shape.Height);
                int firstColumn = Math.Max(left, 0), lastColumn = Math.Min(left + shape.WindowWidth, shape.Width);
                int outside = (shape.WindowHeight * shape.WindowWidth) - ((lastRow - firstRow) * (lastColumn - firstColumn));
                for (int channel = 0; channel < shape.Channels; channel++)
                {
                    int sum = bias + (outside * scaling.Border);
                    for (int y = firstRow; y < lastRow; y++)
                    {
                        for (int x = firstColumn; x < lastColumn; x++)
                            sum += input[(((y * shape.Width) + x) * shape.Channels) + channel];
                    }

                    output[at++] = scaling.Code(sum, multiplier);
                }
            }
        }
    }

    // The largest codes of some pixels in some rows. Sixteen channels at a time; the last sixteen may have been there already in part.
    private static void Raise(ReadOnlySpan<sbyte> codes, int rows, int columns, int pitch, Span<sbyte> largest)
    {
        int channels = largest.Length, channel = 0;
        while (channel < channels && channels >= Vector128<sbyte>.Count)
        {
            channel = Math.Min(channel, channels - Vector128<sbyte>.Count);
            Vector128<sbyte> most = Vector128.Create(sbyte.MinValue);
            for (int y = 0; y < rows; y++)
            {
                for (int x = 0; x < columns; x++)
                    most = Vector128.Max(most, Vector128.Create(codes[((y * pitch) + (x * channels) + channel)..]));
            }

            most.CopyTo(largest[channel..]);
            channel += Vector128<sbyte>.Count;
        }

        for (; channel < channels; channel++)
        {
            sbyte most = sbyte.MinValue;
            for (int y = 0; y < rows; y++)
            {
                for (int x = 0; x < columns; x++)
                    most = Math.Max(most, codes[(y * pitch) + (x * channels) + channel]);
            }

            largest[channel] = most;
        }
    }
}
