namespace SiameseGen.Compiler.Planning;

/// <summary>
/// How much memory the runtime's <c>WinogradConv2D</c> asks for; mirrors its <c>WinogradGeometry</c>, and a test compares them. Here nothing overflows.
/// </summary>
internal static class WinogradSizes
{
    /// <summary>Products for each channel, filter and tile.</summary>
    public const long Positions = 36;

    /// <summary>Filters of a panel.</summary>
    public const long Panel = 16;

    private const long Tile = 4, Border = 2, Lanes = 8, RegisterRows = 6, GroupTiles = 64, MostImages = 16, Gap = 16;

    /// <summary>Whether the convolution can be computed so.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static bool Fit(Conv2DSizes shape) => shape is { KernelHeight: 3, KernelWidth: 3, Stride: 1, Dilation: 1 };

    /// <summary>Tiles of an image.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long Tiles(Conv2DSizes shape) => TileRows(shape) * TileColumns(shape);

    /// <summary>Channels, filled up to whole vectors.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long PaddedChannels(Conv2DSizes shape) => RoundUp(shape.Channels, Lanes);

    /// <summary>Filters, filled up to whole panels.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long PaddedFilters(Conv2DSizes shape) => RoundUp(shape.Filters, Panel);

    /// <summary>Floats a worker needs within a training call of <c>WinogradConv2D</c>.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long TrainingScratch(Conv2DSizes shape)
    {
        long slopes = Group(shape) * Tiles(shape) * Tile * Tile * PaddedFilters(shape);
        long gradient = Workspace(shape) + slopes + (Positions * RoundUp(shape.Channels, RegisterRows) * PaddedFilters(shape));
        var inputGradient = new Conv2DSizes(
            shape.OutputHeight, shape.OutputWidth, shape.Filters, shape.Channels, 3, 3, 1, shape.PadTop, shape.PadLeft, shape.Height, shape.Width);
        return Math.Max(gradient, Math.Max(Memory(shape), Memory(inputGradient)));
    }

    /// <summary>Floats that <c>WinogradConv2D.Infer</c> needs.</summary>
    /// <param name="shape">The layer's sizes.</param>
    /// <param name="items">Items at a time; more than a few take no more.</param>
    public static long InferenceScratch(Conv2DSizes shape, long items = MostImages) => Math.Max(Workspace(shape, items), Workspace(shape.AsPooled, items));

    /// <summary>Floats that <c>WinogradConv2D.Prepare</c> writes.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long PreparedLength(Conv2DSizes shape) => (Positions * PaddedFilters(shape) * shape.Channels) + PaddedFilters(shape);

    private static long Memory(Conv2DSizes shape) => PreparedLength(shape) + Workspace(shape);

    private static long Workspace(Conv2DSizes shape, long items = MostImages)
    {
        long group = Math.Min(Group(shape), items), tiles = group * Tiles(shape), channels = PaddedChannels(shape);
        long bordered = ((TileRows(shape) * Tile) + Border) * ((TileColumns(shape) * Tile) + Border) * channels;
        return (group * bordered) + Matrices(tiles, channels) + Matrices(tiles, Panel);
    }

    private static long Matrices(long tiles, long width) => Positions * (((tiles + 1) * width) + Gap);

    private static long Group(Conv2DSizes shape) => Math.Min(Math.Max(GroupTiles / Tiles(shape), 1), MostImages);

    private static long TileRows(Conv2DSizes shape) => RoundUp(shape.OutputHeight, Tile) / Tile;

    private static long TileColumns(Conv2DSizes shape) => RoundUp(shape.OutputWidth, Tile) / Tile;

    private static long RoundUp(long number, long multiple) => (number + multiple - 1) / multiple * multiple;
}
