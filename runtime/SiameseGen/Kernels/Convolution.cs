using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The convolution of bordered images with packed weights. Each output is one chain of fused multiply-adds that starts at the bias and goes over
/// kernel rows, kernel columns and channels. Six pixels times sixteen filters are computed together: each weight that is loaded is
/// used six times, each pixel sixteen times, and the twelve sums never leave the registers.
/// </summary>
internal static class Convolution
{
    private const int Width = ConvolutionGeometry.PanelWidth, TilePixels = ConvolutionGeometry.TilePixels;

    /// <summary>Convolves a few images.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="images">The bordered images.</param>
    /// <param name="count">Images.</param>
    /// <param name="packed">Packed weights.</param>
    /// <param name="bias">Packed biases.</param>
    /// <param name="relu">Whether a rectifier follows.</param>
    /// <param name="output">Receives the outputs, image after image.</param>
    public static void Run(
        in ConvolutionGeometry geometry, ReadOnlySpan<float> images, int count, ReadOnlySpan<float> packed, ReadOnlySpan<float> bias, bool relu,
        Span<float> output)
    {
        int pixels = count * geometry.Pixels, filters = geometry.Filters, panelLength = geometry.Terms * Width;
        Loop loop = new(geometry.KernelHeight, geometry.Run, geometry.RowLength, relu);
        ref float first = ref MemoryMarshal.GetReference(images);
        Edge edge = default;
        for (int panel = 0; panel < geometry.Panels; panel++)
        {
            ref float weights = ref MemoryMarshal.GetReference(packed.Slice(panel * panelLength, panelLength));
            ref float biases = ref MemoryMarshal.GetReference(bias.Slice(panel * Width, Width));
            int used = Math.Min(Width, filters - (panel * Width));
            var cursor = new Cursor(geometry);
            for (int pixel = 0; pixel < pixels; pixel += TilePixels)
            {
                // The last tile repeats its last pixel.
                int last = Math.Min(TilePixels, pixels - pixel) - 1;
                ref float x0 = ref Unsafe.Add(ref first, cursor.Offset);
                ref float x1 = ref Unsafe.Add(ref first, cursor.Next(last >= 1));
                ref float x2 = ref Unsafe.Add(ref first, cursor.Next(last >= 2));
                ref float x3 = ref Unsafe.Add(ref first, cursor.Next(last >= 3));
                ref float x4 = ref Unsafe.Add(ref first, cursor.Next(last >= 4));
                ref float x5 = ref Unsafe.Add(ref first, cursor.Next(last >= 5));
                cursor.Next(last == 5);
                Span<float> target = output[((pixel * filters) + (panel * Width))..];
                if (last == 5 && used == Width)
                {
                    Tile(loop, ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref weights, ref biases, ref MemoryMarshal.GetReference(target), filters);
                    continue;
                }

                Span<float> tile = edge;
                Tile(loop, ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref weights, ref biases, ref MemoryMarshal.GetReference(tile), Width);
                for (int row = 0; row <= last; row++)
                    tile.Slice(row * Width, used).CopyTo(target[(row * filters)..]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tile(
        in Loop loop, ref float x0, ref float x1, ref float x2, ref float x3, ref float x4, ref float x5, ref float weights, ref float biases,
        ref float output, nint stride)
    {
        Vector256<float> low = Vector256.LoadUnsafe(ref biases), high = Vector256.LoadUnsafe(ref biases, 8);
        Vector256<float> a0 = low, a1 = low, a2 = low, a3 = low, a4 = low, a5 = low;
        Vector256<float> b0 = high, b1 = high, b2 = high, b3 = high, b4 = high, b5 = high;
        nint run = loop.Run, skip = loop.RowLength;
        nint start = 0;
        for (int row = loop.Rows; row > 0; row--)
        {
            for (nint i = start, end = start + run; i < end; i++)
            {
                Vector256<float> w0 = Vector256.LoadUnsafe(ref weights), w1 = Vector256.LoadUnsafe(ref weights, 8);
                weights = ref Unsafe.Add(ref weights, Width);
                Vector256<float> x = Vector256.Create(Unsafe.Add(ref x0, i));
                a0 = Vectors.MultiplyAdd(x, w0, a0);
                b0 = Vectors.MultiplyAdd(x, w1, b0);
                x = Vector256.Create(Unsafe.Add(ref x1, i));
                a1 = Vectors.MultiplyAdd(x, w0, a1);
                b1 = Vectors.MultiplyAdd(x, w1, b1);
                x = Vector256.Create(Unsafe.Add(ref x2, i));
                a2 = Vectors.MultiplyAdd(x, w0, a2);
                b2 = Vectors.MultiplyAdd(x, w1, b2);
                x = Vector256.Create(Unsafe.Add(ref x3, i));
                a3 = Vectors.MultiplyAdd(x, w0, a3);
                b3 = Vectors.MultiplyAdd(x, w1, b3);
                x = Vector256.Create(Unsafe.Add(ref x4, i));
                a4 = Vectors.MultiplyAdd(x, w0, a4);
                b4 = Vectors.MultiplyAdd(x, w1, b4);
                x = Vector256.Create(Unsafe.Add(ref x5, i));
                a5 = Vectors.MultiplyAdd(x, w0, a5);
                b5 = Vectors.MultiplyAdd(x, w1, b5);
            }

            start += skip;
        }

        if (loop.Relu)
        {
            a0 = Rectify(a0);
            a1 = Rectify(a1);
            a2 = Rectify(a2);
            a3 = Rectify(a3);
            a4 = Rectify(a4);
            a5 = Rectify(a5);
            b0 = Rectify(b0);
            b1 = Rectify(b1);
            b2 = Rectify(b2);
            b3 = Rectify(b3);
            b4 = Rectify(b4);
            b5 = Rectify(b5);
        }

        Store(a0, b0, ref output);
        Store(a1, b1, ref Unsafe.Add(ref output, stride));
        Store(a2, b2, ref Unsafe.Add(ref output, 2 * stride));
        Store(a3, b3, ref Unsafe.Add(ref output, 3 * stride));
        Store(a4, b4, ref Unsafe.Add(ref output, 4 * stride));
        Store(a5, b5, ref Unsafe.Add(ref output, 5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, ref float target)
    {
        low.StoreUnsafe(ref target);
        high.StoreUnsafe(ref target, 8);
    }

    // As the ReLU kernel: what is not a number stays so.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Rectify(Vector256<float> x) =>
        Vector256.ConditionalSelect(Vector256.LessThanOrEqual(x, Vector256<float>.Zero), Vector256<float>.Zero, x);

    private readonly record struct Loop(int Rows, int Run, int RowLength, bool Relu);

    // Where the kernel's first float is for one output pixel after another, image after image.
    private struct Cursor(in ConvolutionGeometry geometry)
    {
        private readonly int _columns = geometry.OutputWidth, _rows = geometry.OutputHeight;
        private readonly int _step = geometry.Stride * geometry.Channels;
        private readonly int _rowStep = geometry.Stride * geometry.RowLength, _imageStep = geometry.BorderedLength;
        private int _column, _row, _rowStart, _imageStart;

        public int Offset { get; private set; }

        public int Next(bool advance)
        {
            if (!advance)
                return Offset;
            Offset += _step;
            if (++_column == _columns)
            {
                _column = 0;
                _rowStart += _rowStep;
                if (++_row == _rows)
                {
                    _row = 0;
                    _imageStart += _imageStep;
                    _rowStart = _imageStart;
                }

                Offset = _rowStart;
            }

            return Offset;
        }
    }

    [InlineArray(TilePixels * Width)]
    private struct Edge
    {
        private float _first;
    }
}
