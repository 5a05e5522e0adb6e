using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The gradient of a Winograd convolution's weights, which is the transpose of its forward computation: output gradients y of a tile become A y Aᵀ at all
/// positions, the products with the transformed inputs are summed over tiles, and <see cref="WinogradWeights"/> goes back to 3 × 3.
/// </summary>
internal static class WinogradGradient
{
    private const int Width = ConvolutionGeometry.PanelWidth, TileChannels = ConvolutionGeometry.TilePixels;

    /// <summary>Transforms the output gradients of a panel of filters.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="gradient">The gradients of a few images, one after another.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="slopes">Receives the matrices of all positions, tiles × 16; what belongs to no filter is undefined.</param>
    public static void Transform(in WinogradGeometry geometry, ReadOnlySpan<float> gradient, int count, int panel, Span<float> slopes) =>
        WinogradPatches<Tiles>.Transform(
            geometry, gradient[(panel * Width)..], new ImageSize(geometry.OutputHeight, geometry.OutputWidth, geometry.Filters), top: 0, left: 0,
            Math.Min(Width, geometry.Filters - (panel * Width)), count, slopes, Width, geometry.OutputPitch);

    /// <summary>The products of inputs and output gradients of a panel or two at all positions, summed over tiles.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="inputs">Transformed inputs.</param>
    /// <param name="slopes">Transformed output gradients, one panel's after the other's.</param>
    /// <param name="panels">Panels of filters: one, or two where <see cref="RegisterTiles.Panels"/> says so.</param>
    /// <param name="count">Images.</param>
    /// <param name="goOn">Whether sums go on from what is in the gradient.</param>
    /// <param name="gradient">Receives for each panel and position channels, padded, × 16; rows beyond the channels are undefined.</param>
    public static void Add(
        in WinogradGeometry geometry, ReadOnlySpan<float> inputs, ReadOnlySpan<float> slopes, int panels, int count, bool goOn, Span<float> gradient)
    {
        WinogradMatrices matrices = geometry.Matrices;
        ref float v = ref MemoryMarshal.GetReference(inputs[..matrices.InputsLength]), z = ref MemoryMarshal.GetReference(slopes[..(panels * matrices.OutputsLength)]);
        ref float u = ref MemoryMarshal.GetReference(gradient[..(panels * matrices.PanelGradientLength)]);
        bool isPair = panels > 1;
        for (int position = 0; position < matrices.Positions; position++)
        {
            // A position that no tile has is left at zero.
            int rows = geometry.RowsOf(position, count);
            for (int channel = 0; channel < matrices.Channels; channel += isPair ? GradientTiles.InputsOfPair : TileChannels)
            {
                ref float x = ref Unsafe.Add(ref v, channel), sums = ref Unsafe.Add(ref u, channel * Width);
                if (isPair)
                    GradientTiles.EightOfPair(rows, ref x, matrices.PaddedChannels, ref z, matrices.OutputsLength, goOn, ref sums, matrices.PanelGradientLength);
                else if (WideTiles.IsSupported)
                    GradientTiles.Six(rows, ref x, matrices.PaddedChannels, ref z, goOn, ref sums);
                else
                    AddTile(rows, ref x, matrices.PaddedChannels, ref z, goOn, ref sums);
            }

            v = ref Unsafe.Add(ref v, matrices.InputPitch);
            z = ref Unsafe.Add(ref z, matrices.OutputPitch);
            u = ref Unsafe.Add(ref u, matrices.GradientPitch);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddTile(nint tiles, ref float inputs, nint channels, ref float slopes, bool goOn, ref float gradient)
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default;
        for (; tiles > 0; tiles--)
        {
            Vector256<float> g0 = Vector256.LoadUnsafe(ref slopes), g1 = Vector256.LoadUnsafe(ref slopes, Lanes.Count);
            slopes = ref Unsafe.Add(ref slopes, Width);
            Vector256<float> x = Vector256.Create(inputs);
            a0 = Vectors.MultiplyAdd(x, g0, a0);
            b0 = Vectors.MultiplyAdd(x, g1, b0);
            x = Vector256.Create(Unsafe.Add(ref inputs, 1));
            a1 = Vectors.MultiplyAdd(x, g0, a1);
            b1 = Vectors.MultiplyAdd(x, g1, b1);
            x = Vector256.Create(Unsafe.Add(ref inputs, 2));
            a2 = Vectors.MultiplyAdd(x, g0, a2);
            b2 = Vectors.MultiplyAdd(x, g1, b2);
            x = Vector256.Create(Unsafe.Add(ref inputs, 3));
            a3 = Vectors.MultiplyAdd(x, g0, a3);
            b3 = Vectors.MultiplyAdd(x, g1, b3);
            x = Vector256.Create(Unsafe.Add(ref inputs, 4));
            a4 = Vectors.MultiplyAdd(x, g0, a4);
            b4 = Vectors.MultiplyAdd(x, g1, b4);
            x = Vector256.Create(Unsafe.Add(ref inputs, 5));
            a5 = Vectors.MultiplyAdd(x, g0, a5);
            b5 = Vectors.MultiplyAdd(x, g1, b5);
            inputs = ref Unsafe.Add(ref inputs, channels);
        }

        if (goOn)
        {
            Add(ref a0, ref b0, ref gradient);
            Add(ref a1, ref b1, ref Unsafe.Add(ref gradient, Width));
            Add(ref a2, ref b2, ref Unsafe.Add(ref gradient, 2 * Width));
            Add(ref a3, ref b3, ref Unsafe.Add(ref gradient, 3 * Width));
            Add(ref a4, ref b4, ref Unsafe.Add(ref gradient, 4 * Width));
            Add(ref a5, ref b5, ref Unsafe.Add(ref gradient, 5 * Width));
        }

        Store(a0, b0, ref gradient);
        Store(a1, b1, ref Unsafe.Add(ref gradient, Width));
        Store(a2, b2, ref Unsafe.Add(ref gradient, 2 * Width));
        Store(a3, b3, ref Unsafe.Add(ref gradient, 3 * Width));
        Store(a4, b4, ref Unsafe.Add(ref gradient, 4 * Width));
        Store(a5, b5, ref Unsafe.Add(ref gradient, 5 * Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector256<float> low, ref Vector256<float> high, ref float gradient)
    {
        low += Vector256.LoadUnsafe(ref gradient);
        high += Vector256.LoadUnsafe(ref gradient, Lanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, ref float gradient)
    {
        low.StoreUnsafe(ref gradient);
        high.StoreUnsafe(ref gradient, Lanes.Count);
    }

    private readonly struct Tiles : IWinogradPatches
    {
        public static int Border => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Transform<V>(scoped in WinogradPatch patch, int rows, int columns, scoped in WinogradPositions target, ref float half)
            where V : struct, IFloats<V> =>
            WinogradPatchTransform<V, WinogradTransform<V>.Two.OfSlopes, WinogradTransform<V>.Three.OfSlopes, WinogradTransform<V>.Four.OfSlopes, WinogradTransform<V>.Six.OfSlopes>.Transform(
                patch, rows, columns, columns + Border, target, ref half);
    }
}
