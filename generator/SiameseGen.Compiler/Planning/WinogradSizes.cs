namespace SiameseGen.Compiler.Planning;

/// <summary>
/// How much memory the runtime's <c>WinogradConv2D</c> and <c>MosaicConv2D</c> ask for; mirrors their <c>WinogradGeometry</c>, and a test compares them. Here
/// nothing overflows.
/// </summary>
/// <param name="Shape">The convolution.</param>
/// <param name="Tile">Rows and columns of outputs in a tile.</param>
/// <param name="Side">Rows and columns of images in a mosaic.</param>
internal sealed record WinogradSizes(Conv2DSizes Shape, long Tile, long Side)
{
    /// <summary>Filters of a panel.</summary>
    public const long Panel = 16;

    private const long Four = 4, Six = 6, Border = 2, Lanes = 8, RegisterRows = 6, GroupTiles = 64, MostImages = 16, LargestSide = 3, MostPanels = 2;

    // A batch of pairs, cut into shards, has so many images in each.
    private const long UsualShard = 16;

    private const long Gap = 16;

    /// <summary>In tiles of 4 × 4, images by themselves.</summary>
    /// <param name="shape">The convolution.</param>
    public static WinogradSizes OfFour(Conv2DSizes shape) => new(shape, Four, 1);

    /// <summary>In tiles of 6 × 6, in the mosaics in which a usual shard's images take the fewest tiles.</summary>
    /// <param name="shape">The convolution.</param>
    public static WinogradSizes OfMosaics(Conv2DSizes shape) => Mosaics(shape).OrderBy(sizes => sizes.TilesOf(UsualShard)).First();

    /// <summary>Whether a convolution can be computed so.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static bool Fit(Conv2DSizes shape) => shape is { KernelHeight: 3, KernelWidth: 3, Stride: 1, Dilation: 1 };

    /// <summary>Products for each channel, filter and tile.</summary>
    public long Positions => (Tile + Border) * (Tile + Border);

    /// <summary>Tiles of a mosaic.</summary>
    public long Tiles => TileRows * TileColumns;

    /// <summary>Tiles of an image among as many as a shard has.</summary>
    public double TilesOfImage => (double)TilesOf(UsualShard) / UsualShard;

    /// <summary>Channels, filled up to whole vectors.</summary>
    public long PaddedChannels => RoundUp(Shape.Channels, Lanes);

    /// <summary>Filters, filled up to whole panels.</summary>
    public long PaddedFilters => RoundUp(Shape.Filters, Panel);

    /// <summary>Floats that <c>WinogradConv2D.Prepare</c> writes.</summary>
    public long PreparedLength => (Positions * PaddedFilters * Shape.Channels) + PaddedFilters;

    /// <summary>Floats a worker needs within a training call, whatever mosaics there are.</summary>
    public long TrainingScratch => Tile == Four ? Training : Mosaics(Shape).Max(sizes => sizes.Training);

    /// <summary>Floats that <c>WinogradConv2D.Infer</c> needs.</summary>
    /// <param name="items">Items at a time; more than a few take no more.</param>
    public long InferenceScratch(long items = MostImages) => Math.Max(Workspace(items), (this with { Shape = Shape.AsPooled }).Workspace(items));

    private long Training
    {
        get
        {
            long slopes = Group * Tiles * Tile * Tile * PaddedFilters;
            long gradient = Workspace() + slopes + (Positions * Math.Max(RoundUp(Shape.Channels, RegisterRows), PaddedChannels) * PaddedFilters);
            var inputGradient = new Conv2DSizes(
                Shape.OutputHeight, Shape.OutputWidth, Shape.Filters, Shape.Channels, 3, 3, 1, 2 - Shape.PadTop, 2 - Shape.PadLeft, Shape.Height, Shape.Width);
            return Math.Max(gradient, Math.Max(Memory, (this with { Shape = inputGradient }).Memory));
        }
    }

    private long Memory => PreparedLength + Workspace() + ((TileRows + TileColumns) * Six);

    private long Group => Math.Min(Math.Max(GroupTiles / Tiles, 1), MostImages);

    private long TileRows => RoundUp(((Side - 1) * Math.Max(Shape.OutputHeight + 2 - Shape.PadTop, Shape.Height + Shape.PadTop)) + Shape.OutputHeight, Tile) / Tile;

    private long TileColumns => RoundUp(((Side - 1) * Math.Max(Shape.OutputWidth + 2 - Shape.PadLeft, Shape.Width + Shape.PadLeft)) + Shape.OutputWidth, Tile) / Tile;

    private static IEnumerable<WinogradSizes> Mosaics(Conv2DSizes shape)
    {
        yield return new WinogradSizes(shape, Six, 1);
        for (long side = 2; side <= LargestSide && new WinogradSizes(shape, Six, side).Tiles <= GroupTiles; side++)
            yield return new WinogradSizes(shape, Six, side);
    }

    private long TilesOf(long images) => RoundUp(images, Side * Side) / (Side * Side) * Tiles;

    private long Workspace(long items = MostImages)
    {
        long group = Math.Min(Group, items), tiles = group * Tiles;
        long bordered = ((TileRows * Tile) + Border) * ((TileColumns * Tile) + Border) * PaddedChannels;
        return (group * bordered) + Matrices(tiles, PaddedChannels) + (Math.Min(PaddedFilters / Panel, MostPanels) * Matrices(tiles, Panel));
    }

    private long Matrices(long tiles, long width) => Positions * (((tiles + 1) * width) + Gap);

    private static long RoundUp(long number, long multiple) => (number + multiple - 1) / multiple * multiple;
}
