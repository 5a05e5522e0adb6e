using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiameseGen.Kernels;

/// <summary>
/// The products of a Winograd convolution: at each of 36 positions, tiles × channels times channels × filters. Each output is one chain of fused
/// multiply-adds from 0 over the channels.
/// </summary>
internal static class WinogradProducts
{
    private const int Width = ConvolutionGeometry.PanelWidth, TileRows = ConvolutionGeometry.TilePixels;

    /// <summary>Multiplies all positions.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="inputs">Transformed inputs.</param>
    /// <param name="tiles">Tiles that they have.</param>
    /// <param name="weights">Transformed weights.</param>
    /// <param name="outputs">Receives the outputs, not yet transformed; a row after the last one is undefined.</param>
    public static void Multiply(in WinogradGeometry geometry, ReadOnlySpan<float> inputs, int tiles, ReadOnlySpan<float> weights, Span<float> outputs)
    {
        Zeros zeros = default;
        ref float none = ref zeros[0];
        int channels = geometry.Channels, rowLength = geometry.PaddedChannels, stride = geometry.PaddedFilters;
        TileLoop loop = new(1, channels, 0, Relu: false);
        ref float u = ref MemoryMarshal.GetReference(weights[..geometry.WeightsLength]);
        for (int position = 0; position < WinogradGeometry.Positions; position++)
        {
            ref float v = ref MemoryMarshal.GetReference(inputs.Slice(position * geometry.InputPitch, geometry.InputPitch));
            ref float m = ref MemoryMarshal.GetReference(outputs.Slice(position * geometry.OutputPitch, geometry.OutputPitch));
            for (int panel = 0; panel < geometry.Panels; panel++)
            {
                ref float x = ref v;
                ref float y = ref Unsafe.Add(ref m, panel * Width);
                int left = tiles;
                for (; left > TileRows - 2; left -= TileRows)
                {
                    RegisterTiles.Six(
                        loop, ref x, ref Unsafe.Add(ref x, rowLength), ref Unsafe.Add(ref x, 2 * rowLength), ref Unsafe.Add(ref x, 3 * rowLength),
                        ref Unsafe.Add(ref x, 4 * rowLength), ref Unsafe.Add(ref x, 5 * rowLength), ref u, ref none, ref y, stride);
                    x = ref Unsafe.Add(ref x, TileRows * rowLength);
                    y = ref Unsafe.Add(ref y, TileRows * stride);
                }

                if (left > 2)
                {
                    RegisterTiles.Four(
                        loop, ref x, ref Unsafe.Add(ref x, rowLength), ref Unsafe.Add(ref x, 2 * rowLength), ref Unsafe.Add(ref x, 3 * rowLength),
                        ref u, ref none, ref y, stride);
                }
                else if (left > 0)
                {
                    RegisterTiles.Two(loop, ref x, ref Unsafe.Add(ref x, rowLength), ref u, ref none, ref y, stride);
                }

                u = ref Unsafe.Add(ref u, channels * Width);
            }
        }
    }

    [InlineArray(Width)]
    private struct Zeros
    {
        private float _first;
    }
}
