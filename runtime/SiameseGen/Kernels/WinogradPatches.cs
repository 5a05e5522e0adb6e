using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>The transform of a few images: each patch of each image, at each position the same one after another.</summary>
/// <typeparam name="TPatches">What is transformed.</typeparam>
internal static class WinogradPatches<TPatches>
    where TPatches : struct, IWinogradPatches
{
    /// <summary>Transforms images.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="images">The images, from the first channel on that is transformed.</param>
    /// <param name="size">Their size.</param>
    /// <param name="top">The first patch's first row.</param>
    /// <param name="left">The first patch's first column.</param>
    /// <param name="channels">Channels that are transformed.</param>
    /// <param name="count">Images.</param>
    /// <param name="matrices">Receives the matrices of all positions.</param>
    /// <param name="width">Floats of a row of a matrix; those beyond the channels are undefined.</param>
    /// <param name="pitch">Floats from one matrix to the next.</param>
    public static void Transform(
        in WinogradGeometry geometry, ReadOnlySpan<float> images, ImageSize size, int top, int left, int channels, int count, Span<float> matrices, int width,
        int pitch)
    {
        WinogradMatrix halfMatrix = default, restMatrix = default;
        Vector512<float> zeros = default;
        ref float half = ref WinogradMatrix.Of(ref halfMatrix), rest = ref WinogradMatrix.Of(ref restMatrix), zero = ref Unsafe.As<Vector512<float>, float>(ref zeros);
        ref float first = ref MemoryMarshal.GetReference(images), to = ref MemoryMarshal.GetReference(matrices);
        int points = geometry.Points;
        Span<nint> places = stackalloc nint[WinogradGeometry.MostPoints];
        for (int image = 0; image < count; image++)
        {
            ref float pixels = ref Unsafe.Add(ref first, image * size.Length);
            for (int row = 0, y = top, rows, fetched = 0; row < geometry.Rows.Count; row++, y += rows)
            {
                rows = geometry.Rows.SizeOf(row);
                int end = Math.Max(fetched, Math.Min(y + rows + TPatches.Border, size.Height));
                CacheLines.Fetch(in Unsafe.Add(ref pixels, fetched * size.Row), (end - fetched) * size.Width, size.Pixel, channels);
                fetched = end;
                geometry.Locate(row, count, width, pitch, places);
                for (int column = 0, x = left, columns; column < geometry.Columns.Count; column++, x += columns)
                {
                    columns = geometry.Columns.SizeOf(column);
                    var patch = new WinogradPatch(ref pixels, size, y, x, ref zero);
                    var target = new WinogradPositions(ref Unsafe.Add(ref to, ((column * count) + image) * width), points * (nint)pitch, in places[0]);
                    int channel = 0;
                    for (; WideTiles.IsSupported && channel <= channels - Sixteen.Count; channel += Sixteen.Count)
                        TPatches.Transform<Sixteen>(patch.From(channel), rows, columns, target.From(channel), ref half);
                    for (; channel <= channels - Eight.Count; channel += Eight.Count)
                        TPatches.Transform<Eight>(patch.From(channel), rows, columns, target.From(channel), ref half);
                    if (channel < channels)
                    {
                        var restSize = new ImageSize(rows + TPatches.Border, columns + TPatches.Border, Eight.Count);
                        CopyRest(patch.From(channel), channels - channel, restSize, ref rest);
                        TPatches.Transform<Eight>(new WinogradPatch(ref rest, restSize, 0, 0, ref zero), rows, columns, target.From(channel), ref half);
                    }
                }
            }
        }
    }

    // Fewer channels than a vector has: a vector would reach into the next pixel, and beyond the last one.
    private static void CopyRest(scoped in WinogradPatch patch, int channels, ImageSize size, ref float target)
    {
        for (int y = patch.Top; y < patch.Top + size.Height; y++)
        {
            for (int x = patch.Left; x < patch.Left + size.Width; x++)
            {
                bool isInside = (uint)y < (uint)patch.Size.Height && (uint)x < (uint)patch.Size.Width;
                Vector256<float> pixel = isInside ? SomeLanes.Load(ref patch.Image, (y * patch.Size.Row) + (x * patch.Size.Pixel), channels) : default;
                pixel.StoreUnsafe(ref target);
                target = ref Unsafe.Add(ref target, size.Pixel);
            }
        }
    }
}
