namespace SiameseGen.Compiler.Planning;

/// <summary>
/// How much memory the runtime's <c>WinogradConv2D</c> asks for; mirrors its <c>WinogradGeometry</c>, and a test compares them. Here nothing overflows.
/// </summary>
internal sealed class WinogradSizes
{
    /// <summary>Filters of a panel.</summary>
    public const long Panel = 16;

    private const long Lanes = 8, RegisterRows = 6, GroupPositions = 3200, MostImages = 16, ImagesOfTile = 4, MostPanels = 2, Gap = 16;

    private readonly Conv2DSizes _shape;
    private readonly WinogradTiling _rows, _columns;

    private WinogradSizes(Conv2DSizes shape, WinogradTiling rows, WinogradTiling columns)
    {
        _shape = shape;
        _rows = rows;
        _columns = columns;
    }

    /// <summary>At inference.</summary>
    /// <param name="shape">The convolution.</param>
    public static WinogradSizes OfInference(Conv2DSizes shape) => new(shape, WinogradTiling.OfFours(shape.OutputHeight), WinogradTiling.OfFours(shape.OutputWidth));

    /// <summary>In training.</summary>
    /// <param name="shape">The convolution.</param>
    public static WinogradSizes OfTraining(Conv2DSizes shape) => new(shape, WinogradTiling.OfSixes(shape.OutputHeight), WinogradTiling.OfSixes(shape.OutputWidth));

    /// <summary>Whether a convolution can be computed so.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static bool Fit(Conv2DSizes shape) => shape is { KernelHeight: 3, KernelWidth: 3, Stride: 1, Dilation: 1 };

    /// <summary>Products of an image for each channel and filter.</summary>
    public long Products => _rows.Products * _columns.Products;

    /// <summary>Channels, filled up to whole vectors.</summary>
    public long PaddedChannels => RoundUp(_shape.Channels, Lanes);

    /// <summary>Filters, filled up to whole panels.</summary>
    public long PaddedFilters => RoundUp(_shape.Filters, Panel);

    /// <summary>Floats of transformed weights, with biases.</summary>
    public long PreparedLength => (Positions * PaddedFilters * _shape.Channels) + PaddedFilters;

    /// <summary>Floats a worker needs within a training call.</summary>
    public long TrainingScratch
    {
        get
        {
            long gradient = Workspace() + (Positions * Math.Max(RoundUp(_shape.Channels, RegisterRows), PaddedChannels) * PaddedFilters);
            WinogradSizes inputGradient = OfTraining(new Conv2DSizes(
                _shape.OutputHeight, _shape.OutputWidth, _shape.Filters, _shape.Channels, 3, 3, 1, 2 - _shape.PadTop, 2 - _shape.PadLeft, _shape.Height, _shape.Width));
            return Math.Max(gradient, Math.Max(PreparedLength + Workspace(), inputGradient.PreparedLength + inputGradient.Workspace()));
        }
    }

    /// <summary>Floats that <c>WinogradConv2D.Infer</c> needs.</summary>
    /// <param name="items">Items at a time; more than a few take no more.</param>
    public long InferenceScratch(long items = MostImages) => Math.Max(Workspace(items), OfInference(_shape.AsPooled).Workspace(items));

    private long Positions => _rows.Sixes + _columns.Sixes > 0 ? 64 : 36;

    private long Workspace(long items = MostImages)
    {
        long group = Math.Min(Math.Max(GroupPositions / Products, 1), MostImages);
        if (group > ImagesOfTile)
            group -= group % ImagesOfTile;
        long tiles = Math.Min(group, items) * _rows.Count * _columns.Count;
        return Matrices(tiles, PaddedChannels) + (Math.Min(PaddedFilters / Panel, MostPanels) * Matrices(tiles, Panel));
    }

    private long Matrices(long tiles, long width) => Positions * (((tiles + 1) * width) + Gap);

    private static long RoundUp(long number, long multiple) => (number + multiple - 1) / multiple * multiple;
}
