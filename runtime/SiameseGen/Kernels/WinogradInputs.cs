using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiameseGen.Kernels;

/// <summary>The transform of inputs: a patch d becomes Bᵀ d B (<see cref="WinogradTransform{V}.Four"/>, <see cref="WinogradTransform{V}.Six"/>).</summary>
internal static class WinogradInputs
{
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
        int channels = geometry.PaddedChannels, tile = geometry.Tile, rows = geometry.TileRows, columns = geometry.TileColumns, length = geometry.BorderedLength;
        nint row = geometry.BorderedRow, pitch = geometry.InputPitch;
        WinogradMatrix halfMatrix = default;
        ref float half = ref WinogradMatrix.Of(ref halfMatrix);
        for (int image = 0; image < count; image++)
        {
            for (int tileRow = 0; tileRow < rows; tileRow++)
            {
                ref float patch = ref Unsafe.Add(ref from, (image * length) + (tileRow * tile * (int)row));
                for (int tileColumn = 0; tileColumn < columns; tileColumn++)
                {
                    int channel = 0;
                    for (; WideTiles.IsSupported && channel <= channels - Sixteen.Count; channel += Sixteen.Count)
                        Transform<Sixteen>(tile, ref Unsafe.Add(ref patch, channel), row, channels, ref half, ref Unsafe.Add(ref to, channel), pitch);
                    for (; channel < channels; channel += Eight.Count)
                        Transform<Eight>(tile, ref Unsafe.Add(ref patch, channel), row, channels, ref half, ref Unsafe.Add(ref to, channel), pitch);
                    patch = ref Unsafe.Add(ref patch, tile * channels);
                    to = ref Unsafe.Add(ref to, channels);
                }
            }
        }
    }

    // Apart, so that the loop's registers are its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Transform<V>(int tile, ref float patch, nint row, nint column, ref float half, ref float target, nint pitch)
        where V : struct, IFloats<V>
    {
        if (tile == WinogradGeometry.Four)
            WinogradTransforms.Apply<V, WinogradTransform<V>.Four.OfInputs>(ref patch, row, column, ref half, ref target, 6 * pitch, pitch);
        else
            WinogradTransforms.Apply<V, WinogradTransform<V>.Six.OfInputs>(ref patch, row, column, ref half, ref target, 8 * pitch, pitch);
    }
}
