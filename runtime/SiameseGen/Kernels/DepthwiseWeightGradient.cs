using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The gradient of a depthwise convolution's weights: for each tap and channel, the sum over all outputs of the input under the tap times the gradient of the
/// output. Each sum is one chain of fused multiply-adds from zero, over images, rows and columns; outputs for which the tap lies outside of the
/// image are left out.
/// </summary>
internal static class DepthwiseWeightGradient
{
    /// <summary>Floats that the sums take: whole vectors for each tap.</summary>
    /// <param name="shape">The convolution.</param>
    public static int SumsLength(in DepthwiseConv2DShape shape) => shape.KernelHeight * shape.KernelWidth * VectorsOf(shape.Channels) * Lanes.Count;

    /// <summary>Adds the gradient.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="images">The inputs, one after another.</param>
    /// <param name="slopes">The gradient of their outputs.</param>
    /// <param name="sums">Memory for <see cref="SumsLength"/> floats.</param>
    /// <param name="gradient">The gradient of the weights, added to.</param>
    public static void Add(
        in DepthwiseConv2DShape shape, ReadOnlySpan<float> images, ReadOnlySpan<float> slopes, Span<float> sums, Span<float> gradient)
    {
        DepthwiseGeometry geometry = DepthwiseGeometry.Of(shape);
        sums = sums[..SumsLength(shape)];
        sums.Clear();
        (int first, int end) = geometry.InnerOutputs();
        bool threes = geometry.FitsTilesOfThree(first, end);
        while (!images.IsEmpty)
        {
            if (threes)
                AddThrees(geometry, first, end, images[..geometry.InputLength], slopes[..geometry.OutputLength], sums);
            for (int column = 0; !threes && column < shape.KernelWidth; column++)
                AddColumn(geometry, column, images[..geometry.InputLength], slopes[..geometry.OutputLength], sums);
            images = images[geometry.InputLength..];
            slopes = slopes[geometry.OutputLength..];
        }

        AddUp(sums, shape.Channels, gradient);
    }

    // All taps of a kernel of three columns, for one image; see DepthwiseConvolution.
    private static void AddThrees(
        in DepthwiseGeometry geometry, int first, int end, ReadOnlySpan<float> image, ReadOnlySpan<float> slopes, Span<float> sums)
    {
        int channels = geometry.Channels, tapLength = VectorsOf(channels) * Lanes.Count;
        int start = geometry.MiddleOfFirst(first) * channels;
        var line = new DepthwiseGradientOfThree(
            geometry.OutputWidth, first > 0, end < geometry.OutputWidth, channels, geometry.InputColumn, tapLength);
        for (int row = 0; row < geometry.OutputHeight; row++)
        {
            DepthwiseGeometry.Overlap rows = geometry.Rows(row);
            ref float dy = ref MemoryMarshal.GetReference(slopes[(row * geometry.OutputRow)..]);
            for (int i = 0; i < rows.Count; i++)
            {
                ref float x = ref MemoryMarshal.GetReference(image[(((rows.Position + i) * geometry.InputRow) + start)..]);
                line.Add(ref x, ref dy, ref MemoryMarshal.GetReference(sums.Slice((rows.First + i) * 3 * tapLength, 3 * tapLength)));
            }
        }
    }

    // All taps of one column of the kernel, for one image.
    private static void AddColumn(in DepthwiseGeometry geometry, int column, ReadOnlySpan<float> image, ReadOnlySpan<float> slopes, Span<float> sums)
    {
        (int first, int end) = geometry.OutputsUnder(column);
        if (first == end)
            return;
        int channels = geometry.Channels, tapLength = VectorsOf(channels) * Lanes.Count;
        int start = geometry.ColumnUnder(column, first) * channels;
        for (int row = 0; row < geometry.OutputHeight; row++)
        {
            DepthwiseGeometry.Overlap rows = geometry.Rows(row);
            ref float dy = ref MemoryMarshal.GetReference(slopes[((row * geometry.OutputRow) + (first * channels))..]);
            for (int i = 0; i < rows.Count; i++)
            {
                ref float x = ref MemoryMarshal.GetReference(image[(((rows.Position + i) * geometry.InputRow) + start)..]);
                int tap = ((rows.First + i) * geometry.KernelWidth) + column;
                ref float sum = ref MemoryMarshal.GetReference(sums.Slice(tap * tapLength, tapLength));
                AddRow(geometry, end - first, ref x, ref dy, ref sum);
            }
        }
    }

