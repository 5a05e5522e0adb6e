using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The transform of outputs of F(6×6, 3×3): the products m of 8 × 8 positions become a tile Aᵀ m A of 6 × 6 outputs of a mosaic. Tiles do not care where an
/// image ends, so each row and each column of the mosaic knows where its outputs go, or that there are none.
/// </summary>
internal static class WinogradMosaicOutputs
{
    private const int Tile = WinogradGeometry.Six, Patch = Tile + 2, Width = ConvolutionGeometry.PanelWidth;

    // Together with any other offset beyond whatever there is.
    private const uint Nowhere = int.MaxValue;

    /// <summary>Floats of scratch for <see cref="Locate"/>.</summary>
    /// <param name="geometry">The convolution.</param>
    public static int PlacesLength(in WinogradGeometry geometry) => (geometry.TileRows + geometry.TileColumns) * Tile;

    /// <summary>Finds where outputs of a mosaic go.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="places">Receives offsets of rows, then of columns.</param>
    public static void Locate(in WinogradGeometry geometry, Span<uint> places)
    {
        int rows = geometry.TileRows * Tile, filters = geometry.Filters;
        Fill(places[..rows], geometry.PeriodRows, geometry.OutputHeight, geometry.OutputWidth * filters, geometry.Side, geometry.Side * geometry.OutputLength);
        Fill(places[rows..], geometry.PeriodColumns, geometry.OutputWidth, filters, geometry.Side, geometry.OutputLength);

        static void Fill(Span<uint> places, int period, int length, int step, int side, int imageStep)
        {
            for (int i = 0; i < places.Length; i++)
            {
                (int image, int pixel) = Math.DivRem(i, period);
                places[i] = image < side && pixel < length ? (uint)((image * imageStep) + (pixel * step)) : Nowhere;
            }
        }
    }

    /// <summary>Transforms a panel's outputs of a few mosaics, and adds the biases.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="products">What <see cref="WinogradProducts"/> computed.</param>
    /// <param name="bias">The panel's biases.</param>
    /// <param name="first">The panel's first filter.</param>
    /// <param name="places">What <see cref="Locate"/> found.</param>
    /// <param name="output">Receives the outputs, image after image.</param>
    public static void Transform(
        in WinogradGeometry geometry, ReadOnlySpan<float> products, ReadOnlySpan<float> bias, int first, ReadOnlySpan<uint> places, Span<float> output)
    {
        ReadOnlySpan<uint> rows = places[..(geometry.TileRows * Tile)], columns = places[rows.Length..];
        ref float from = ref MemoryMarshal.GetReference(products);
        nint pitch = geometry.OutputPitch;
        WinogradMatrix halfMatrix = default, tileMatrix = default;
        ref float half = ref WinogradMatrix.Of(ref halfMatrix), tile = ref WinogradMatrix.Of(ref tileMatrix);
        while (!output.IsEmpty)
        {
            for (int row = 0; row < rows.Length; row += Tile)
            {
                for (int column = 0; column < columns.Length; column += Tile)
                {
                    int filter = first, end = Math.Min(first + Width, geometry.Filters);
                    ReadOnlySpan<uint> tileRows = rows.Slice(row, Tile), tileColumns = columns.Slice(column, Tile);
                    if (WideTiles.IsSupported && end == first + Width)
                    {
                        TransformTile<Sixteen>(ref from, pitch, ref half, ref tile);
                        Store(ref tile, Sixteen.Load(in bias[0]), tileRows, tileColumns, output[filter..]);
                        filter = end;
                    }

                    for (; filter < end; filter += Lanes.Count)
                    {
                        int lane = filter - first;
                        TransformTile<Eight>(ref Unsafe.Add(ref from, lane), pitch, ref half, ref tile);
                        if (filter + Lanes.Count <= geometry.Filters)
                            Store(ref tile, Eight.Load(in bias[lane]), tileRows, tileColumns, output[filter..]);
                        else
                            StoreSome(ref tile, Vector256.LoadUnsafe(in bias[lane]), tileRows, tileColumns, output[filter..], geometry.Filters - filter);
                    }

                    from = ref Unsafe.Add(ref from, Width);
                }
            }

            output = output[Math.Min(output.Length, geometry.Images * geometry.OutputLength)..];
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TransformTile<V>(ref float products, nint pitch, ref float half, ref float tile)
        where V : struct, IFloats<V> =>
        WinogradTransforms.Apply<V, WinogradTransform<V>.Six.OfOutputs>(ref products, Patch * pitch, pitch, ref half, ref tile, Tile * V.Count, V.Count);

    // What lies between images, or in a mosaic's empty places, is beyond the end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<V>(ref float tile, V bias, ReadOnlySpan<uint> rows, ReadOnlySpan<uint> columns, Span<float> output)
        where V : struct, IFloats<V>
    {
        ref float to = ref MemoryMarshal.GetReference(output);
        foreach (uint row in rows)
        {
            foreach (uint column in columns)
            {
                uint at = row + column;
                if (at < (uint)output.Length)
                    (V.Load(ref tile) + bias).Store(ref Unsafe.Add(ref to, at));
                tile = ref Unsafe.Add(ref tile, V.Count);
            }
        }
    }

    private static void StoreSome(
        ref float tile, Vector256<float> bias, ReadOnlySpan<uint> rows, ReadOnlySpan<uint> columns, Span<float> output, int lanes)
    {
        ref float to = ref MemoryMarshal.GetReference(output);
        foreach (uint row in rows)
        {
            foreach (uint column in columns)
            {
                uint at = row + column;
                if (at < (uint)output.Length)
                    SomeLanes.Store(Vector256.LoadUnsafe(ref tile) + bias, ref to, (int)at, lanes);
                tile = ref Unsafe.Add(ref tile, Lanes.Count);
            }
        }
    }
}
