using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Shipping;

/// <summary>Convolution of 8-bit codes in which every channel has a filter of its own: sixteen channels at a time, taps in pairs.</summary>
internal static class Int8DepthwiseConvolution
{
    private const int Block = Int8ConvolutionShape.Block;

    /// <summary>Computes one image; see <see cref="Int8Convolution.Infer"/>.</summary>
    public static void Infer(in Int8ConvolutionShape shape, in Int8Scaling scaling, ReadOnlySpan<byte> numbers, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        int padded = (shape.Channels + Block - 1) / Block * Block, pairs = (shape.Taps + 1) / 2;
        Int8Convolution.EnsureLengths(shape, padded * (8 + (2 * pairs)), numbers, input, output);
        ReadOnlySpan<int> multipliers = MemoryMarshal.Cast<byte, int>(numbers)[..padded];
        ReadOnlySpan<int> biases = MemoryMarshal.Cast<byte, int>(numbers).Slice(padded, padded);
        ReadOnlySpan<sbyte> weights = MemoryMarshal.Cast<byte, sbyte>(numbers)[(8 * padded)..];
        Span<int> places = stackalloc int[2 * pairs];
        Span<int> sums = stackalloc int[Block];
        for (int pixel = 0; pixel < shape.OutputHeight * shape.OutputWidth; pixel++)
        {
            Find(shape, pixel, places);
            for (int block = 0; block < shape.Channels; block += Block)
            {
                int count = Math.Min(Block, shape.Channels - block);
                Multiply(places, block, count, scaling.Border, input, weights.Slice(block * 2 * pairs, Block * 2 * pairs), sums);
                Int8Convolution.Store(scaling, sums, multipliers.Slice(block, Block), biases.Slice(block, Block), output.Slice((pixel * shape.Channels) + block, count));
            }
        }
    }

    // Where the first channel of each tap is; −1 outside of the image.
    private static void Find(in Int8ConvolutionShape shape, int pixel, Span<int> places)
    {
        int top = (pixel / shape.OutputWidth * shape.Stride) - shape.PadTop, left = (pixel % shape.OutputWidth * shape.Stride) - shape.PadLeft;
        places[^1] = -1;
        for (int tap = 0; tap < shape.Taps; tap++)
        {
            int down = top + (tap / shape.KernelWidth * shape.Dilation), across = left + (tap % shape.KernelWidth * shape.Dilation);
            places[tap] = (uint)down < (uint)shape.Height && (uint)across < (uint)shape.Width ? ((down * shape.Width) + across) * shape.Channels : -1;
        }
    }

    private static void Multiply(ReadOnlySpan<int> places, int block, int count, int border, ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> weights, Span<int> sums)
    {
        Vector256<int> low = default, high = default;
        for (int tap = 0, at = 0; tap < places.Length; tap += 2, at += 2 * Block)
        {
            Vector128<sbyte> first = Codes(places[tap], block, count, border, input), second = Codes(places[tap + 1], block, count, border, input);
            Vector256<short> x = Pairs.Widen(first), y = Pairs.Widen(second);

            // Each channel's two numbers beside each other, as its two weights are.
            Vector256<int> even = Vector256.BitwiseAnd(Widened(x.GetLower()), Vector256.Create(0xFFFF)) | (Widened(y.GetLower()) << 16);
            Vector256<int> odd = Vector256.BitwiseAnd(Widened(x.GetUpper()), Vector256.Create(0xFFFF)) | (Widened(y.GetUpper()) << 16);
            low = Pairs.Add(low, even.AsInt16(), Pairs.Widen(Vector128.Create(weights[at..])));
            high = Pairs.Add(high, odd.AsInt16(), Pairs.Widen(Vector128.Create(weights[(at + Block)..])));
        }

        low.CopyTo(sums);
        high.CopyTo(sums[8..]);
    }

    private static Vector256<int> Widened(Vector128<short> numbers) => Vector256.Create(Vector128.WidenLower(numbers), Vector128.WidenUpper(numbers));

    private static Vector128<sbyte> Codes(int place, int block, int count, int border, ReadOnlySpan<sbyte> input)
    {
        if (place < 0)
            return Vector128.Create((sbyte)border);
        if (count == Block)
            return Vector128.Create(input[(place + block)..]);
        Span<sbyte> some = stackalloc sbyte[Block];
        some.Clear();
        input.Slice(place + block, count).CopyTo(some);
        return Vector128.Create((ReadOnlySpan<sbyte>)some);
    }
}
