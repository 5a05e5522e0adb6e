using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The tiles of <see cref="RegisterTiles"/> over two panels of filters at a time, for processors whose registers hold sixteen floats, a panel's filters: six
/// sums are too few for those that finish two such instructions a cycle, each of them four cycles after it began. Chains are the same, and so are the bits.
/// </summary>
internal static class PanelPairs
{
    private const int Width = ConvolutionGeometry.PanelWidth;

    /// <summary>Six pixels.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Six(
        in TileLoop loop, ref float x0, ref float x1, ref float x2, ref float x3, ref float x4, ref float x5,
        ref float weights, ref float biases, ref float output, nint stride)
    {
        Vector512<float> a0 = Vector512.LoadUnsafe(ref biases), b0 = Vector512.LoadUnsafe(ref biases, Width);
        Vector512<float> a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0;
        Vector512<float> b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0;
        nint second = loop.SecondOutput;
        if (loop.Resume)
        {
            Load(ref output, second, out a0, out b0);
            Load(ref Unsafe.Add(ref output, stride), second, out a1, out b1);
            Load(ref Unsafe.Add(ref output, 2 * stride), second, out a2, out b2);
            Load(ref Unsafe.Add(ref output, 3 * stride), second, out a3, out b3);
            Load(ref Unsafe.Add(ref output, 4 * stride), second, out a4, out b4);
            Load(ref Unsafe.Add(ref output, 5 * stride), second, out a5, out b5);
        }

        nint run = loop.Run, skip = loop.RowLength, start = 0, panel = loop.SecondWeights;
        for (int row = loop.Rows; row > 0; row--)
        {
            for (nint i = start, end = start + run; i < end; i++)
            {
                Vector512<float> w0 = Vector512.LoadUnsafe(ref weights), w1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref weights, panel));
                weights = ref Unsafe.Add(ref weights, Width);
                var x = Vector512.Create(Unsafe.Add(ref x0, i));
                a0 = Vectors.MultiplyAdd(x, w0, a0);
                b0 = Vectors.MultiplyAdd(x, w1, b0);
                x = Vector512.Create(Unsafe.Add(ref x1, i));
                a1 = Vectors.MultiplyAdd(x, w0, a1);
                b1 = Vectors.MultiplyAdd(x, w1, b1);
                x = Vector512.Create(Unsafe.Add(ref x2, i));
                a2 = Vectors.MultiplyAdd(x, w0, a2);
                b2 = Vectors.MultiplyAdd(x, w1, b2);
                x = Vector512.Create(Unsafe.Add(ref x3, i));
                a3 = Vectors.MultiplyAdd(x, w0, a3);
                b3 = Vectors.MultiplyAdd(x, w1, b3);
                x = Vector512.Create(Unsafe.Add(ref x4, i));
                a4 = Vectors.MultiplyAdd(x, w0, a4);
                b4 = Vectors.MultiplyAdd(x, w1, b4);
                x = Vector512.Create(Unsafe.Add(ref x5, i));
                a5 = Vectors.MultiplyAdd(x, w0, a5);
                b5 = Vectors.MultiplyAdd(x, w1, b5);
            }

            start += skip;
        }

        bool relu = loop.Relu;
        Store(a0, b0, relu, ref output, second);
        Store(a1, b1, relu, ref Unsafe.Add(ref output, stride), second);
        Store(a2, b2, relu, ref Unsafe.Add(ref output, 2 * stride), second);
        Store(a3, b3, relu, ref Unsafe.Add(ref output, 3 * stride), second);
        Store(a4, b4, relu, ref Unsafe.Add(ref output, 4 * stride), second);
        Store(a5, b5, relu, ref Unsafe.Add(ref output, 5 * stride), second);
    }

    /// <summary>One twelve of pixels after another, each pixel a step away from the one before; kernels have one row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Twelves(
        in TileLoop loop, nint tiles, ref float x0, nint step, ref float weights, ref float biases, ref float output, nint stride)
    {
        nint run = loop.Run, panel = loop.SecondWeights, second = loop.SecondOutput;
        bool resume = loop.Resume, relu = loop.Relu;
        for (; tiles > 0; tiles--)
        {
            ref float x1 = ref Unsafe.Add(ref x0, step), x2 = ref Unsafe.Add(ref x1, step), x3 = ref Unsafe.Add(ref x2, step);
            ref float x4 = ref Unsafe.Add(ref x3, step), x5 = ref Unsafe.Add(ref x4, step), x6 = ref Unsafe.Add(ref x5, step);
            ref float x7 = ref Unsafe.Add(ref x6, step), x8 = ref Unsafe.Add(ref x7, step), x9 = ref Unsafe.Add(ref x8, step);
            ref float x10 = ref Unsafe.Add(ref x9, step), x11 = ref Unsafe.Add(ref x10, step), w = ref weights;
            Vector512<float> a0 = Vector512.LoadUnsafe(ref biases), b0 = Vector512.LoadUnsafe(ref biases, Width);
            Vector512<float> a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0, a8 = a0, a9 = a0, a10 = a0, a11 = a0;
            Vector512<float> b1 = b0, b2 = b0, b3 = b0, b4 = b0, b5 = b0, b6 = b0, b7 = b0, b8 = b0, b9 = b0, b10 = b0, b11 = b0;
            if (resume)
            {
                Load(ref output, second, out a0, out b0);
                Load(ref Unsafe.Add(ref output, stride), second, out a1, out b1);
                Load(ref Unsafe.Add(ref output, 2 * stride), second, out a2, out b2);
                Load(ref Unsafe.Add(ref output, 3 * stride), second, out a3, out b3);
                Load(ref Unsafe.Add(ref output, 4 * stride), second, out a4, out b4);
                Load(ref Unsafe.Add(ref output, 5 * stride), second, out a5, out b5);
                Load(ref Unsafe.Add(ref output, 6 * stride), second, out a6, out b6);
                Load(ref Unsafe.Add(ref output, 7 * stride), second, out a7, out b7);
                Load(ref Unsafe.Add(ref output, 8 * stride), second, out a8, out b8);
                Load(ref Unsafe.Add(ref output, 9 * stride), second, out a9, out b9);
                Load(ref Unsafe.Add(ref output, 10 * stride), second, out a10, out b10);
                Load(ref Unsafe.Add(ref output, 11 * stride), second, out a11, out b11);
            }

            for (nint i = 0; i < run; i++)
            {
                Vector512<float> w0 = Vector512.LoadUnsafe(ref w), w1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref w, panel));
                w = ref Unsafe.Add(ref w, Width);
                var x = Vector512.Create(Unsafe.Add(ref x0, i));
                a0 = Vectors.MultiplyAdd(x, w0, a0);
                b0 = Vectors.MultiplyAdd(x, w1, b0);
                x = Vector512.Create(Unsafe.Add(ref x1, i));
                a1 = Vectors.MultiplyAdd(x, w0, a1);
                b1 = Vectors.MultiplyAdd(x, w1, b1);
                x = Vector512.Create(Unsafe.Add(ref x2, i));
                a2 = Vectors.MultiplyAdd(x, w0, a2);
                b2 = Vectors.MultiplyAdd(x, w1, b2);
                x = Vector512.Create(Unsafe.Add(ref x3, i));
                a3 = Vectors.MultiplyAdd(x, w0, a3);
                b3 = Vectors.MultiplyAdd(x, w1, b3);
                x = Vector512.Create(Unsafe.Add(ref x4, i));
                a4 = Vectors.MultiplyAdd(x, w0, a4);
                b4 = Vectors.MultiplyAdd(x, w1, b4);
                x = Vector512.Create(Unsafe.Add(ref x5, i));
                a5 = Vectors.MultiplyAdd(x, w0, a5);
                b5 = Vectors.MultiplyAdd(x, w1, b5);
                x = Vector512.Create(Unsafe.Add(ref x6, i));
                a6 = Vectors.MultiplyAdd(x, w0, a6);
                b6 = Vectors.MultiplyAdd(x, w1, b6);
                x = Vector512.Create(Unsafe.Add(ref x7, i));
                a7 = Vectors.MultiplyAdd(x, w0, a7);
                b7 = Vectors.MultiplyAdd(x, w1, b7);
                x = Vector512.Create(Unsafe.Add(ref x8, i));
                a8 = Vectors.MultiplyAdd(x, w0, a8);
                b8 = Vectors.MultiplyAdd(x, w1, b8);
                x = Vector512.Create(Unsafe.Add(ref x9, i));
                a9 = Vectors.MultiplyAdd(x, w0, a9);
                b9 = Vectors.MultiplyAdd(x, w1, b9);
                x = Vector512.Create(Unsafe.Add(ref x10, i));
                a10 = Vectors.MultiplyAdd(x, w0, a10);
                b10 = Vectors.MultiplyAdd(x, w1, b10);
                x = Vector512.Create(Unsafe.Add(ref x11, i));
                a11 = Vectors.MultiplyAdd(x, w0, a11);
                b11 = Vectors.MultiplyAdd(x, w1, b11);
            }

            Store(a0, b0, relu, ref output, second);
            Store(a1, b1, relu, ref Unsafe.Add(ref output, stride), second);
            Store(a2, b2, relu, ref Unsafe.Add(ref output, 2 * stride), second);
            Store(a3, b3, relu, ref Unsafe.Add(ref output, 3 * stride), second);
            Store(a4, b4, relu, ref Unsafe.Add(ref output, 4 * stride), second);
            Store(a5, b5, relu, ref Unsafe.Add(ref output, 5 * stride), second);
            Store(a6, b6, relu, ref Unsafe.Add(ref output, 6 * stride), second);
            Store(a7, b7, relu, ref Unsafe.Add(ref output, 7 * stride), second);
            Store(a8, b8, relu, ref Unsafe.Add(ref output, 8 * stride), second);
            Store(a9, b9, relu, ref Unsafe.Add(ref output, 9 * stride), second);
            Store(a10, b10, relu, ref Unsafe.Add(ref output, 10 * stride), second);
            Store(a11, b11, relu, ref Unsafe.Add(ref output, 11 * stride), second);
            x0 = ref Unsafe.Add(ref x11, step);
            output = ref Unsafe.Add(ref output, 12 * stride);
        }
    }

    /// <summary>Four pixels.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Four(
        in TileLoop loop, ref float x0, ref float x1, ref float x2, ref float x3,
        ref float weights, ref float biases, ref float output, nint stride)
    {
        Vector512<float> a0 = Vector512.LoadUnsafe(ref biases), b0 = Vector512.LoadUnsafe(ref biases, Width);
        Vector512<float> a1 = a0, a2 = a0, a3 = a0;
        Vector512<float> b1 = b0, b2 = b0, b3 = b0;
        nint second = loop.SecondOutput;
        if (loop.Resume)
        {
            Load(ref output, second, out a0, out b0);
            Load(ref Unsafe.Add(ref output, stride), second, out a1, out b1);
            Load(ref Unsafe.Add(ref output, 2 * stride), second, out a2, out b2);
            Load(ref Unsafe.Add(ref output, 3 * stride), second, out a3, out b3);
        }

        nint run = loop.Run, skip = loop.RowLength, start = 0, panel = loop.SecondWeights;
        for (int row = loop.Rows; row > 0; row--)
        {
            for (nint i = start, end = start + run; i < end; i++)
            {
                Vector512<float> w0 = Vector512.LoadUnsafe(ref weights), w1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref weights, panel));
                weights = ref Unsafe.Add(ref weights, Width);
                var x = Vector512.Create(Unsafe.Add(ref x0, i));
                a0 = Vectors.MultiplyAdd(x, w0, a0);
                b0 = Vectors.MultiplyAdd(x, w1, b0);
                x = Vector512.Create(Unsafe.Add(ref x1, i));
                a1 = Vectors.MultiplyAdd(x, w0, a1);
                b1 = Vectors.MultiplyAdd(x, w1, b1);
                x = Vector512.Create(Unsafe.Add(ref x2, i));
                a2 = Vectors.MultiplyAdd(x, w0, a2);
                b2 = Vectors.MultiplyAdd(x, w1, b2);
                x = Vector512.Create(Unsafe.Add(ref x3, i));
                a3 = Vectors.MultiplyAdd(x, w0, a3);
                b3 = Vectors.MultiplyAdd(x, w1, b3);
            }

            start += skip;
        }

        bool relu = loop.Relu;
        Store(a0, b0, relu, ref output, second);
        Store(a1, b1, relu, ref Unsafe.Add(ref output, stride), second);
        Store(a2, b2, relu, ref Unsafe.Add(ref output, 2 * stride), second);
        Store(a3, b3, relu, ref Unsafe.Add(ref output, 3 * stride), second);
    }

    /// <summary>Two pixels.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Two(
        in TileLoop loop, ref float x0, ref float x1,
        ref float weights, ref float biases, ref float output, nint stride)
    {
        Vector512<float> a0 = Vector512.LoadUnsafe(ref biases), b0 = Vector512.LoadUnsafe(ref biases, Width);
        Vector512<float> a1 = a0;
        Vector512<float> b1 = b0;
        nint second = loop.SecondOutput;
        if (loop.Resume)
        {
            Load(ref output, second, out a0, out b0);
            Load(ref Unsafe.Add(ref output, stride), second, out a1, out b1);
        }

        nint run = loop.Run, skip = loop.RowLength, start = 0, panel = loop.SecondWeights;
        for (int row = loop.Rows; row > 0; row--)
        {
            for (nint i = start, end = start + run; i < end; i++)
            {
                Vector512<float> w0 = Vector512.LoadUnsafe(ref weights), w1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref weights, panel));
                weights = ref Unsafe.Add(ref weights, Width);
                var x = Vector512.Create(Unsafe.Add(ref x0, i));
                a0 = Vectors.MultiplyAdd(x, w0, a0);
                b0 = Vectors.MultiplyAdd(x, w1, b0);
                x = Vector512.Create(Unsafe.Add(ref x1, i));
                a1 = Vectors.MultiplyAdd(x, w0, a1);
                b1 = Vectors.MultiplyAdd(x, w1, b1);
            }

            start += skip;
        }

        bool relu = loop.Relu;
        Store(a0, b0, relu, ref output, second);
        Store(a1, b1, relu, ref Unsafe.Add(ref output, stride), second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(ref float source, nint second, out Vector512<float> a, out Vector512<float> b)
    {
        a = Vector512.LoadUnsafe(ref source);
        b = Vector512.LoadUnsafe(ref Unsafe.Add(ref source, second));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> a, Vector512<float> b, bool relu, ref float target, nint second)
    {
        if (relu)
        {
            a = WideTiles.Rectify(a);
            b = WideTiles.Rectify(b);
        }

        a.StoreUnsafe(ref target);
        b.StoreUnsafe(ref Unsafe.Add(ref target, second));
    }
}
