using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>
/// Sums of products in registers: a few pixels times the sixteen filters of a panel, or of two. Each weight that is loaded is used for every pixel, each pixel
/// for every filter, and the sums never leave the registers, which they fill as well as they can (<see cref="NarrowTiles"/>, <see cref="WideTiles"/>,
/// <see cref="PanelPairs"/>). Each output is one chain of fused multiply-adds that starts at the bias and goes
/// over kernel rows and the adjacent floats of a row, whatever the number of pixels beside it.
/// </summary>
internal static class RegisterTiles
{
    /// <summary>Most panels of a tile: there is room for so many wherever tiles go.</summary>
    public const int MostPanels = 2;

    /// <summary>Panels that a tile had better have on this processor.</summary>
    public static int Panels => WideTiles.IsSupported ? MostPanels : 1;

    /// <summary>How many sixes are best taken of so many pixels. Two have too few sums to keep the processor busy, so that seven or eight are better twice four.</summary>
    /// <param name="pixels">Pixels.</param>
    public static int SixesOf(int pixels) => (pixels % 6) is 1 or 2 ? Math.Max((pixels / 6) - 1, 0) : pixels / 6;

    /// <summary>One six of pixels after another, each a step away from the one before; kernels have one row.</summary>
    public static void Sixes(
        in TileLoop loop, int tiles, ref float x, nint step, ref float weights, ref float biases, ref float output, nint stride)
    {
        if (loop.IsPair)
        {
            int twelves = tiles / 2;
            PanelPairs.Twelves(loop, twelves, ref x, step, ref weights, ref biases, ref output, stride);
            x = ref Unsafe.Add(ref x, 12 * twelves * step);
            output = ref Unsafe.Add(ref output, 12 * twelves * stride);
            tiles %= 2;
        }

        for (; tiles > 0; tiles--)
        {
            Six(
                loop, ref x, ref Unsafe.Add(ref x, step), ref Unsafe.Add(ref x, 2 * step), ref Unsafe.Add(ref x, 3 * step), ref Unsafe.Add(ref x, 4 * step),
                ref Unsafe.Add(ref x, 5 * step), ref weights, ref biases, ref output, stride);
            x = ref Unsafe.Add(ref x, 6 * step);
            output = ref Unsafe.Add(ref output, 6 * stride);
        }
    }

    /// <summary>Six pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Six(
        in TileLoop loop, ref float x0, ref float x1, ref float x2, ref float x3, ref float x4, ref float x5,
        ref float weights, ref float biases, ref float output, nint stride)
    {
        if (loop.IsPair)
            PanelPairs.Six(loop, ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref weights, ref biases, ref output, stride);
        else if (WideTiles.IsSupported)
            WideTiles.Six(loop, ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref weights, ref biases, ref output, stride);
        else
            NarrowTiles.Six(loop, ref x0, ref x1, ref x2, ref x3, ref x4, ref x5, ref weights, ref biases, ref output, stride);
    }

    /// <summary>Four pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Four(
        in TileLoop loop, ref float x0, ref float x1, ref float x2, ref float x3,
        ref float weights, ref float biases, ref float output, nint stride)
    {
        if (loop.IsPair)
            PanelPairs.Four(loop, ref x0, ref x1, ref x2, ref x3, ref weights, ref biases, ref output, stride);
        else
            NarrowTiles.Four(loop, ref x0, ref x1, ref x2, ref x3, ref weights, ref biases, ref output, stride);
    }

    /// <summary>Two pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Two(
        in TileLoop loop, ref float x0, ref float x1,
        ref float weights, ref float biases, ref float output, nint stride)
    {
        if (loop.IsPair)
            PanelPairs.Two(loop, ref x0, ref x1, ref weights, ref biases, ref output, stride);
        else
            NarrowTiles.Two(loop, ref x0, ref x1, ref weights, ref biases, ref output, stride);
    }

    /// <summary>One pixel, and four panels of filters: there is nothing to use a weight twice for, so that more sums run at the same time.</summary>
    public static void OneByFour(in TileLoop loop, ref float x, ref float weights, nint panelLength, ref float biases, ref float output) =>
        NarrowTiles.OneByFour(loop, ref x, ref weights, panelLength, ref biases, ref output);
}
