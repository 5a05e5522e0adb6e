namespace SiameseGen.Kernels;

/// <summary>
/// The matrices that are multiplied in a Winograd convolution: one for each position of a transformed patch. Filters are handled in panels of 16, one or two
/// at a time, so that their outputs are still in the second-level cache when they are transformed.
/// </summary>
/// <param name="positions">Positions of a transformed patch.</param>
/// <param name="channels">Channels of the convolution's input.</param>
/// <param name="tiles">Tiles that are handled at a time.</param>
internal readonly struct WinogradMatrices(int positions, int channels, int tiles)
{
    // A matrix starts one cache line further than the last one ends: positions that lie a multiple of 4 KB apart would fight for the same lines.
    private const int Gap = 16;

    private const int Width = ConvolutionGeometry.PanelWidth, Rows = ConvolutionGeometry.TilePixels;

    /// <summary>Positions of a transformed patch.</summary>
    public int Positions => positions;

    /// <summary>Channels of the convolution's input.</summary>
    public int Channels => channels;

    /// <summary>Channels, filled up to whole vectors.</summary>
    public int PaddedChannels => (channels + Lanes.Count - 1) / Lanes.Count * Lanes.Count;

    /// <summary>Rows of a weight gradient's matrix: channels, filled up to whole register tiles: of six, or of the eight of <see cref="GradientTiles"/>.</summary>
    public int GradientRows => Math.Max((channels + Rows - 1) / Rows * Rows, PaddedChannels);

    /// <summary>Floats from one position's matrix of inputs, tiles × channels, to the next. A register tile may compute a row too many.</summary>
    public int InputPitch => ((tiles + 1) * PaddedChannels) + Gap;

    /// <summary>Floats of the transformed inputs.</summary>
    public int InputsLength => positions * InputPitch;

    /// <summary>Floats from one position's matrix of a panel's outputs, tiles × 16, to the next.</summary>
    public int OutputPitch => ((tiles + 1) * Width) + Gap;

    /// <summary>Floats of a panel's outputs before they are transformed.</summary>
    public int OutputsLength => positions * OutputPitch;

    /// <summary>Floats of one position's weights of a panel: channels × 16.</summary>
    public int WeightsPitch => channels * Width;

    /// <summary>Floats of a panel's transformed weights.</summary>
    public int PanelLength => positions * WeightsPitch;

    /// <summary>Floats of one position's gradient of a panel's weights: channels, padded, × 16.</summary>
    public int GradientPitch => GradientRows * Width;

    /// <summary>Floats of the gradient of a panel's transformed weights.</summary>
    public int PanelGradientLength => positions * GradientPitch;
}
