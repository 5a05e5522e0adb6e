using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>A tile of outputs.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="StoredRows">Rows that are stored: less where it is not full, half of them after pooling.</param>
/// <param name="StoredColumns">Columns that are stored.</param>
/// <param name="Relu">Whether a rectifier follows.</param>
/// <param name="Pool">Whether 2×2 pooling follows.</param>
internal readonly record struct WinogradTile(int Rows, int Columns, int StoredRows, int StoredColumns, bool Relu, bool Pool);

/// <summary>How a tile's products become outputs, as many adjacent filters as a vector has.</summary>
/// <typeparam name="V">The vectors.</typeparam>
internal static class WinogradTileOutputs<V>
    where V : struct, IFloats<V>
{
    /// <summary>Computes a tile's outputs.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="products">Its products.</param>
    /// <param name="biases">The filters' biases.</param>
    /// <param name="half">Scratch: rows that are transformed already.</param>
    /// <param name="values">Receives the outputs, or the pooled ones, in rows as long as the tile's.</param>
    public static void Transform(in WinogradTile tile, scoped in WinogradPositions products, ref float biases, ref float half, ref float values)
    {
        int points = tile.Rows + WinogradTiling.Border;
        switch (tile.Columns)
        {
            case 6:
                Across<WinogradTransform<V>.Six.OfOutputs>(points, products, ref half);
                break;
            case 4:
                Across<WinogradTransform<V>.Four.OfOutputs>(points, products, ref half);
                break;
            case 3:
                Across<WinogradTransform<V>.Three.OfOutputs>(points, products, ref half);
                break;
            default:
                Across<WinogradTransform<V>.Two.OfOutputs>(points, products, ref half);
                break;
        }

        switch (tile.Rows)
        {
            case 6:
                Down<WinogradTransform<V>.Six.OfOutputs>(tile.Columns, ref half, ref values);
                break;
            case 4:
                Down<WinogradTransform<V>.Four.OfOutputs>(tile.Columns, ref half, ref values);
                break;
            case 3:
                Down<WinogradTransform<V>.Three.OfOutputs>(tile.Columns, ref half, ref values);
                break;
            default:
                Down<WinogradTransform<V>.Two.OfOutputs>(tile.Columns, ref half, ref values);
                break;
        }

        Finish(tile, V.Load(ref biases), ref values);
    }

    /// <summary>Stores a tile's outputs.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="values">What <see cref="Transform"/> left.</param>
    /// <param name="to">Where the first output goes.</param>
    /// <param name="size">The image that it goes to.</param>
    public static void Store(in WinogradTile tile, ref float values, ref float to, ImageSize size)
    {
        for (int row = 0; row < tile.StoredRows; row++)
        {
            ref float from = ref Unsafe.Add(ref values, row * tile.Columns * V.Count), target = ref Unsafe.Add(ref to, row * size.Row);
            for (nint column = 0; column < tile.StoredColumns; column++)
                V.Load(ref Unsafe.Add(ref from, column * V.Count)).Store(ref Unsafe.Add(ref target, column * size.Pixel));
        }
    }

    // Apart, as Down is, so that the loop's registers are its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Across<T>(int points, scoped in WinogradPositions products, ref float half)
        where T : struct, IWinogradTransform
    {
        for (int point = 0; point < points; point++)
            T.Apply(products.Row(point), new WinogradSteps(ref Unsafe.Add(ref half, point * T.Outputs * V.Count), V.Count));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Down<T>(int columns, ref float half, ref float values)
        where T : struct, IWinogradTransform
    {
        nint step = columns * V.Count;
        for (nint at = 0; at < step; at += V.Count)
            T.Apply(new WinogradSteps(ref Unsafe.Add(ref half, at), step), new WinogradSteps(ref Unsafe.Add(ref values, at), step));
    }

    private static void Finish(in WinogradTile tile, V bias, ref float values)
    {
        for (int i = 0; i < tile.Rows * tile.Columns * V.Count; i += V.Count)
        {
            V sum = V.Load(ref Unsafe.Add(ref values, i)) + bias;
            (tile.Relu ? V.Rectify(sum) : sum).Store(ref Unsafe.Add(ref values, i));
        }

        if (tile.Pool)
            Pool(tile, ref values);
    }

    // Each window's maximum takes the place of a value that has been read.
    private static void Pool(in WinogradTile tile, ref float values)
    {
        nint step = tile.Columns * V.Count;
        for (int row = 0; row < tile.Rows / 2; row++)
        {
            for (int column = 0; column < tile.Columns / 2; column++)
            {
                ref float first = ref Unsafe.Add(ref values, (2 * row * step) + (2 * column * V.Count)), second = ref Unsafe.Add(ref first, step);
                V largest = V.Larger(V.Larger(V.Load(ref first), V.Load(ref Unsafe.Add(ref first, V.Count))), V.Load(ref second));
                V.Larger(largest, V.Load(ref Unsafe.Add(ref second, V.Count))).Store(ref Unsafe.Add(ref values, (row * step) + (column * V.Count)));
            }
        }
    }
}
