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
        int at = 0;
        for (int row = 0; row < shape.OutputHeight; row++)
        {
            for (int column = 0; column < shape.OutputWidth; column++, at += shape.Channels)
            {
                Span<sbyte> largest = output.Slice(at, shape.Channels);
                largest.Fill(sbyte.MinValue);
                int top = (row * shape.StrideDown) - shape.PadTop, left = (column * shape.StrideAcross) - shape.PadLeft;
                for (int y = Math.Max(top, 0); y < Math.Min(top + shape.WindowHeight, shape.Height); y++)
                {
                    for (int x = Math.Max(left, 0); x < Math.Min(left + shape.WindowWidth, shape.Width); x++)
                        Raise(largest, input.Slice(((y * shape.Width) + x) * shape.Channels, shape.Channels));
                }
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

    private static void Raise(Span<sbyte> largest, ReadOnlySpan<sbyte> codes)
    {
        int i = 0;
        for (; i <= codes.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
            Vector128.Max(Vector128.Create<sbyte>(largest[i..]), Vector128.Create(codes[i..])).CopyTo(largest[i..]);
        for (; i < codes.Length; i++)
            largest[i] = codes[i] > largest[i] ? codes[i] : largest[i];
    }
}
