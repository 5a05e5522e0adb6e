using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// The transform of inputs of F(4×4, 3×3): a patch d of 6 × 6 becomes Bᵀ d B, with the polynomials' points 0, 1, −1, 2, −2 and infinity
/// (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016).
/// </summary>
internal static class WinogradInputs
{
    private const int Tile = WinogradGeometry.Tile, Patch = WinogradGeometry.Patch;

    /// <summary>Copies a few images into a buffer in which they have their border. The buffer was cleared once: what is not of an image stays zero.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="images">The images, one after another.</param>
    /// <param name="buffer">Receives them.</param>
    public static void Copy(in WinogradGeometry geometry, ReadOnlySpan<float> images, Span<float> buffer)
    {
        // Without a border on the right and below, the last rows and columns may be under no kernel.
        int rows = Math.Min(geometry.Height, (geometry.BorderedLength / geometry.BorderedRow) - geometry.Top);
        int columns = Math.Min(geometry.ImageWidth, (geometry.BorderedRow / geometry.PaddedChannels) - geometry.Left);
        int first = (geometry.Top * geometry.BorderedRow) + (geometry.Left * geometry.PaddedChannels);
        var rectangle = new Rectangle(rows, columns, geometry.Channels, geometry.ImageWidth * geometry.Channels, geometry.BorderedRow, geometry.PaddedChannels);
        for (int image = 0; image * geometry.InputLength < images.Length; image++)
            rectangle.Copy(images[(image * geometry.InputLength)..], buffer[((image * geometry.BorderedLength) + first)..]);
    }

    /// <summary>Transforms the patches of bordered images.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="buffer">The bordered images.</param>
    /// <param name="count">Images.</param>
    /// <param name="inputs">Receives the matrices of the 36 positions.</param>
    public static void Transform(in WinogradGeometry geometry, ReadOnlySpan<float> buffer, int count, Span<float> inputs)
    {
        ref float from = ref MemoryMarshal.GetReference(buffer), to = ref MemoryMarshal.GetReference(inputs);
        int channels = geometry.PaddedChannels;
        nint row = geometry.BorderedRow, pitch = geometry.InputPitch;
        PatchOfVectors half = default;
        for (int image = 0; image < count; image++)
        {
            for (int tileRow = 0; tileRow < geometry.TileRows; tileRow++)
            {
                ref float patch = ref Unsafe.Add(ref from, (image * geometry.BorderedLength) + (tileRow * Tile * (int)row));
                for (int tileColumn = 0; tileColumn < geometry.TileColumns; tileColumn++)
                {
                    for (int channel = 0; channel < channels; channel += Lanes.Count)
                    {
                        TransformPatch(ref patch, row, channels, ref half[0], ref to, pitch);
                        patch = ref Unsafe.Add(ref patch, Lanes.Count);
                        to = ref Unsafe.Add(ref to, Lanes.Count);
                    }

                    patch = ref Unsafe.Add(ref patch, (Tile - 1) * channels);
                }
            }
        }
    }

    private static void TransformPatch(ref float patch, nint row, nint column, ref Vector256<float> half, ref float target, nint pitch)
    {
        for (int i = 0; i < Patch; i++)
        {
            ref float x = ref Unsafe.Add(ref patch, i * column);
            Transform(
                Vector256.LoadUnsafe(ref x), Vector256.LoadUnsafe(ref Unsafe.Add(ref x, row)), Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 2 * row)),
                Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 3 * row)), Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 4 * row)),
                Vector256.LoadUnsafe(ref Unsafe.Add(ref x, 5 * row)),
                out Unsafe.Add(ref half, i), out Unsafe.Add(ref half, Patch + i), out Unsafe.Add(ref half, (2 * Patch) + i),
                out Unsafe.Add(ref half, (3 * Patch) + i), out Unsafe.Add(ref half, (4 * Patch) + i), out Unsafe.Add(ref half, (5 * Patch) + i));
        }

        for (int i = 0; i < Patch; i++)
        {
            Transform(
                half, Unsafe.Add(ref half, 1), Unsafe.Add(ref half, 2), Unsafe.Add(ref half, 3), Unsafe.Add(ref half, 4), Unsafe.Add(ref half, 5),
                out Vector256<float> v0, out Vector256<float> v1, out Vector256<float> v2, out Vector256<float> v3, out Vector256<float> v4,
                out Vector256<float> v5);
            v0.StoreUnsafe(ref target);
            v1.StoreUnsafe(ref Unsafe.Add(ref target, pitch));
            v2.StoreUnsafe(ref Unsafe.Add(ref target, 2 * pitch));
            v3.StoreUnsafe(ref Unsafe.Add(ref target, 3 * pitch));
            v4.StoreUnsafe(ref Unsafe.Add(ref target, 4 * pitch));
            v5.StoreUnsafe(ref Unsafe.Add(ref target, 5 * pitch));
            half = ref Unsafe.Add(ref half, Patch);
            target = ref Unsafe.Add(ref target, Patch * pitch);
        }
    }

    // Bᵀ times six values:
    //   4  0 −5  0  1  0
    //   0 −4 −4  1  1  0
    //   0  4 −4 −1  1  0
    //   0 −2 −1  2  1  0
    //   0  2 −1 −2  1  0
    //   0  4  0 −5  0  1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform(
        Vector256<float> d0, Vector256<float> d1, Vector256<float> d2, Vector256<float> d3, Vector256<float> d4, Vector256<float> d5,
        out Vector256<float> v0, out Vector256<float> v1, out Vector256<float> v2, out Vector256<float> v3, out Vector256<float> v4,
        out Vector256<float> v5)
    {
        Vector256<float> two = Vector256.Create(2f), four = Vector256.Create(4f), minusFour = Vector256.Create(-4f), minusFive = Vector256.Create(-5f);
        Vector256<float> even = Vectors.MultiplyAdd(minusFour, d2, d4), odd = Vectors.MultiplyAdd(minusFour, d1, d3);
        Vector256<float> evenHalf = d4 - d2, oddHalf = two * (d3 - d1);
        v0 = Vectors.MultiplyAdd(four, d0, Vectors.MultiplyAdd(minusFive, d2, d4));
        v1 = even + odd;
        v2 = even - odd;
        v3 = evenHalf + oddHalf;
        v4 = evenHalf - oddHalf;
        v5 = Vectors.MultiplyAdd(four, d1, Vectors.MultiplyAdd(minusFive, d3, d5));
    }

    [InlineArray(Patch * Patch)]
    private struct PatchOfVectors
    {
        private Vector256<float> _first;
    }
}
