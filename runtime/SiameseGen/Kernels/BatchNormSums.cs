using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>Two sums a channel over the pixels of a shard, in double precision and in the order of the pixels.</summary>
internal static class BatchNormSums
{
    // Pixels are taken in tiles that stay in the first cache while one block of channels after the other sums them up in registers.
    private const int TileFloats = 4096;

    /// <summary>Means, then sums of squared deviations from them.</summary>
    /// <param name="values">Pixels.</param>
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="part">Receives 2 · channels doubles.</param>
    public static void Moments(ReadOnlySpan<float> values, int channels, Span<double> part)
    {
        int pixels = values.Length / channels, tile = TilePixels(channels);
        part.Clear();
        ref float x = ref MemoryMarshal.GetReference(values);
        ref double first = ref MemoryMarshal.GetReference(part);
        for (int start = 0; start < pixels; start += tile)
        {
            int end = Math.Min(pixels, start + tile);
            for (int c = 0; c < channels; c += Lanes.Count)
            {
                int lanes = Math.Min(Lanes.Count, channels - c);
                (Vector256<double> pivotLow, Vector256<double> pivotHigh) = Vector256.Widen(Lanes.Load(ref x, c, lanes));
                var sums = new Sums(ref first, c, channels, lanes);
                for (int p = start; p < end; p++)
                {
                    (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Lanes.Load(ref x, (p * channels) + c, lanes));
                    low -= pivotLow;
                    high -= pivotHigh;
                    sums.FirstLow += low;
                    sums.FirstHigh += high;
                    sums.SecondLow += low * low;
                    sums.SecondHigh += high * high;
                }

                sums.Store(ref first, c, channels, lanes);
            }
        }

        // So far the sums are of differences from the shard's first pixel, which keeps them small when the mean is large.
        for (int c = 0; c < channels; c++)
        {
            double sum = part[c], squares = part[channels + c] - (sum * sum / pixels);
            part[c] = values[c] + (sum / pixels);
            part[channels + c] = squares < 0 ? 0 : squares;
        }
    }

    /// <summary>Sums of gradients, then sums of gradient · (value − center).</summary>
    /// <param name="gradients">Gradients of the output's pixels.</param>
    /// <param name="values">The input's pixels.</param>
    /// <param name="centers">A center a channel.</param>
    /// <param name="part">Receives 2 · channels doubles.</param>
    public static void Gradients(ReadOnlySpan<float> gradients, ReadOnlySpan<float> values, ReadOnlySpan<float> centers, Span<double> part)
    {
        int channels = centers.Length, pixels = values.Length / channels, tile = TilePixels(channels);
        part.Clear();
        ref float g = ref MemoryMarshal.GetReference(gradients), x = ref MemoryMarshal.GetReference(values);
        ref float center = ref MemoryMarshal.GetReference(centers);
        ref double first = ref MemoryMarshal.GetReference(part);
        for (int start = 0; start < pixels; start += tile)
        {
            int end = Math.Min(pixels, start + tile);
            for (int c = 0; c < channels; c += Lanes.Count)
            {
                int lanes = Math.Min(Lanes.Count, channels - c);
                (Vector256<double> centerLow, Vector256<double> centerHigh) = Vector256.Widen(Lanes.Load(ref center, c, lanes));
                var sums = new Sums(ref first, c, channels, lanes);
                for (int p = start; p < end; p++)
                {
                    (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Lanes.Load(ref x, (p * channels) + c, lanes));
                    (Vector256<double> slopeLow, Vector256<double> slopeHigh) = Vector256.Widen(Lanes.Load(ref g, (p * channels) + c, lanes));
                    sums.FirstLow += slopeLow;
                    sums.FirstHigh += slopeHigh;
                    sums.SecondLow += slopeLow * (low - centerLow);
                    sums.SecondHigh += slopeHigh * (high - centerHigh);
                }

                sums.Store(ref first, c, channels, lanes);
            }
        }
    }

    private static int TilePixels(int channels) => Math.Max(1, TileFloats / channels);

    // Both sums of eight channels.
    private struct Sums(ref double part, int channel, int channels, int lanes)
    {
        public Vector256<double> FirstLow = Lanes.Load(ref part, channel, lanes);
        public Vector256<double> FirstHigh = Lanes.Load(ref part, channel + 4, lanes - 4);
        public Vector256<double> SecondLow = Lanes.Load(ref part, channels + channel, lanes);
        public Vector256<double> SecondHigh = Lanes.Load(ref part, channels + channel + 4, lanes - 4);

        public readonly void Store(ref double target, int channel, int channels, int lanes)
        {
            Lanes.Store(FirstLow, ref target, channel, lanes);
            Lanes.Store(FirstHigh, ref target, channel + 4, lanes - 4);
            Lanes.Store(SecondLow, ref target, channels + channel, lanes);
            Lanes.Store(SecondHigh, ref target, channels + channel + 4, lanes - 4);
        }
    }
}
