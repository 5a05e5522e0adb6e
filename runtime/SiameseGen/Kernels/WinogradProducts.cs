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
    /// <param name="weights">Transformed weights of a panel of filters.</param>
    /// <param name="outputs">Receives the panel's outputs, not yet transformed; a row after the last one is undefined.</param>
    public static void Multiply(in WinogradGeometry geometry, ReadOnlySpan<float> inputs, int tiles, ReadOnlySpan<float> weights, Span<float> outputs)
    {
        Zeros zeros = default;
        ref float none = ref zeros[0];
        int row = geometry.PaddedChannels;
        TileLoop loop = new(1, geometry.Channels, 0, Relu: false);
        ref float v = ref MemoryMarshal.GetReference(inputs[..geometry.InputsLength]), m = ref MemoryMarshal.GetReference(outputs[..geometry.OutputsLength]);
        ref float u = ref MemoryMarshal.GetReference(weights[..geometry.PanelLength]);
        for (int position = 0; position < WinogradGeometry.Positions; position++)
        {
            ref float x = ref v;
            ref float y = ref m;
            int left = tiles;
            for (; left > TileRows - 2; left -= TileRows)
            {
                RegisterTiles.Six(
                    loop, ref x, ref Unsafe.Add(ref x, row), ref Unsafe.Add(ref x, 2 * row), ref Unsafe.Add(ref x, 3 * row), ref Unsafe.Add(ref x, 4 * row),
                    ref Unsafe.Add(ref x, 5 * row), ref u, ref none, ref y, Width);
                x = ref Unsafe.Add(ref x, TileRows * row);
                y = ref Unsafe.Add(ref y, TileRows * Width);
            }

            if (left > 2)
            {
                RegisterTiles.Four(
                    loop, ref x, ref Unsafe.Add(ref x, row), ref Unsafe.Add(ref x, 2 * row), ref Unsafe.Add(ref x, 3 * row), ref u, ref none, ref y, Width);
            }
            else if (left > 0)
            {
                RegisterTiles.Two(loop, ref x, ref Unsafe.Add(ref x, row), ref u, ref none, ref y, Width);
            }

            v = ref Unsafe.Add(ref v, geometry.InputPitch);
            u = ref Unsafe.Add(ref u, geometry.WeightsPitch);
            m = ref Unsafe.Add(ref m, geometry.OutputPitch);
        }
    }

    [InlineArray(Width)]
    private struct Zeros
    {
        private float _first;
    }
}
