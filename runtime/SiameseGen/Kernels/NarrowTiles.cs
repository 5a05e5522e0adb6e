using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>The tiles of <see cref="RegisterTiles"/> in registers of eight floats: two hold a panel's filters, and twelve of them six pixels.</summary>
internal static class NarrowTiles
{
    private const int Width = ConvolutionGeometry.PanelWidth;

    /// <summary>Six pixels.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Six(
        in TileLoop loop, ref float x0, ref float x1, ref float x2, ref float x3, ref float x4, ref float x5,
        ref float weights, ref float biases, ref float output, nint stride)
    {
        Vector256<float> low = Vector256.LoadUnsafe(ref biases), high = Vector256.LoadUnsafe(ref biases, Lanes.Count);
        Vector256<float> a0 = low, a1 = low, a2 = low, a3 = low, a4 = low, a5 = low;
        Vector256<float> b0 = high, b1 = high, b2 = high, b3 = high, b4 = high, b5 = high;
        if (loop.Resume)
        {
            Load(ref output, out a0, out b0);
            Load(ref Unsafe.Add(ref output, stride), out a1, out b1);
            Load(ref Unsafe.Add(ref output, 2 * stride), out a2, out b2);
            Load(ref Unsafe.Add(ref output, 3 * stride), out a3, out b3);
            Load(ref Unsafe.Add(ref output, 4 * stride), out a4, out b4);
            Load(ref Unsafe.Add(ref output, 5 * stride), out a5, out b5);
        }

        nint run = loop.Run, skip = loop.RowLength, start = 0;
        for (int row = loop.Rows; row > 0; row--)
        {
            for (nint i = start, end = start + run; i < end; i++)
            {
                Vector256<float> w0 = Vector256.LoadUnsafe(ref weights), w1 = Vector256.LoadUnsafe(ref weights, Lanes.Count);
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
            a0 = ReLU.Of(a0);
            a1 = ReLU.Of(a1);
            a2 = ReLU.Of(a2);
            a3 = ReLU.Of(a3);
            a4 = ReLU.Of(a4);
            a5 = ReLU.Of(a5);
            b0 = ReLU.Of(b0);
            b1 = ReLU.Of(b1);
            b2 = ReLU.Of(b2);
            b3 = ReLU.Of(b3);
            b4 = ReLU.Of(b4);
            b5 = ReLU.Of(b5);
        }

        Store(a0, b0, ref output);
        Store(a1, b1, ref Unsafe.Add(ref output, stride));
        Store(a2, b2, ref Unsafe.Add(ref output, 2 * stride));
        Store(a3, b3, ref Unsafe.Add(ref output, 3 * stride));
        Store(a4, b4, ref Unsafe.Add(ref output, 4 * stride));
        Store(a5, b5, ref Unsafe.Add(ref output, 5 * stride));
    }

    /// <summary>Four pixels.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Four(
        in TileLoop loop, ref float x0, ref float x1, ref float x2, ref float x3,
        ref float weights, ref float biases, ref float output, nint stride)
    {
        Vector256<float> low = Vector256.LoadUnsafe(ref biases), high = Vector256.LoadUnsafe(ref biases, Lanes.Count);
        Vector256<float> a0 = low, a1 = low, a2 = low, a3 = low;
        Vector256<float> b0 = high, b1 = high, b2 = high, b3 = high;
        if (loop.Resume)
        {
            Load(ref output, out a0, out b0);
            Load(ref Unsafe.Add(ref output, stride), out a1, out b1);
            Load(ref Unsafe.Add(ref output, 2 * stride), out a2, out b2);
            Load(ref Unsafe.Add(ref output, 3 * stride), out a3, out b3);
        }

        nint run = loop.Run, skip = loop.RowLength, start = 0;
        for (int row = loop.Rows; row > 0; row--)
        {
            for (nint i = start, end = start + run; i < end; i++)
            {
                Vector256<float> w0 = Vector256.LoadUnsafe(ref weights), w1 = Vector256.LoadUnsafe(ref weights, Lanes.Count);
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
            }

            start += skip;
        }

        if (loop.Relu)
        {
            a0 = ReLU.Of(a0);
            a1 = ReLU.Of(a1);
            a2 = ReLU.Of(a2);
            a3 = ReLU.Of(a3);
            b0 = ReLU.Of(b0);
            b1 = ReLU.Of(b1);
            b2 = ReLU.Of(b2);
            b3 = ReLU.Of(b3);
        }

        Store(a0, b0, ref output);
        Store(a1, b1, ref Unsafe.Add(ref output, stride));
        Store(a2, b2, ref Unsafe.Add(ref output, 2 * stride));
        Store(a3, b3, ref Unsafe.Add(ref output, 3 * stride));
    }

    /// <summary>Two pixels.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Two(
        in TileLoop loop, ref float x0, ref float x1,
        ref float weights, ref float biases, ref float output, nint stride)
    {
        Vector256<float> low = Vector256.LoadUnsafe(ref biases), high = Vector256.LoadUnsafe(ref biases, Lanes.Count);
        Vector256<float> a0 = low, a1 = low;
        Vector256<float> b0 = high, b1 = high;
        if (loop.Resume)
        {
            Load(ref output, out a0, out b0);
            Load(ref Unsafe.Add(ref output, stride), out a1, out b1);
        }

        nint run = loop.Run, skip = loop.RowLength, start = 0;
        for (int row = loop.Rows; row > 0; row--)
        {
            for (nint i = start, end = start + run; i < end; i++)
            {
                Vector256<float> w0 = Vector256.LoadUnsafe(ref weights), w1 = Vector256.LoadUnsafe(ref weights, Lanes.Count);
                weights = ref Unsafe.Add(ref weights, Width);
                Vector256<float> x = Vector256.Create(Unsafe.Add(ref x0, i));
                a0 = Vectors.MultiplyAdd(x, w0, a0);
                b0 = Vectors.MultiplyAdd(x, w1, b0);
                x = Vector256.Create(Unsafe.Add(ref x1, i));
                a1 = Vectors.MultiplyAdd(x, w0, a1);
                b1 = Vectors.MultiplyAdd(x, w1, b1);
            }

            start += skip;
        }

        if (loop.Relu)
        {
            a0 = ReLU.Of(a0);
            a1 = ReLU.Of(a1);
            b0 = ReLU.Of(b0);
            b1 = ReLU.Of(b1);
        }

        Store(a0, b0, ref output);
        Store(a1, b1, ref Unsafe.Add(ref output, stride));
    }

    /// <summary>One pixel, and four panels.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void OneByFour(in TileLoop loop, ref float x, ref float weights, nint panelLength, ref float biases, ref float output)
    {
        Load(ref biases, out Vector256<float> a0, out Vector256<float> b0);
        Load(ref Unsafe.Add(ref biases, Width), out Vector256<float> a1, out Vector256<float> b1);
        Load(ref Unsafe.Add(ref biases, 2 * Width), out Vector256<float> a2, out Vector256<float> b2);
        Load(ref Unsafe.Add(ref biases, 3 * Width), out Vector256<float> a3, out Vector256<float> b3);
        ref float second = ref Unsafe.Add(ref weights, panelLength), third = ref Unsafe.Add(ref second, panelLength);
        ref float fourth = ref Unsafe.Add(ref third, panelLength);
        nint at = 0;
        for (nint i = 0; i < loop.Run; i++, at += Width)
        {
            Vector256<float> value = Vector256.Create(Unsafe.Add(ref x, i));
            a0 = Vectors.MultiplyAdd(value, Vector256.LoadUnsafe(ref Unsafe.Add(ref weights, at)), a0);
            b0 = Vectors.MultiplyAdd(value, Vector256.LoadUnsafe(ref Unsafe.Add(ref weights, at), Lanes.Count), b0);
            a1 = Vectors.MultiplyAdd(value, Vector256.LoadUnsafe(ref Unsafe.Add(ref second, at)), a1);
            b1 = Vectors.MultiplyAdd(value, Vector256.LoadUnsafe(ref Unsafe.Add(ref second, at), Lanes.Count), b1);
            a2 = Vectors.MultiplyAdd(value, Vector256.LoadUnsafe(ref Unsafe.Add(ref third, at)), a2);
            b2 = Vectors.MultiplyAdd(value, Vector256.LoadUnsafe(ref Unsafe.Add(ref third, at), Lanes.Count), b2);
            a3 = Vectors.MultiplyAdd(value, Vector256.LoadUnsafe(ref Unsafe.Add(ref fourth, at)), a3);
            b3 = Vectors.MultiplyAdd(value, Vector256.LoadUnsafe(ref Unsafe.Add(ref fourth, at), Lanes.Count), b3);
        }

        if (loop.Relu)
        {
            a0 = ReLU.Of(a0);
            a1 = ReLU.Of(a1);
            a2 = ReLU.Of(a2);
            a3 = ReLU.Of(a3);
            b0 = ReLU.Of(b0);
            b1 = ReLU.Of(b1);
            b2 = ReLU.Of(b2);
            b3 = ReLU.Of(b3);
        }

        Store(a0, b0, ref output);
        Store(a1, b1, ref Unsafe.Add(ref output, Width));
        Store(a2, b2, ref Unsafe.Add(ref output, 2 * Width));
        Store(a3, b3, ref Unsafe.Add(ref output, 3 * Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(ref float source, out Vector256<float> low, out Vector256<float> high)
    {
        low = Vector256.LoadUnsafe(ref source);
        high = Vector256.LoadUnsafe(ref source, Lanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, ref float target)
    {
        low.StoreUnsafe(ref target);
        high.StoreUnsafe(ref target, Lanes.Count);
    }
}
