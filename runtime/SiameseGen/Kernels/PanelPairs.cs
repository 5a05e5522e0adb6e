using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The tiles of <see cref="RegisterTiles"/> over two panels of filters at a time, for processors whose registers hold sixteen floats, a panel's filters: six
/// sums are too few for those that finish two such instructions a cycle, each of them four cycles after it began. Chains are the same, and so are the bits.
/// </summary>
internal static class PanelPairs
{
    /// <summary>Inputs of <see cref="Gradient"/>.</summary>
    public const int GradientInputs = 8;

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

    /// <summary>What <see cref="WideTiles.Gradient"/> does, over two panels and eight inputs, which lie in one cache line.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="inputs">Eight adjacent inputs of the first row.</param>
    /// <param name="inputStep">Floats from one row's inputs to the next one's.</param>
    /// <param name="slopes">Sixteen slopes of each row, one row after the other.</param>
    /// <param name="secondSlopes">Floats from a panel's slopes to the next one's.</param>
    /// <param name="goOn">Whether sums go on from what is in the gradient.</param>
    /// <param name="gradient">Receives eight rows of sixteen.</param>
    /// <param name="secondGradient">Floats from a panel's gradient to the next one's.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Gradient(
        nint rows, ref float inputs, nint inputStep, ref float slopes, nint secondSlopes, bool goOn, ref float gradient, nint secondGradient)
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
        Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default, b6 = default, b7 = default;
        for (; rows > 0; rows--)
        {
            Vector512<float> g0 = Vector512.LoadUnsafe(ref slopes), g1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref slopes, secondSlopes));
            slopes = ref Unsafe.Add(ref slopes, Width);
            var x = Vector512.Create(inputs);
            a0 = Vectors.MultiplyAdd(x, g0, a0);
            b0 = Vectors.MultiplyAdd(x, g1, b0);
            x = Vector512.Create(Unsafe.Add(ref inputs, 1));
            a1 = Vectors.MultiplyAdd(x, g0, a1);
            b1 = Vectors.MultiplyAdd(x, g1, b1);
            x = Vector512.Create(Unsafe.Add(ref inputs, 2));
            a2 = Vectors.MultiplyAdd(x, g0, a2);
            b2 = Vectors.MultiplyAdd(x, g1, b2);
            x = Vector512.Create(Unsafe.Add(ref inputs, 3));
            a3 = Vectors.MultiplyAdd(x, g0, a3);
            b3 = Vectors.MultiplyAdd(x, g1, b3);
            x = Vector512.Create(Unsafe.Add(ref inputs, 4));
            a4 = Vectors.MultiplyAdd(x, g0, a4);
            b4 = Vectors.MultiplyAdd(x, g1, b4);
            x = Vector512.Create(Unsafe.Add(ref inputs, 5));
            a5 = Vectors.MultiplyAdd(x, g0, a5);
            b5 = Vectors.MultiplyAdd(x, g1, b5);
            x = Vector512.Create(Unsafe.Add(ref inputs, 6));
            a6 = Vectors.MultiplyAdd(x, g0, a6);
            b6 = Vectors.MultiplyAdd(x, g1, b6);
            x = Vector512.Create(Unsafe.Add(ref inputs, 7));
            a7 = Vectors.MultiplyAdd(x, g0, a7);
            b7 = Vectors.MultiplyAdd(x, g1, b7);
            inputs = ref Unsafe.Add(ref inputs, inputStep);
        }

        Finish(a0, b0, goOn, ref gradient, secondGradient);
        Finish(a1, b1, goOn, ref Unsafe.Add(ref gradient, Width), secondGradient);
        Finish(a2, b2, goOn, ref Unsafe.Add(ref gradient, 2 * Width), secondGradient);
        Finish(a3, b3, goOn, ref Unsafe.Add(ref gradient, 3 * Width), secondGradient);
        Finish(a4, b4, goOn, ref Unsafe.Add(ref gradient, 4 * Width), secondGradient);
        Finish(a5, b5, goOn, ref Unsafe.Add(ref gradient, 5 * Width), secondGradient);
        Finish(a6, b6, goOn, ref Unsafe.Add(ref gradient, 6 * Width), secondGradient);
        Finish(a7, b7, goOn, ref Unsafe.Add(ref gradient, 7 * Width), secondGradient);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(Vector512<float> a, Vector512<float> b, bool goOn, ref float gradient, nint second)
    {
        if (goOn)
        {
            a += Vector512.LoadUnsafe(ref gradient);
            b += Vector512.LoadUnsafe(ref Unsafe.Add(ref gradient, second));
        }

        Store(a, b, relu: false, ref gradient, second);
    }
}
