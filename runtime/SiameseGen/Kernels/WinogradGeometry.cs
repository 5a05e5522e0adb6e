namespace SiameseGen.Kernels;

/// <summary>
/// How a Winograd convolution lies in memory while it is computed. Images are cut into tiles of 4 × 4 or 6 × 6 outputs, each of which reads a patch that is two
/// wider. A patch is transformed into as many values a channel; what belongs to one of these positions, of all tiles of a few images, makes one matrix, so
/// that the convolution becomes products of matrices, one for each position.
/// </summary>
/// <remarks>
/// Small images waste a part of their last tiles. So a mosaic of images may be convolved as one: side by side, with as many zeros between them as a kernel
/// that lies on one of them can reach. What is computed between images nobody reads.
/// </remarks>
internal readonly struct WinogradGeometry
{
    /// <summary>Rows and columns of outputs in a tile of F(4×4, 3×3).</summary>
    public const int Four = 4;

    /// <summary>Rows and columns of outputs in a tile of F(6×6, 3×3).</summary>
    public const int Six = 6;

    /// <summary>Taps of the kernel.</summary>
    public const int Taps = 9;

    // Enough tiles for long products, few enough for the second-level cache.
    private const int GroupTiles = 64, MostImages = 16, LargestSide = 3;

    private const int Width = ConvolutionGeometry.PanelWidth;

    private WinogradGeometry(
        int height, int width, int channels, int filters, int top, int left, int outputHeight, int outputWidth, int items, int tile, int side)
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
        Tile = tile;
        Side = side;
    }

    /// <summary>Rows and columns of outputs in a tile.</summary>
    public int Tile { get; }

    /// <summary>Rows and columns of inputs under a tile.</summary>
    public int Patch => Tile + 2;

    /// <summary>Products for each channel, filter and tile.</summary>
    public int Positions => Patch * Patch;

    /// <summary>Rows and columns of images in a mosaic; 1 where each is convolved by itself.</summary>
    public int Side { get; }

    /// <summary>Images of a mosaic.</summary>
    public int Images => Side * Side;

    /// <summary>Rows of a mosaic from one image to the one below.</summary>
    public int PeriodRows => Math.Max(OutputHeight + 2 - Top, Height + Top);

    /// <summary>Columns of a mosaic from one image to the next.</summary>
    public int PeriodColumns => Math.Max(OutputWidth + 2 - Left, ImageWidth + Left);

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
    public int TileRows => (((Side - 1) * PeriodRows) + OutputHeight + Tile - 1) / Tile;

    /// <summary>Columns of tiles.</summary>
    public int TileColumns => (((Side - 1) * PeriodColumns) + OutputWidth + Tile - 1) / Tile;

    /// <summary>Tiles of a mosaic.</summary>
    public int Tiles => TileRows * TileColumns;

    /// <summary>Mosaics handled at a time.</summary>
    public int Group => Math.Min(Math.Clamp(GroupTiles / Tiles, 1, MostImages), ((Items - 1) / Images) + 1);

    /// <summary>Tiles handled at a time.</summary>
    public int GroupedTiles => Group * Tiles;

    /// <summary>The matrices that are multiplied.</summary>
    public WinogradMatrices Matrices => new(Positions, Channels, GroupedTiles);

    /// <summary>Channels, filled up to whole vectors.</summary>
    public int PaddedChannels => Matrices.PaddedChannels;

    /// <summary>Panels of 16 filters; the last one may be padded with zeros.</summary>
    public int Panels => (Filters + Width - 1) / Width;

    /// <summary>Panels whose outputs there is room for: two, where there are so many.</summary>
    public int PanelsAtATime => Math.Min(Panels, RegisterTiles.MostPanels);

    /// <summary>Filters, filled up to whole panels.</summary>
    public int PaddedFilters => Panels * Width;

    /// <summary>Floats of a row of a mosaic with its border, as wide as its tiles' patches.</summary>
    public int BorderedRow => ((TileColumns * Tile) + Patch - Tile) * PaddedChannels;

    /// <summary>Floats of a mosaic with its border.</summary>
    public int BorderedLength => ((TileRows * Tile) + Patch - Tile) * BorderedRow;

    /// <summary>Floats of the bordered mosaics.</summary>
    public int BufferLength => Group * BorderedLength;

    /// <summary>Floats from one position's matrix of inputs, tiles × channels, to the next. A register tile may compute a row too many.</summary>
    public int InputPitch => Matrices.InputPitch;

    /// <summary>Floats of the transformed inputs.</summary>
    public int InputsLength => Matrices.InputsLength;

    /// <summary>Floats from one position's matrix of a panel's outputs, tiles × 16, to the next.</summary>
    public int OutputPitch => Matrices.OutputPitch;

    /// <summary>Floats of a panel's outputs before they are transformed.</summary>
    public int OutputsLength => Matrices.OutputsLength;

    /// <summary>Floats of one position's weights of a panel: channels × 16.</summary>
    public int WeightsPitch => Matrices.WeightsPitch;

    /// <summary>Floats of a panel's transformed weights.</summary>
    public int PanelLength => Matrices.PanelLength;

    /// <summary>Floats of the transformed weights.</summary>
    public int WeightsLength => Panels * PanelLength;

    /// <summary>Floats of one position's gradient of a panel's weights: channels, padded, × 16.</summary>
    public int GradientPitch => Matrices.GradientPitch;

    /// <summary>Floats of the gradient of a panel's transformed weights.</summary>
    public int PanelGradientLength => Matrices.PanelGradientLength;

    /// <summary>Floats of the gradient of the transformed weights.</summary>
    public int GradientLength => Panels * PanelGradientLength;

    /// <summary>Floats of a tiled row of a mosaic's output gradient.</summary>
    public int SlopesRow => TileColumns * Tile * PaddedFilters;

    /// <summary>Floats of a mosaic's output gradient, filled up to whole tiles.</summary>
    public int SlopesLength => TileRows * Tile * SlopesRow;

    /// <summary>The convolution itself, in tiles of 4 × 4.</summary>
    /// <param name="shape">A 3×3 kernel that steps by one.</param>
    /// <param name="items">Images that there are at most.</param>
    /// <exception cref="ArgumentException">Another kernel or stride.</exception>
    public static WinogradGeometry Of(in Conv2DShape shape, int items = int.MaxValue) => Of(shape, Four, side: 1, items);

    /// <summary>The convolution itself.</summary>
    /// <param name="shape">A 3×3 kernel that steps by one.</param>
    /// <param name="tile">Rows and columns of outputs in a tile.</param>
    /// <param name="side">Rows and columns of images in a mosaic.</param>
    /// <param name="items">Images that there are at most.</param>
    /// <exception cref="ArgumentException">Another kernel or stride.</exception>
    public static WinogradGeometry Of(in Conv2DShape shape, int tile, int side, int items = int.MaxValue)
    {
        if (shape is not { KernelHeight: 3, KernelWidth: 3, Stride: 1, Dilation: 1 })
            throw new ArgumentException($"Winograd convolution is for 3×3 kernels with stride 1 and without dilation, not for {shape}.", nameof(shape));
        return new WinogradGeometry(
            shape.Height, shape.Width, shape.Channels, shape.Filters, shape.PadTop, shape.PadLeft, shape.OutputHeight, shape.OutputWidth, items, tile, side);
    }

    /// <summary>The gradient of the input: the convolution of the output's gradient with the rotated kernel.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="tile">Rows and columns of outputs in a tile.</param>
    /// <param name="side">Rows and columns of images in a mosaic.</param>
    public static WinogradGeometry OfInputGradient(in Conv2DShape shape, int tile, int side) => new(
        shape.OutputHeight, shape.OutputWidth, shape.Filters, shape.Channels, 2 - shape.PadTop, 2 - shape.PadLeft, shape.Height, shape.Width,
        int.MaxValue, tile, side);

    /// <summary>The most rows and columns of images in a mosaic: as many as are handled at a time; 1 in tiles of 4 × 4.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="tile">Rows and columns of outputs in a tile.</param>
    public static int MostSide(in Conv2DShape shape, int tile)
    {
        int side = 1;
        while (tile == Six && side < LargestSide && Of(shape, tile, side + 1).Tiles <= GroupTiles)
            side++;
        return side;
    }

    /// <summary>The mosaics in which so many images take the fewest tiles.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="tile">Rows and columns of outputs in a tile.</param>
    /// <param name="items">Images.</param>
    public static int BestSide(in Conv2DShape shape, int tile, int items)
    {
        int best = 1, most = MostSide(shape, tile);
        for (int side = 2; side <= most; side++)
        {
            if (TilesOf(shape, tile, side, items) < TilesOf(shape, tile, best, items))
                best = side;
        }

        return best;

        static long TilesOf(in Conv2DShape shape, int tile, int side, int items)
        {
            WinogradGeometry geometry = Of(shape, tile, side);
            return (((items - 1L) / geometry.Images) + 1) * geometry.Tiles;
        }
    }
}
