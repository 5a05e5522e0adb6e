using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiameseGen.Kernels;

/// <summary>
/// The products of a Winograd convolution: at each position of a transformed patch, tiles × channels times channels × filters. Each output is one chain of fused
/// multiply-adds from 0 over the channels.
/// </summary>
internal static class WinogradProducts
{
    private const int Width = ConvolutionGeometry.PanelWidth, TileRows = ConvolutionGeometry.TilePixels;

    /// <summary>Multiplies all positions.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="inputs">Transformed inputs.</param>
    /// <param name="count">Images.</param>
    /// <param name="weights">Transformed weights of the panels.</param>
    /// <param name="panels">Panels of filters: one, or two where <see cref="RegisterTiles.Panels"/> says so.</param>
    /// <param name="outputs">Receives the panels' outputs, not yet transformed, one panel's after the other's; a row after the last one is undefined.</param>
    public static void Multiply(
        in WinogradGeometry geometry, ReadOnlySpan<float> inputs, int count, ReadOnlySpan<float> weights, int panels, Span<float> outputs)
    {
        WinogradMatrices matrices = geometry.Matrices;
        Zeros zeros = default;
        ref float none = ref zeros[0];
        int row = matrices.PaddedChannels;
        TileLoop loop = panels > 1
            ? new(1, matrices.Channels, 0, Relu: false, SecondWeights: matrices.PanelLength, SecondOutput: matrices.OutputsLength)
            : new(1, matrices.Channels, 0, Relu: false);
        ref float v = ref MemoryMarshal.GetReference(inputs[..matrices.InputsLength]), m = ref MemoryMarshal.GetReference(outputs[..(panels * matrices.OutputsLength)]);
        ref float u = ref MemoryMarshal.GetReference(weights[..(panels * matrices.PanelLength)]);
        for (int position = 0; position < matrices.Positions; position++)
        {
            int tiles = geometry.RowsOf(position, count);
            ref float x = ref v;
            ref float y = ref m;
            int sixes = RegisterTiles.SixesOf(tiles) + (tiles % TileRows == TileRows - 1 ? 1 : 0), left = tiles - (sixes * TileRows);
            RegisterTiles.Sixes(loop, sixes, ref x, row, ref u, ref none, ref y, Width);
            x = ref Unsafe.Add(ref x, sixes * TileRows * row);
            y = ref Unsafe.Add(ref y, sixes * TileRows * Width);
            for (; left > 2; left -= 4)
            {
                RegisterTiles.Four(
                    loop, ref x, ref Unsafe.Add(ref x, row), ref Unsafe.Add(ref x, 2 * row), ref Unsafe.Add(ref x, 3 * row), ref u, ref none, ref y, Width);
                x = ref Unsafe.Add(ref x, 4 * row);
                y = ref Unsafe.Add(ref y, 4 * Width);
            }

            if (left > 0)
                RegisterTiles.Two(loop, ref x, ref Unsafe.Add(ref x, row), ref u, ref none, ref y, Width);

            v = ref Unsafe.Add(ref v, matrices.InputPitch);
            u = ref Unsafe.Add(ref u, matrices.WeightsPitch);
            m = ref Unsafe.Add(ref m, matrices.OutputPitch);
        }
    }

    [InlineArray(RegisterTiles.MostPanels * Width)]
    private struct Zeros
    {
        private float _first;
    }
}
