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
        WinogradMatrix halfMatrix = default, tileMatrix = default;
        ref float half = ref WinogradMatrix.Of(ref halfMatrix), tile = ref WinogradMatrix.Of(ref tileMatrix);
        for (int image = first; image < output.Length; image += height * width * filters)
        {
            for (int row = 0; row < height; row += side)
            {
                for (int column = 0; column < width; column += side)
                {
                    var place = new Place(Math.Min(side, height - row), Math.Min(side, width - column), width * filters, filters);
                    int target = image + (((row * width) + column) * filters), left = filters - first, lane = 0;
                    if (WideTiles.IsSupported && left >= Width)
                    {
                        Tiles<Sixteen>.Transform(ref from, pitch, ref biases, ref half, ref tile, relu, pool);
                        Tiles<Sixteen>.Store(ref tile, place, ref Unsafe.Add(ref to, target));
                        lane = Width;
                    }

                    for (; lane < Width; lane += Lanes.Count)
                    {
                        Tiles<Eight>.Transform(ref Unsafe.Add(ref from, lane), pitch, ref Unsafe.Add(ref biases, lane), ref half, ref tile, relu, pool);
                        if (left - lane >= Lanes.Count)
                            Tiles<Eight>.Store(ref tile, place, ref Unsafe.Add(ref to, target + lane));
                        else
                            StoreSome(ref tile, place, ref to, target + lane, left - lane);
                    }

                    from = ref Unsafe.Add(ref from, Width);
                }
            }
        }
    }

    private static void StoreSome(ref float tile, Place place, ref float to, int at, int lanes)
    {
        for (int row = 0; row < place.Rows; row++)
        {
            for (int column = 0; column < place.Columns; column++)
            {
                var value = Vector256.LoadUnsafe(ref Unsafe.Add(ref tile, ((row * Tile) + column) * Lanes.Count));
                SomeLanes.Store(value, ref to, at + (row * place.RowStep) + (column * place.ColumnStep), lanes);
            }
        }
    }

    private readonly record struct Place(int Rows, int Columns, int RowStep, int ColumnStep);

    private static class Tiles<V>
        where V : struct, IFloats<V>
    {
        public static void Transform(ref float products, nint pitch, ref float biases, ref float half, ref float tile, bool relu, bool pool)
        {
            WinogradTransforms.Apply<V, WinogradTransform<V>.Four.OfOutputs>(ref products, Patch * pitch, pitch, ref half, ref tile, Tile * V.Count, V.Count);
            V bias = V.Load(ref biases);
            for (int i = 0; i < Tile * Tile * V.Count; i += V.Count)
            {
                V sum = V.Load(ref Unsafe.Add(ref tile, i)) + bias;
                (relu ? V.Rectify(sum) : sum).Store(ref Unsafe.Add(ref tile, i));
            }

            if (pool)
                Pool(ref tile);
        }

        public static void Store(ref float tile, Place place, ref float to)
        {
            for (int row = 0; row < place.Rows; row++)
            {
                ref float values = ref Unsafe.Add(ref tile, row * Tile * V.Count), target = ref Unsafe.Add(ref to, row * place.RowStep);
                V.Load(ref values).Store(ref target);
                if (place.Columns > 1)
                    V.Load(ref Unsafe.Add(ref values, V.Count)).Store(ref Unsafe.Add(ref target, place.ColumnStep));
                if (place.Columns > 2)
                    V.Load(ref Unsafe.Add(ref values, 2 * V.Count)).Store(ref Unsafe.Add(ref target, 2 * place.ColumnStep));
                if (place.Columns > 3)
                    V.Load(ref Unsafe.Add(ref values, 3 * V.Count)).Store(ref Unsafe.Add(ref target, 3 * place.ColumnStep));
            }
        }

        // The four windows' maxima take the places of the first two values of the first two rows.
        private static void Pool(ref float tile)
        {
            for (int row = 0; row < Tile / 2; row++)
            {
                for (int column = 0; column < Tile / 2; column++)
                {
                    ref float first = ref Unsafe.Add(ref tile, ((2 * row * Tile) + (2 * column)) * V.Count);
                    V largest = V.Larger(V.Larger(V.Load(ref first), V.Load(ref Unsafe.Add(ref first, V.Count))), V.Load(ref Unsafe.Add(ref first, Tile * V.Count)));
                    V.Larger(largest, V.Load(ref Unsafe.Add(ref first, (Tile + 1) * V.Count))).Store(ref Unsafe.Add(ref tile, ((row * Tile) + column) * V.Count));
                }
            }
        }
    }
}
