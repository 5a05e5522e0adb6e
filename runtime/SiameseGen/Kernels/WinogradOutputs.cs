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
    private const int Tile = WinogradGeometry.Four, Patch = Tile + 2, Width = ConvolutionGeometry.PanelWidth;

    /// <summary>Transforms a panel's outputs of a few images.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="products">What <see cref="WinogradProducts"/> computed.</param>
    /// <param name="bias">The panel's biases.</param>
    /// <param name="first">The panel's first filter.</param>
    /// <param name="relu">Whether a rectifier follows.</param>
    /// <param name="pool">Whether 2×2 pooling follows; rows and columns of outputs are even then.</param>
    /// <param name="output">Receives the outputs, image after image.</param>
    public static void Transform(
        in WinogradGeometry geometry, ReadOnlySpan<float> products, ReadOnlySpan<float> bias, int first, bool relu, bool pool, Span<float> output)
    {
        int filters = geometry.Filters, side = pool ? Tile / 2 : Tile;
        int height = pool ? geometry.OutputHeight / 2 : geometry.OutputHeight, width = pool ? geometry.OutputWidth / 2 : geometry.OutputWidth;
        ref float from = ref MemoryMarshal.GetReference(products), to = ref MemoryMarshal.GetReference(output);
        ref float biases = ref MemoryMarshal.GetReference(bias);
        nint pitch = geometry.OutputPitch;
        TileOfVectors half = default, tile = default;
        for (int image = first; image < output.Length; image += height * width * filters)
        {
            for (int row = 0; row < height; row += side)
            {
                for (int column = 0; column < width; column += side)
                {
                    var place = new Place(Math.Min(side, height - row), Math.Min(side, width - column), width * filters, filters);
                    int target = image + (((row * width) + column) * filters), left = filters - first;
                    for (int lane = 0; lane < Width; lane += Lanes.Count, left -= Lanes.Count)
                    {
                        TransformTile(ref Unsafe.Add(ref from, lane), pitch, ref Unsafe.Add(ref biases, lane), ref half[0], ref tile[0]);
                        Finish(ref tile[0], relu, pool);
                        if (left >= Lanes.Count)
                            Store<WholeLanes>(ref tile[0], place, ref to, target + lane, Lanes.Count);
                        else
                            Store<SomeLanes>(ref tile[0], place, ref to, target + lane, left);
                    }

                    from = ref Unsafe.Add(ref from, Width);
                }
            }
        }
    }

    private static void TransformTile(
        ref float products, nint pitch, ref float biases, ref Vector256<float> half, ref Vector256<float> tile)
    {
        nint row = Patch * pitch;
        for (int i = 0; i < Patch; i++)
        {
            ref float m = ref Unsafe.Add(ref products, i * pitch);
            Transform(
                Vector256.LoadUnsafe(ref m), Vector256.LoadUnsafe(ref Unsafe.Add(ref m, row)), Vector256.LoadUnsafe(ref Unsafe.Add(ref m, 2 * row)),
                Vector256.LoadUnsafe(ref Unsafe.Add(ref m, 3 * row)), Vector256.LoadUnsafe(ref Unsafe.Add(ref m, 4 * row)),
                Vector256.LoadUnsafe(ref Unsafe.Add(ref m, 5 * row)),
                out Unsafe.Add(ref half, i), out Unsafe.Add(ref half, Patch + i), out Unsafe.Add(ref half, (2 * Patch) + i),
                out Unsafe.Add(ref half, (3 * Patch) + i));
        }

        Vector256<float> bias = Vector256.LoadUnsafe(ref biases);
        for (int i = 0; i < Tile; i++)
        {
            Transform(
                half, Unsafe.Add(ref half, 1), Unsafe.Add(ref half, 2), Unsafe.Add(ref half, 3), Unsafe.Add(ref half, 4), Unsafe.Add(ref half, 5),
                out Vector256<float> y0, out Vector256<float> y1, out Vector256<float> y2, out Vector256<float> y3);
            tile = y0 + bias;
            Unsafe.Add(ref tile, 1) = y1 + bias;
            Unsafe.Add(ref tile, 2) = y2 + bias;
            Unsafe.Add(ref tile, 3) = y3 + bias;
            half = ref Unsafe.Add(ref half, Patch);
            tile = ref Unsafe.Add(ref tile, Tile);
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

    private static void Finish(ref Vector256<float> tile, bool relu, bool pool)
    {
        if (relu)
        {
            for (int i = 0; i < Tile * Tile; i++)
                Unsafe.Add(ref tile, i) = ReLU.Of(Unsafe.Add(ref tile, i));
        }

        if (pool)
            Pool(ref tile);
    }

    // The four windows' maxima take the places of the first two values of the first two rows.
    private static void Pool(ref Vector256<float> tile)
    {
        for (int row = 0; row < Tile / 2; row++)
        {
            for (int column = 0; column < Tile / 2; column++)
            {
                ref Vector256<float> first = ref Unsafe.Add(ref tile, (2 * row * Tile) + (2 * column));
                Vector256<float> largest = MaxPool2D.Larger(MaxPool2D.Larger(first, Unsafe.Add(ref first, 1)), Unsafe.Add(ref first, Tile));
                Unsafe.Add(ref tile, (row * Tile) + column) = MaxPool2D.Larger(largest, Unsafe.Add(ref first, Tile + 1));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(ref Vector256<float> tile, Place place, ref float to, int at, int lanes)
        where TLanes : struct, ILanes
    {
        for (int row = 0; row < place.Rows; row++, at += place.RowStep)
        {
            ref Vector256<float> values = ref Unsafe.Add(ref tile, row * Tile);
            TLanes.Store(values, ref to, at, lanes);
            if (place.Columns > 1)
                TLanes.Store(Unsafe.Add(ref values, 1), ref to, at + place.ColumnStep, lanes);
            if (place.Columns > 2)
                TLanes.Store(Unsafe.Add(ref values, 2), ref to, at + (2 * place.ColumnStep), lanes);
            if (place.Columns > 3)
                TLanes.Store(Unsafe.Add(ref values, 3), ref to, at + (3 * place.ColumnStep), lanes);
        }
    }

    private readonly record struct Place(int Rows, int Columns, int RowStep, int ColumnStep);

    [InlineArray(Patch * Patch)]
    private struct TileOfVectors
    {
        private Vector256<float> _first;
    }
}
