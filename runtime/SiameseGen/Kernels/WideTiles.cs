using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The register tiles in which most of the time is spent, for processors whose registers hold sixteen floats: half as many instructions for the same products,
/// so that less of the time goes into anything else. Lanes do not meet, and each has the same chain of fused multiply-adds, so that the bits are the same.
/// </summary>
internal static class WideTiles
{
    private const int Width = ConvolutionGeometry.PanelWidth;

    /// <summary>Whether the processor has such registers.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    /// <summary>What <see cref="RegisterTiles.Six"/> does.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Six(
        in TileLoop loop, ref float x0, ref float x1, ref float x2, ref float x3, ref float x4, ref float x5,
        ref float weights, ref float biases, ref float output, nint stride)
    {
        var sum0 = Vector512.LoadUnsafe(ref biases);
        Vector512<float> sum1 = sum0, sum2 = sum0, sum3 = sum0, sum4 = sum0, sum5 = sum0;
        if (loop.Resume)
        {
            sum0 = Vector512.LoadUnsafe(ref output);
            sum1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref output, stride));
            sum2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref output, 2 * stride));
            sum3 = Vector512.LoadUnsafe(ref Unsafe.Add(ref output, 3 * stride));
            sum4 = Vector512.LoadUnsafe(ref Unsafe.Add(ref output, 4 * stride));
            sum5 = Vector512.LoadUnsafe(ref Unsafe.Add(ref output, 5 * stride));
        }

        nint run = loop.Run, skip = loop.RowLength, start = 0;
        for (int row = loop.Rows; row > 0; row--)
        {
            for (nint i = start, end = start + run; i < end; i++)
            {
                var w = Vector512.LoadUnsafe(ref weights);
                weights = ref Unsafe.Add(ref weights, Width);
                sum0 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x0, i)), w, sum0);
                sum1 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x1, i)), w, sum1);
                sum2 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x2, i)), w, sum2);
                sum3 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x3, i)), w, sum3);
                sum4 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x4, i)), w, sum4);
                sum5 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref x5, i)), w, sum5);
            }

            start += skip;
        }

        Store(sum0, loop.Relu, ref output);
        Store(sum1, loop.Relu, ref Unsafe.Add(ref output, stride));
        Store(sum2, loop.Relu, ref Unsafe.Add(ref output, 2 * stride));
        Store(sum3, loop.Relu, ref Unsafe.Add(ref output, 3 * stride));
        Store(sum4, loop.Relu, ref Unsafe.Add(ref output, 4 * stride));
        Store(sum5, loop.Relu, ref Unsafe.Add(ref output, 5 * stride));
    }

    /// <summary>As <see cref="ReLU"/>: compare and select.</summary>
    /// <param name="value">Sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Rectify(Vector512<float> value) =>
        Vector512.ConditionalSelect(Vector512.LessThanOrEqual(value, Vector512<float>.Zero), Vector512<float>.Zero, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> sum, bool relu, ref float output)
    {
        if (relu)
            sum = Rectify(sum);
        sum.StoreUnsafe(ref output);
    }
}
