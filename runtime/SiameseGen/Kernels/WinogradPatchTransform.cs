using System.Runtime.CompilerServices;

namespace SiameseGen.Kernels;

/// <summary>The transform of a patch of an image: of its columns, then of its rows.</summary>
/// <typeparam name="TTwo">The transform of tiles of two.</typeparam>
/// <typeparam name="TThree">The transform of tiles of three.</typeparam>
/// <typeparam name="TFour">The transform of tiles of four.</typeparam>
/// <typeparam name="TSix">The transform of tiles of six.</typeparam>
/// <typeparam name="V">The vectors.</typeparam>
internal static class WinogradPatchTransform<V, TTwo, TThree, TFour, TSix>
    where V : struct, IFloats<V>
    where TTwo : struct, IWinogradTransform
    where TThree : struct, IWinogradTransform
    where TFour : struct, IWinogradTransform
    where TSix : struct, IWinogradTransform
{
    /// <summary>Transforms as many adjacent channels as a vector has.</summary>
    /// <param name="patch">The patch, from the first of these channels on.</param>
    /// <param name="rows">Rows of the tile.</param>
    /// <param name="columns">Columns of the tile.</param>
    /// <param name="width">Columns of the patch.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="half">Scratch: columns that are transformed already.</param>
    public static void Transform(scoped in WinogradPatch patch, int rows, int columns, int width, scoped in WinogradPositions target, ref float half)
    {
        switch (rows)
        {
            case 6:
                Down<TSix>(patch, width, ref half);
                break;
            case 4:
                Down<TFour>(patch, width, ref half);
                break;
            case 3:
                Down<TThree>(patch, width, ref half);
                break;
            default:
                Down<TTwo>(patch, width, ref half);
                break;
        }

        int points = rows + WinogradTiling.Border;
        switch (columns)
        {
            case 6:
                Across<TSix>(points, ref half, target);
                break;
            case 4:
                Across<TFour>(points, ref half, target);
                break;
            case 3:
                Across<TThree>(points, ref half, target);
                break;
            default:
                Across<TTwo>(points, ref half, target);
                break;
        }
    }

    // Apart, as Across is, so that the loop's registers are its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Down<T>(scoped in WinogradPatch patch, int width, ref float half)
        where T : struct, IWinogradTransform
    {
        ref float image = ref patch.Image;
        int left = patch.Left, end = patch.Size.Width, height = patch.Size.Height, top = patch.Top;
        nint row = patch.Size.Row, pixel = patch.Size.Pixel, step = width * V.Count, at = (top * row) + (left * pixel);
        bool isInside = top >= 0 && top + T.Inputs <= height;
        for (int column = 0; column < width; column++, at += pixel)
        {
            var target = new WinogradSteps(ref Unsafe.Add(ref half, column * V.Count), step);
            if ((uint)(left + column) >= (uint)end)
            {
                for (int i = 0; i < T.Outputs; i++)
                    V.Create(0f).Store(ref target.At(i));
            }
            else if (isInside)
            {
                T.Apply(new WinogradSteps(ref Unsafe.Add(ref image, at), row), target);
            }
            else
            {
                T.Apply(new WinogradBorderedColumn(ref image, at, row, top, height, ref patch.Zero), target);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Across<T>(int points, ref float half, scoped in WinogradPositions target)
        where T : struct, IWinogradTransform
    {
        for (int point = 0; point < points; point++)
            T.Apply(new WinogradSteps(ref Unsafe.Add(ref half, point * T.Inputs * V.Count), V.Count), target.Row(point));
    }
}