    // One tap, for a row of outputs.
    private static void AddRow(in DepthwiseGeometry geometry, int count, ref float x, ref float dy, ref float sums)
    {
        nint step = geometry.InputColumn, channels = geometry.Channels;
        if (channels < Lanes.Count)
        {
            Vector256<float> sum = Vector256.LoadUnsafe(ref sums);
            for (int i = 0; i < count; i++)
            {
                Vector256<float> input = SomeLanes.Load(ref x, i * (int)step, (int)channels), slope = SomeLanes.Load(ref dy, i * (int)channels, (int)channels);
                sum = Vectors.MultiplyAdd(input, slope, sum);
            }

            sum.StoreUnsafe(ref sums);
            return;
        }

        // The last vector ends with the last channel, so it overlaps the one before where channels fill no vector.
        nint c = 0;
        for (; c + (3 * Lanes.Count) < channels; c += 4 * Lanes.Count)
        {
            nint last = Math.Min(3 * Lanes.Count, channels - Lanes.Count - c);
            Four(count, step, channels, last, ref Unsafe.Add(ref x, c), ref Unsafe.Add(ref dy, c), ref Unsafe.Add(ref sums, c));
        }

        if (c + Lanes.Count < channels)
        {
            nint last = Math.Min(Lanes.Count, channels - Lanes.Count - c);
            Two(count, step, channels, last, ref Unsafe.Add(ref x, c), ref Unsafe.Add(ref dy, c), ref Unsafe.Add(ref sums, c));
            c += 2 * Lanes.Count;
        }

        if (c < channels)
        {
            nint last = Math.Min(c, channels - Lanes.Count);
            One(count, step, channels, ref Unsafe.Add(ref x, last), ref Unsafe.Add(ref dy, last), ref Unsafe.Add(ref sums, c));
        }
    }

    private static void Four(int count, nint step, nint channels, nint last, ref float x, ref float dy, ref float sums)
    {
        Vector256<float> a0 = Vector256.LoadUnsafe(ref sums), a1 = Vector256.LoadUnsafe(ref sums, Lanes.Count);
        Vector256<float> a2 = Vector256.LoadUnsafe(ref sums, 2 * Lanes.Count), a3 = Vector256.LoadUnsafe(ref sums, 3 * Lanes.Count);
        for (; count > 0; count--)
        {
            a0 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x), Vector256.LoadUnsafe(ref dy), a0);
            a1 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x, Lanes.Count), Vector256.LoadUnsafe(ref dy, Lanes.Count), a1);
            a2 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x, 2 * Lanes.Count), Vector256.LoadUnsafe(ref dy, 2 * Lanes.Count), a2);
            a3 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x, (nuint)last), Vector256.LoadUnsafe(ref dy, (nuint)last), a3);
            x = ref Unsafe.Add(ref x, step);
            dy = ref Unsafe.Add(ref dy, channels);
        }

        a0.StoreUnsafe(ref sums);
        a1.StoreUnsafe(ref sums, Lanes.Count);
        a2.StoreUnsafe(ref sums, 2 * Lanes.Count);
        a3.StoreUnsafe(ref sums, 3 * Lanes.Count);
    }

    private static void Two(int count, nint step, nint channels, nint last, ref float x, ref float dy, ref float sums)
    {
        Vector256<float> a0 = Vector256.LoadUnsafe(ref sums), a1 = Vector256.LoadUnsafe(ref sums, Lanes.Count);
        for (; count > 0; count--)
        {
            a0 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x), Vector256.LoadUnsafe(ref dy), a0);
            a1 = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x, (nuint)last), Vector256.LoadUnsafe(ref dy, (nuint)last), a1);
            x = ref Unsafe.Add(ref x, step);
            dy = ref Unsafe.Add(ref dy, channels);
        }

        a0.StoreUnsafe(ref sums);
        a1.StoreUnsafe(ref sums, Lanes.Count);
    }

    private static void One(int count, nint step, nint channels, ref float x, ref float dy, ref float sums)
    {
        Vector256<float> sum = Vector256.LoadUnsafe(ref sums);
        for (; count > 0; count--)
        {
            sum = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref x), Vector256.LoadUnsafe(ref dy), sum);
            x = ref Unsafe.Add(ref x, step);
            dy = ref Unsafe.Add(ref dy, channels);
        }

        sum.StoreUnsafe(ref sums);
    }

    // Each tap's sums are whole vectors; of a last one that overlaps the one before, only the end is new.
    private static void AddUp(ReadOnlySpan<float> sums, int channels, Span<float> gradient)
    {
        int tapLength = VectorsOf(channels) * Lanes.Count, whole = channels / Lanes.Count * Lanes.Count;
        int shift = channels < Lanes.Count ? 0 : tapLength - channels;
        while (!sums.IsEmpty)
        {
            for (int c = 0; c < channels; c++)
                gradient[c] += sums[c < whole ? c : c + shift];
            gradient = gradient[channels..];
            sums = sums[tapLength..];
        }
    }

    private static int VectorsOf(int channels) => (channels + Lanes.Count - 1) / Lanes.Count;
}
