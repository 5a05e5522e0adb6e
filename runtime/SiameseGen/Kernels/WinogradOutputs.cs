using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The transform of outputs: the products m of a tile's positions become its outputs Aᵀ m A (<see cref="WinogradTransform{V}"/>). Then the bias is added, and at
/// inference a rectifier and 2×2 pooling may follow before anything is written.
/// </summary>
internal static class WinogradOutputs
{
    private const int Width = ConvolutionGeometry.PanelWidth;

    /// <summary>Transforms a panel's outputs of a few images.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="products">What <see cref="WinogradProducts"/> computed.</param>
    /// <param name="bias">The panel's biases.</param>
    /// <param name="first">The panel's first filter.</param>
    /// <param name="count">Images.</param>
    /// <param name="relu">Whether a rectifier follows.</param>
    /// <param name="pool">Whether 2×2 pooling follows; rows and columns of outputs are even then, and so are those of tiles.</param>
    /// <param name="output">Receives the outputs, image after image.</param>
    public static void Transform(
        in WinogradGeometry geometry, ReadOnlySpan<float> products, ReadOnlySpan<float> bias, int first, int count, bool relu, bool pool, Span<float> output)
    {
        int filters = geometry.Filters, side = pool ? 2 : 1, lanes = Math.Min(Width, filters - first);
        var size = new ImageSize(geometry.OutputHeight / side, geometry.OutputWidth / side, filters);
        ref float to = ref MemoryMarshal.GetReference(output[first..]), biases = ref MemoryMarshal.GetReference(bias);
        WinogradMatrix halfMatrix = default, valuesMatrix = default;
        ref float half = ref WinogradMatrix.Of(ref halfMatrix), values = ref WinogradMatrix.Of(ref valuesMatrix);
        Span<nint> places = stackalloc nint[WinogradGeometry.MostPoints];
        for (int row = 0, y = 0, rows; row < geometry.Rows.Count; row++, y += rows)
        {
            rows = geometry.Rows.SizeOf(row);
            geometry.Locate(row, count, Width, geometry.OutputPitch, places);
            for (int column = 0, x = 0, columns; column < geometry.Columns.Count; column++, x += columns)
            {
                columns = geometry.Columns.SizeOf(column);
                var tile = new WinogradTile(rows, columns, Math.Min(rows / side, size.Height - (y / side)), Math.Min(columns / side, size.Width - (x / side)), relu, pool);
                int at = (y / side * size.Row) + (x / side * filters);
                for (int image = 0; image < count; image++, at += size.Length)
                {
                    ref float target = ref Unsafe.Add(ref to, at), from = ref Unsafe.Add(ref MemoryMarshal.GetReference(products), ((column * count) + image) * Width);
                    var source = new WinogradPositions(ref from, geometry.Points * (nint)geometry.OutputPitch, in places[0]);
                    if (WideTiles.IsSupported && lanes == Width)
                    {
                        WinogradTileOutputs<Sixteen>.Transform(tile, source, ref biases, ref half, ref values);
                        WinogradTileOutputs<Sixteen>.Store(tile, ref values, ref target, size);
                        continue;
                    }

                    for (int lane = 0; lane < lanes; lane += Lanes.Count)
                    {
                        WinogradTileOutputs<Eight>.Transform(tile, source.From(lane), ref Unsafe.Add(ref biases, lane), ref half, ref values);
                        if (lanes - lane >= Lanes.Count)
                            WinogradTileOutputs<Eight>.Store(tile, ref values, ref Unsafe.Add(ref target, lane), size);
                        else
                            StoreSome(tile, ref values, ref Unsafe.Add(ref target, lane), size, lanes - lane);
                    }
                }
            }
        }
    }

    private static void StoreSome(in WinogradTile tile, ref float values, ref float to, ImageSize size, int lanes)
    {
        for (int row = 0; row < tile.StoredRows; row++)
        {
            for (int column = 0; column < tile.StoredColumns; column++)
            {
                var value = Vector256.LoadUnsafe(ref Unsafe.Add(ref values, ((row * tile.Columns) + column) * Lanes.Count));
                SomeLanes.Store(value, ref to, (row * size.Row) + (column * size.Pixel), lanes);
            }
        }
    }
}
