namespace SiameseGen.Kernels;

/// <summary>
/// How a Winograd convolution F(4×4, 3×3) lies in memory while it is computed. Images are cut into tiles of 4 × 4 outputs, each of which reads a patch of
/// 6 × 6 inputs. A patch is transformed into 36 values a channel; what belongs to one of these 36 positions, of all tiles of a few images, makes one
/// matrix, so that the convolution becomes 36 products of matrices. Filters are handled in panels of 16, one after another, so that a panel's outputs are
/// still in the second-level cache when they are transformed.
/// </summary>
internal readonly struct WinogradGeometry
{
    /// <summary>Rows and columns of outputs in a tile.</summary>
    public const int Tile = 4;

    /// <summary>Rows and columns of inputs under a tile.</summary>
    public const int Patch = 6;

    /// <summary>Products for each channel, filter and tile, in place of 144 of the plain convolution.</summary>
    public const int Positions = Patch * Patch;

    /// <summary>Taps of the kernel.</summary>
    public const int Taps = 9;

    // Enough tiles for long products, few enough for the second-level cache.
    private const int GroupTiles = 64, MostImages = 16;

    // A matrix starts one cache line further than the last one ends: positions that lie a multiple of 4 KB apart would fight for the same lines.
    private const int Gap = 16;

    private const int Width = ConvolutionGeometry.PanelWidth;

    private WinogradGeometry(int height, int width, int channels, int filters, int top, int left, int outputHeight, int outputWidth, int items)
    {
        Height = height;
        ImageWidth = width;
        Channels = channels;
        Filters = filters;
        Top = top;
        Left = left;
        OutputHeight = outputHeight;
        OutputWidth = outputWidth;
        Items = items;
    }

    public int Height { get; }

    public int ImageWidth { get; }

    public int Channels { get; }

    public int Filters { get; }

    public int Top { get; }

    public int Left { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    /// <summary>Images that there are at most: one alone takes less memory.</summary>
    public int Items { get; }

    /// <summary>Floats of an input image.</summary>
    public int InputLength => Height * ImageWidth * Channels;

    /// <summary>Floats of an output image.</summary>
    public int OutputLength => OutputHeight * OutputWidth * Filters;

    /// <summary>Rows of tiles.</summary>
    public int TileRows => (OutputHeight + Tile - 1) / Tile;

    /// <summary>Columns of tiles.</summary>
    public int TileColumns => (OutputWidth + Tile - 1) / Tile;

    /// <summary>Tiles of an image.</summary>
    public int Tiles => TileRows * TileColumns;

    /// <summary>Images handled at a time.</summary>
    public int Group => Math.Min(Math.Clamp(GroupTiles / Tiles, 1, MostImages), Items);

    /// <summary>Tiles handled at a time.</summary>
    public int GroupedTiles => Group * Tiles;

    /// <summary>Channels, filled up to whole vectors.</summary>
    public int PaddedChannels => (Channels + Lanes.Count - 1) / Lanes.Count * Lanes.Count;

    /// <summary>Panels of 16 filters; the last one may be padded with zeros.</summary>
    public int Panels => (Filters + Width - 1) / Width;

    /// <summary>Filters, filled up to whole panels.</summary>
    public int PaddedFilters => Panels * Width;

    /// <summary>Rows of a weight gradient's matrix: channels, filled up to whole register tiles.</summary>
    public int GradientRows => (Channels + ConvolutionGeometry.TilePixels - 1) / ConvolutionGeometry.TilePixels * ConvolutionGeometry.TilePixels;

    /// <summary>Floats of a row of an image with its border, as wide as its tiles' patches.</summary>
    public int BorderedRow => ((TileColumns * Tile) + Patch - Tile) * PaddedChannels;

    /// <summary>Floats of an image with its border.</summary>
    public int BorderedLength => ((TileRows * Tile) + Patch - Tile) * BorderedRow;

    /// <summary>Floats of the bordered images.</summary>
    public int BufferLength => Group * BorderedLength;

    /// <summary>Floats from one position's matrix of inputs, tiles × channels, to the next. A register tile may compute a row too many.</summary>
    public int InputPitch => ((GroupedTiles + 1) * PaddedChannels) + Gap;

    /// <summary>Floats of the transformed inputs.</summary>
    public int InputsLength => Positions * InputPitch;

    /// <summary>Floats from one position's matrix of a panel's outputs, tiles × 16, to the next.</summary>
    public int OutputPitch => ((GroupedTiles + 1) * Width) + Gap;

    /// <summary>Floats of a panel's outputs before they are transformed.</summary>
    public int OutputsLength => Positions * OutputPitch;

    /// <summary>Floats of one position's weights of a panel: channels × 16.</summary>
    public int WeightsPitch => Channels * Width;

    /// <summary>Floats of a panel's transformed weights.</summary>
    public int PanelLength => Positions * WeightsPitch;

    /// <summary>Floats of the transformed weights.</summary>
    public int WeightsLength => Panels * PanelLength;

    /// <summary>Floats of one position's gradient of a panel's weights: channels, padded, × 16.</summary>
    public int GradientPitch => GradientRows * Width;

    /// <summary>Floats of the gradient of a panel's transformed weights.</summary>
    public int PanelGradientLength => Positions * GradientPitch;

    /// <summary>Floats of the gradient of the transformed weights.</summary>
    public int GradientLength => Panels * PanelGradientLength;

    /// <summary>Floats of a tiled row of an image's output gradient.</summary>
    public int SlopesRow => TileColumns * Tile * PaddedFilters;

    /// <summary>Floats of an image's output gradient, filled up to whole tiles.</summary>
    public int SlopesLength => TileRows * Tile * SlopesRow;

    /// <summary>The convolution itself.</summary>
    /// <param name="shape">A 3×3 kernel that steps by one.</param>
    /// <param name="items">Images that there are at most.</param>
    /// <exception cref="ArgumentException">Another kernel or stride.</exception>
    public static WinogradGeometry Of(in Conv2DShape shape, int items = int.MaxValue)
    {
        if (shape is not { KernelHeight: 3, KernelWidth: 3, Stride: 1 })
            throw new ArgumentException($"Winograd convolution is for 3×3 kernels with stride 1, not for {shape}.", nameof(shape));
        return new WinogradGeometry(
            shape.Height, shape.Width, shape.Channels, shape.Filters, shape.PadTop, shape.PadLeft, shape.OutputHeight, shape.OutputWidth, items);
    }

    /// <summary>The gradient of the input: the convolution of the output's gradient with the rotated kernel.</summary>
    /// <param name="shape">The convolution.</param>
    public static WinogradGeometry OfInputGradient(in Conv2DShape shape) => new(
        shape.OutputHeight, shape.OutputWidth, shape.Filters, shape.Channels, 2 - shape.PadTop, 2 - shape.PadLeft, shape.Height, shape.Width, int.MaxValue);
}
