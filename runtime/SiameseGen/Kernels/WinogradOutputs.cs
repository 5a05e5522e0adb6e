using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The transform of outputs of F(4×4, 3×3): the products m of 6 × 6 positions become a tile Aᵀ m A of 4 × 4 outputs. Then the bias is added, and at inference
/// a rectifier and 2×2 pooling may follow before anything is written.
/// </summary>
internal static class WinogradOutputs
{
    private const int Tile = WinogradGeometry.Tile, Patch = WinogradGeometry.Patch;

    /// <summary>Transforms the outputs of a few images.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="products">What <see cref="WinogradProducts"/> computed.</param>
    /// <param name="bias">Biases, padded.</param>
    /// <param name="relu">Whether a rectifier follows.</param>
    /// <param name="pool">Whether 2×2 pooling follows; rows and columns of outputs are even then.</param>
    /// <param name="output">Receives the outputs, image after image.</param>
    public static void Transform(
        in WinogradGeometry geometry, ReadOnlySpan<float> products, ReadOnlySpan<float> bias, bool relu, bool pool, Span<float> output)
    {
        int filters = geometry.Filters, shrink = pool ? 2 : 1, side = Tile / shrink;
        int height = geometry.OutputHeight / shrink, width = geometry.OutputWidth / shrink;
        ref float from = ref MemoryMarshal.GetReference(products), to = ref MemoryMarshal.GetReference(output);
        ref float biases = ref MemoryMarshal.GetReference(bias);
        nint pitch = geometry.OutputPitch;
        TileOfVectors half = default, tile = default;
        for (int image = 0; image < output.Length; image += height * width * filters)
        {
            for (int row = 0; row < height; row += side)
            {
                int rows = Math.Min(side, height - row);
                for (int column = 0; column < width; column += side)
                {
                    int columns = Math.Min(side, width - column), target = image + (((row * width) + column) * filters);
                    for (int filter = 0; filter < filters; filter += Lanes.Count)
                    {
                        TransformTile(ref Unsafe.Add(ref from, filter), pitch, Vector256.LoadUnsafe(ref biases, (nuint)filter), ref half, ref tile);
                        if (relu)
                            Rectify(ref tile);
                        if (pool)
                            Pool(ref tile);
                        var place = new Place(rows, columns, width * filters, filters);
                        if (filter + Lanes.Count <= filters)
                            Store<WholeLanes>(ref tile, place, ref to, target + filter, Lanes.Count);
                        else
                            Store<SomeLanes>(ref tile, place, ref to, target + filter, filters - filter);
                    }

                    from = ref Unsafe.Add(ref from, geometry.PaddedFilters);
                }
            }
        }
    }

    private static void TransformTile(ref float products, nint pitch, Vector256<float> bias, ref TileOfVectors half, ref TileOfVectors tile)
    {
        for (int i = 0; i < Patch; i++)
        {
            ref float m = ref Unsafe.Add(ref products, i * pitch);
            nint row = Patch * pitch;
            Transform(
                Vector256.LoadUnsafe(ref m), Vector256.LoadUnsafe(ref Unsafe.Add(ref m, row)), Vector256.LoadUnsafe(ref Unsafe.Add(ref m, 2 * row)),
                Vector256.LoadUnsafe(ref Unsafe.Add(ref m, 3 * row)), Vector256.LoadUnsafe(ref Unsafe.Add(ref m, 4 * row)),
                Vector256.LoadUnsafe(ref Unsafe.Add(ref m, 5 * row)),
                out half[i], out half[Patch + i], out half[(2 * Patch) + i], out half[(3 * Patch) + i]);
        }

        for (int i = 0; i < Tile; i++)
        {
            int h = i * Patch, t = i * Tile;
            Transform(
                half[h], half[h + 1], half[h + 2], half[h + 3], half[h + 4], half[h + 5],
                out Vector256<float> y0, out Vector256<float> y1, out Vector256<float> y2, out Vector256<float> y3);
            tile[t] = y0 + bias;
            tile[t + 1] = y1 + bias;
            tile[t + 2] = y2 + bias;
            tile[t + 3] = y3 + bias;
        }
    }

    // Aᵀ times six values:
    //   1  1  1  1  1  0
    //   0  1 −1  2 −2  0
    //   0  1  1  4  4  0
    //   0  1 −1  8 −8  1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform(
        Vector256<float> m0, Vector256<float> m1, Vector256<float> m2, Vector256<float> m3, Vector256<float> m4, Vector256<float> m5,
        out Vector256<float> y0, out Vector256<float> y1, out Vector256<float> y2, out Vector256<float> y3)
    {
        Vector256<float> sum = m1 + m2, difference = m1 - m2, sumOfTwo = m3 + m4, differenceOfTwo = m3 - m4;
        y0 = m0 + sum + sumOfTwo;
        y1 = Vectors.MultiplyAdd(Vector256.Create(2f), differenceOfTwo, difference);
        y2 = Vectors.MultiplyAdd(Vector256.Create(4f), sumOfTwo, sum);
        y3 = Vectors.MultiplyAdd(Vector256.Create(8f), differenceOfTwo, difference) + m5;
    }

    private static void Rectify(ref TileOfVectors tile)
    {
        for (int i = 0; i < Tile * Tile; i++)
            tile[i] = ReLU.Of(tile[i]);
    }

    // The four windows' maxima take the places of the first row's and the second row's first two values.
    private static void Pool(ref TileOfVectors tile)
    {
        for (int row = 0; row < Tile / 2; row++)
        {
            for (int column = 0; column < Tile / 2; column++)
            {
                int first = (2 * row * Tile) + (2 * column);
                Vector256<float> largest = MaxPool2D.Larger(MaxPool2D.Larger(tile[first], tile[first + 1]), tile[first + Tile]);
                tile[(row * Tile) + column] = MaxPool2D.Larger(largest, tile[first + Tile + 1]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(ref TileOfVectors tile, Place place, ref float to, int at, int lanes)
        where TLanes : struct, ILanes
    {
        for (int row = 0; row < place.Rows; row++)
        {
            for (int column = 0; column < place.Columns; column++)
                TLanes.Store(tile[(row * Tile) + column], ref to, at + (row * place.RowStep) + (column * place.ColumnStep), lanes);
        }
    }

    private readonly record struct Place(int Rows, int Columns, int RowStep, int ColumnStep);

    [InlineArray(Patch * Patch)]
    private struct TileOfVectors
    {
        private Vector256<float> _first;
    }
}
