using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>Mean and squared deviations of each channel over the pixels of a shard, in double precision and in the order of the pixels.</summary>
internal static class BatchNormMoments
{
    // Pixels are taken in tiles that stay in the first cache while one block of channels after the other sums them up in registers.
    private const int TileFloats = 512;

    /// <summary>Means, then sums of squared deviations from them.</summary>
    /// <param name="values">Pixels.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="part">Receives 2 · channels doubles.</param>
    public static void Compute(ReadOnlySpan<float> values, int channels, Span<double> part)
    {
        int pixels = values.Length / channels, tile = TilePixels(channels);
        part.Clear();
        ref float x = ref MemoryMarshal.GetReference(values);
        ref double first = ref MemoryMarshal.GetReference(part);
        for (int start = 0; start < pixels; start += tile)
        {
            int end = Math.Min(pixels, start + tile), c = 0;
            for (; c <= channels - Lanes.Count; c += Lanes.Count)
                AddMoments<WholeLanes>(ref x, start, end, channels, c, ref first);
            if (c < channels)
                AddMoments<SomeLanes>(ref x, start, end, channels, c, ref first);
        }

        // So far the sums are of differences from the shard's first pixel, which keeps them small when the mean is large.
        for (int c = 0; c < channels; c++)
        {
            double sum = part[c], squares = part[channels + c] - (sum * sum / pixels);
            part[c] = values[c] + (sum / pixels);
            part[channels + c] = squares < 0 ? 0 : squares;
        }
    }

    private static void AddMoments<TLanes>(ref float x, int start, int end, int channels, int channel, ref double sums)
        where TLanes : struct, ILanes
    {
        int lanes = channels - channel, second = channels + channel;
        (Vector256<double> pivotLow, Vector256<double> pivotHigh) = Vector256.Widen(TLanes.Load(ref x, channel, lanes));
        Vector256<double> sumLow = TLanes.Load(ref sums, channel, lanes), sumHigh = TLanes.Load(ref sums, channel + 4, lanes - 4);
        Vector256<double> squaresLow = TLanes.Load(ref sums, second, lanes), squaresHigh = TLanes.Load(ref sums, second + 4, lanes - 4);
        for (int p = start; p < end; p++)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(TLanes.Load(ref x, (p * channels) + channel, lanes));
            low -= pivotLow;
            high -= pivotHigh;
            sumLow += low;
            sumHigh += high;
            squaresLow += low * low;
            squaresHigh += high * high;
        }

        TLanes.Store(sumLow, ref sums, channel, lanes);
        TLanes.Store(sumHigh, ref sums, channel + 4, lanes - 4);
        TLanes.Store(squaresLow, ref sums, second, lanes);
        TLanes.Store(squaresHigh, ref sums, second + 4, lanes - 4);
    }

    private static int TilePixels(int channels) => Math.Max(1, TileFloats / channels);
}
