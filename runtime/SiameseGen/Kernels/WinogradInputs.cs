using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The transform of inputs: a patch d becomes Bᵀ d B. That of F(4×4, 3×3) has the polynomials' points 0, 1, −1, 2, −2 and infinity
/// (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016); for F(6×6, 3×3) see <see cref="WinogradTransforms"/>.
/// </summary>
internal static class WinogradInputs
{
    private const int Tile = WinogradGeometry.Four, Patch = Tile + 2;

    /// <summary>
    /// Copies a few images, or mosaics of them, into a buffer in which they have their border. The buffer was cleared once: what is not of an image stays zero.
    /// </summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="images">The images, one after another.</param>
    /// <param name="buffer">Receives them.</param>
    public static void Copy(in WinogradGeometry geometry, ReadOnlySpan<float> images, Span<float> buffer)
    {
        int row = geometry.BorderedRow, channels = geometry.PaddedChannels, count = images.Length / geometry.InputLength;
        for (int image = 0; image < count; image++)
            Rectangle(geometry, image, out int place).Copy(images[(image * geometry.InputLength)..], buffer[place..]);

        // Where the last mosaic is not full there may be images of the one before.
        for (int image = count; image % geometry.Images > 0; image++)
            Rectangle(geometry, image, out int place).Clear(buffer[place..]);

        Rectangle Rectangle(in WinogradGeometry geometry, int image, out int place)
        {
            (int mosaic, int piece) = Math.DivRem(image, geometry.Images);
            (int down, int across) = Math.DivRem(piece, geometry.Side);
            int top = geometry.Top + (down * geometry.PeriodRows), left = geometry.Left + (across * geometry.PeriodColumns);
            place = (mosaic * geometry.BorderedLength) + (top * row) + (left * channels);

            // Without a border on the right and below, the last rows and columns may be under no kernel.
            int rows = Math.Min(geometry.Height, (geometry.BorderedLength / row) - top), columns = Math.Min(geometry.ImageWidth, (row / channels) - left);
            return new Rectangle(rows, columns, geometry.Channels, geometry.ImageWidth * geometry.Channels, row, channels);
        }
    }

    /// <summary>Transforms the patches of bordered images or mosaics.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="buffer">The bordered images or mosaics.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="inputs">Receives the matrices of all positions.</param>
    public static void Transform(in WinogradGeometry geometry, ReadOnlySpan<float> buffer, int count, Span<float> inputs)
    {
        ref float from = ref MemoryMarshal.GetReference(buffer), to = ref MemoryMarshal.GetReference(inputs);
        int channels = geometry.PaddedChannels, tile = geometry.Tile;
        nint row = geometry.BorderedRow, pitch = geometry.InputPitch;
        MatrixOfVectors half = default;
        for (int image = 0; image < count; image++)
        {
            for (int tileRow = 0; tileRow < geometry.TileRows; tileRow++)
            {
                ref float patch = ref Unsafe.Add(ref from, (image * geometry.BorderedLength) + (tileRow * tile * (int)row));
                for (int tileColumn = 0; tileColumn < geometry.TileColumns; tileColumn++)
                {
                    for (int channel = 0; channel < channels; channel += Lanes.Count)
                    {
                        if (tile == Tile)
                            TransformPatch(ref patch, row, channels, ref to, pitch);
                        else
                            TransformLargePatch(ref patch, row, channels, ref half[0], ref to, pitch);
                        patch = ref Unsafe.Add(ref patch, Lanes.Count);
                        to = ref Unsafe.Add(ref to, Lanes.Count);
                    }

                    patch = ref Unsafe.Add(ref patch, (tile - 1) * channels);
                }
            }
        }
    }

    // Apart, so that the loop's registers are its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TransformLargePatch(ref float patch, nint row, nint column, ref float half, ref float target, nint pitch) =>
        WinogradTransforms.Apply<WinogradTransforms.OfInputs>(ref patch, row, column, ref half, ref target, 8 * pitch, pitch);

