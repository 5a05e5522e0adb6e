using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The register tiles of weight gradients, a few inputs times sixteen slopes, for processors whose registers hold as many floats. Lanes do not meet, and each
/// has the same chain of fused multiply-adds as in registers of eight.
/// </summary>
internal static class GradientTiles
{
    /// <summary>Inputs of <see cref="EightOfPair"/>: channels are filled up to as many.</summary>
    public const int InputsOfPair = Lanes.Count;

    private const int Width = ConvolutionGeometry.PanelWidth;

    /// <summary>Six inputs times sixteen slopes, summed over rows: the tile of a weight gradient.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="inputs">Six adjacent inputs of the first row.</param>
    /// <param name="inputStep">Floats from one row's inputs to the next one's.</param>
    /// <param name="slopes">Sixteen slopes of each row, one row after the other.</param>
    /// <param name="goOn">Whether sums go on from what is in the gradient.</param>
    /// <param name="gradient">Receives six rows of sixteen.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Six(nint rows, ref float inputs, nint inputStep, ref float slopes, bool goOn, ref float gradient)
    {
        Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default, sum5 = default;
        for (; rows > 0; rows--)
        {
            var slope = Vector512.LoadUnsafe(ref slopes);
            slopes = ref Unsafe.Add(ref slopes, Width);
            sum0 = Vectors.MultiplyAdd(Vector512.Create(inputs), slope, sum0);
            sum1 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref inputs, 1)), slope, sum1);
            sum2 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref inputs, 2)), slope, sum2);
            sum3 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref inputs, 3)), slope, sum3);
            sum4 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref inputs, 4)), slope, sum4);
            sum5 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref inputs, 5)), slope, sum5);
            inputs = ref Unsafe.Add(ref inputs, inputStep);
        }

        if (goOn)
        {
            sum0 += Vector512.LoadUnsafe(ref gradient);
            sum1 += Vector512.LoadUnsafe(ref Unsafe.Add(ref gradient, Width));
            sum2 += Vector512.LoadUnsafe(ref Unsafe.Add(ref gradient, 2 * Width));
            sum3 += Vector512.LoadUnsafe(ref Unsafe.Add(ref gradient, 3 * Width));
            sum4 += Vector512.LoadUnsafe(ref Unsafe.Add(ref gradient, 4 * Width));
            sum5 += Vector512.LoadUnsafe(ref Unsafe.Add(ref gradient, 5 * Width));
        }

        sum0.StoreUnsafe(ref gradient);
        sum1.StoreUnsafe(ref Unsafe.Add(ref gradient, Width));
        sum2.StoreUnsafe(ref Unsafe.Add(ref gradient, 2 * Width));
        sum3.StoreUnsafe(ref Unsafe.Add(ref gradient, 3 * Width));
        sum4.StoreUnsafe(ref Unsafe.Add(ref gradient, 4 * Width));
        sum5.StoreUnsafe(ref Unsafe.Add(ref gradient, 5 * Width));
    }

    /// <summary>Six inputs at each of so many places times sixteen slopes, summed over the places and added to a gradient.</summary>
    /// <param name="positions">The places: floats from an input's first one.</param>
    /// <param name="x0">The first input of the first place.</param>
    /// <param name="x1">The second input of the first place.</param>
    /// <param name="x2">The third input of the first place.</param>
    /// <param name="x3">The fourth input of the first place.</param>
    /// <param name="x4">The fifth input of the first place.</param>
    /// <param name="x5">The sixth input of the first place.</param>
    /// <param name="slopes">Sixteen slopes of each place, one place after the other.</param>
    /// <param name="gradient">Six rows of sixteen, added to.</param>
    /// <param name="stride">Floats from row to row.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void SixAt(
        ReadOnlySpan<int> positions, ref float x0, ref float x1, ref float x2, ref float x3, ref float x4, ref float x5, ref float slopes,
        ref float gradient, nint stride)
    {
        Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default, sum5 = default;
        foreach (int position in positions)
        {
            nint at = position;
            var slope = Vector512.LoadUnsafe(ref slopes);
            slopes = ref Unsafe.Add(ref slopes, Width);
            sum0 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x0, at)), slope, sum0);
            sum1 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x1, at)), slope, sum1);
            sum2 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x2, at)), slope, sum2);
            sum3 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x3, at)), slope, sum3);
            sum4 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x4, at)), slope, sum4);
            sum5 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x5, at)), slope, sum5);
        }

        Add(sum0, ref gradient);
        Add(sum1, ref Unsafe.Add(ref gradient, stride));
        Add(sum2, ref Unsafe.Add(ref gradient, 2 * stride));
        Add(sum3, ref Unsafe.Add(ref gradient, 3 * stride));
        Add(sum4, ref Unsafe.Add(ref gradient, 4 * stride));
        Add(sum5, ref Unsafe.Add(ref gradient, 5 * stride));
    }

    /// <summary>What <see cref="Six"/> does, over two panels and eight inputs, which lie in one cache line.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="inputs">Eight adjacent inputs of the first row.</param>
    /// <param name="inputStep">Floats from one row's inputs to the next one's.</param>
    /// <param name="slopes">Sixteen slopes of each row, one row after the other, of the first panel.</param>
    /// <param name="secondSlopes">Floats from a panel's slopes to the next one's.</param>
    /// <param name="goOn">Whether sums go on from what is in the gradient.</param>
    /// <param name="gradient">Receives eight rows of sixteen, of the first panel.</param>
    /// <param name="secondGradient">Floats from a panel's gradient to the next one's.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void EightOfPair(
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
    private static void Add(Vector512<float> sum, ref float gradient) => (Vector512.LoadUnsafe(ref gradient) + sum).StoreUnsafe(ref gradient);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(Vector512<float> a, Vector512<float> b, bool goOn, ref float gradient, nint second)
    {
        if (goOn)
        {
            a += Vector512.LoadUnsafe(ref gradient);
            b += Vector512.LoadUnsafe(ref Unsafe.Add(ref gradient, second));
        }

        a.StoreUnsafe(ref gradient);
        b.StoreUnsafe(ref Unsafe.Add(ref gradient, second));
    }
}