    // Bᵀ d gives six rows, of which those that share sums are computed together; each row is then transformed along its columns while it is in registers.
    private static void TransformPatch(ref float patch, nint row, nint column, ref float target, nint pitch)
    {
        ref float d0 = ref patch;
        ref float d1 = ref Unsafe.Add(ref patch, row), d2 = ref Unsafe.Add(ref patch, 2 * row), d3 = ref Unsafe.Add(ref patch, 3 * row);
        ref float d4 = ref Unsafe.Add(ref patch, 4 * row), d5 = ref Unsafe.Add(ref patch, 5 * row);
        nint two = 2 * column, three = 3 * column, four = 4 * column, five = 5 * column;

        TransformRow(
            Outer(ref d0, ref d2, ref d4, 0), Outer(ref d0, ref d2, ref d4, column), Outer(ref d0, ref d2, ref d4, two),
            Outer(ref d0, ref d2, ref d4, three), Outer(ref d0, ref d2, ref d4, four), Outer(ref d0, ref d2, ref d4, five), ref target, pitch);

        Near(ref d1, ref d2, ref d3, ref d4, 0, out Vector256<float> a0, out Vector256<float> b0);
        Near(ref d1, ref d2, ref d3, ref d4, column, out Vector256<float> a1, out Vector256<float> b1);
        Near(ref d1, ref d2, ref d3, ref d4, two, out Vector256<float> a2, out Vector256<float> b2);
        Near(ref d1, ref d2, ref d3, ref d4, three, out Vector256<float> a3, out Vector256<float> b3);
        Near(ref d1, ref d2, ref d3, ref d4, four, out Vector256<float> a4, out Vector256<float> b4);
        Near(ref d1, ref d2, ref d3, ref d4, five, out Vector256<float> a5, out Vector256<float> b5);
        TransformRow(a0, a1, a2, a3, a4, a5, ref Unsafe.Add(ref target, Patch * pitch), pitch);
        TransformRow(b0, b1, b2, b3, b4, b5, ref Unsafe.Add(ref target, 2 * Patch * pitch), pitch);

        Far(ref d1, ref d2, ref d3, ref d4, 0, out a0, out b0);
        Far(ref d1, ref d2, ref d3, ref d4, column, out a1, out b1);
        Far(ref d1, ref d2, ref d3, ref d4, two, out a2, out b2);
        Far(ref d1, ref d2, ref d3, ref d4, three, out a3, out b3);
        Far(ref d1, ref d2, ref d3, ref d4, four, out a4, out b4);
        Far(ref d1, ref d2, ref d3, ref d4, five, out a5, out b5);
        TransformRow(a0, a1, a2, a3, a4, a5, ref Unsafe.Add(ref target, 3 * Patch * pitch), pitch);
        TransformRow(b0, b1, b2, b3, b4, b5, ref Unsafe.Add(ref target, 4 * Patch * pitch), pitch);

        TransformRow(
            Outer(ref d1, ref d3, ref d5, 0), Outer(ref d1, ref d3, ref d5, column), Outer(ref d1, ref d3, ref d5, two),
            Outer(ref d1, ref d3, ref d5, three), Outer(ref d1, ref d3, ref d5, four), Outer(ref d1, ref d3, ref d5, five),
            ref Unsafe.Add(ref target, 5 * Patch * pitch), pitch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformRow(
        Vector256<float> d0, Vector256<float> d1, Vector256<float> d2, Vector256<float> d3, Vector256<float> d4, Vector256<float> d5, ref float target,
        nint pitch)
    {
        Outer(d0, d2, d4).StoreUnsafe(ref target);
        Near(d1, d2, d3, d4, out Vector256<float> a, out Vector256<float> b);
        a.StoreUnsafe(ref Unsafe.Add(ref target, pitch));
        b.StoreUnsafe(ref Unsafe.Add(ref target, 2 * pitch));
        Far(d1, d2, d3, d4, out a, out b);
        a.StoreUnsafe(ref Unsafe.Add(ref target, 3 * pitch));
        b.StoreUnsafe(ref Unsafe.Add(ref target, 4 * pitch));
        Outer(d1, d3, d5).StoreUnsafe(ref Unsafe.Add(ref target, 5 * pitch));
    }

    // Bᵀ:
    //   4  0 −5  0  1  0    outer
    //   0 −4 −4  1  1  0    near
    //   0  4 −4 −1  1  0    near
    //   0 −2 −1  2  1  0    far
    //   0  2 −1 −2  1  0    far
    //   0  4  0 −5  0  1    outer
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Outer(Vector256<float> d0, Vector256<float> d2, Vector256<float> d4) =>
        Vectors.MultiplyAdd(Vector256.Create(4f), d0, Vectors.MultiplyAdd(Vector256.Create(-5f), d2, d4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Near(
        Vector256<float> d1, Vector256<float> d2, Vector256<float> d3, Vector256<float> d4, out Vector256<float> sum, out Vector256<float> difference)
    {
        Vector256<float> minusFour = Vector256.Create(-4f);
        Vector256<float> even = Vectors.MultiplyAdd(minusFour, d2, d4), odd = Vectors.MultiplyAdd(minusFour, d1, d3);
        sum = even + odd;
        difference = even - odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Far(
        Vector256<float> d1, Vector256<float> d2, Vector256<float> d3, Vector256<float> d4, out Vector256<float> sum, out Vector256<float> difference)
    {
        Vector256<float> even = d4 - d2, odd = Vector256.Create(2f) * (d3 - d1);
        sum = even + odd;
        difference = even - odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Outer(ref float d0, ref float d2, ref float d4, nint at) => Outer(Load(ref d0, at), Load(ref d2, at), Load(ref d4, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Near(
        ref float d1, ref float d2, ref float d3, ref float d4, nint at, out Vector256<float> sum, out Vector256<float> difference) =>
        Near(Load(ref d1, at), Load(ref d2, at), Load(ref d3, at), Load(ref d4, at), out sum, out difference);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Far(
        ref float d1, ref float d2, ref float d3, ref float d4, nint at, out Vector256<float> sum, out Vector256<float> difference) =>
        Far(Load(ref d1, at), Load(ref d2, at), Load(ref d3, at), Load(ref d4, at), out sum, out difference);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float row, nint at) => Vector256.LoadUnsafe(ref Unsafe.Add(ref row, at));

    [InlineArray(WinogradTransforms.HalfLength)]
    private struct MatrixOfVectors
    {
        private float _first;
    }
}
