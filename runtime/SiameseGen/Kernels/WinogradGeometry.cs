namespace SiameseGen.Kernels;

/// <summary>
/// How a Winograd convolution lies in memory while it is computed. Images are cut into tiles of outputs, each of which reads a patch that is two wider. A patch is
/// transformed into as many values a channel; what belongs to one of these positions, of all tiles of a few images, makes one matrix, so that the
/// convolution becomes products of matrices, one for each position.
/// </summary>
/// <remarks>
/// Rows and columns are tiled by themselves, so that a tile has any of the sizes either way. A position is a point of rows and one of columns; small tiles have the
/// first points only (<see cref="WinogradTransform{V}"/>), so that matrices differ in how many tiles they have. In a position's matrix tiles lie row by row,
/// and of each those of all images.
/// </remarks>
internal readonly struct WinogradGeometry
{
    /// <summary>Taps of the kernel.</summary>
    public const int Taps = 9;

    /// <summary>Points of tiles of up to four outputs.</summary>
    public const int SixPoints = 6;

    /// <summary>Points of tiles of six.</summary>
    public const int MostPoints = 8;

    // Enough rows for long products, few enough for the second-level cache; four, eight or twelve images give positions of single tiles whole register tiles.
    private const int GroupPositions = 3200, MostImages = 16, ImagesOfTile = 4;

    private const int Width = ConvolutionGeometry.PanelWidth;

    private WinogradGeometry(WinogradTiling rows, WinogradTiling columns, int items)
    {
        Rows = rows;
        Columns = columns;
        int group = Math.Clamp(GroupPositions / (rows.Products * columns.Products), 1, MostImages);
        if (group > ImagesOfTile)
            group -= group % ImagesOfTile;
        Group = Math.Min(group, items);
    }

    /// <summary>Tiles of a column of outputs.</summary>
    public WinogradTiling Rows { get; }

    /// <summary>Tiles of a row of outputs.</summary>
    public WinogradTiling Columns { get; }

    /// <summary>Images handled at a time.</summary>
    public int Group { get; }

    public int Height { get; private init; }

    public int ImageWidth { get; private init; }

    public int Channels { get; private init; }

    public int Filters { get; private init; }

    public int Top { get; private init; }

    public int Left { get; private init; }

    public int OutputHeight { get; private init; }

    public int OutputWidth { get; private init; }

    /// <summary>Points of rows, and of columns, for which weights are transformed: six, or eight where a tile has so many.</summary>
    public int Points => Rows.Sixes + Columns.Sixes > 0 ? MostPoints : SixPoints;

    /// <summary>Positions of a transformed patch.</summary>
    public int Positions => Points * Points;

    /// <summary>Tiles of an image.</summary>
    public int Tiles => Rows.Count * Columns.Count;

    /// <summary>Floats of an input image.</summary>
    public int InputLength => Height * ImageWidth * Channels;

    /// <summary>Floats of an output image.</summary>
    public int OutputLength => OutputHeight * OutputWidth * Filters;

    /// <summary>The matrices that are multiplied.</summary>
    public WinogradMatrices Matrices => new(Positions, Channels, Group * Tiles);

    /// <summary>Channels, filled up to whole vectors.</summary>
    public int PaddedChannels => Matrices.PaddedChannels;

    /// <summary>Panels of 16 filters; the last one may be padded with zeros.</summary>
    public int Panels => (Filters + Width - 1) / Width;

    /// <summary>Panels whose outputs there is room for: two, where there are so many.</summary>
    public int PanelsAtATime => Math.Min(Panels, RegisterTiles.MostPanels);

    /// <summary>Filters, filled up to whole panels.</summary>
    public int PaddedFilters => Panels * Width;

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

    /// <summary>The convolution at inference: its transformed weights are those of tiles of up to four outputs, and are kept.</summary>
    /// <param name="shape">A 3×3 kernel that steps by one.</param>
    /// <param name="items">Images that there are at most: one alone takes less memory.</param>
    /// <exception cref="ArgumentException">Another kernel or stride.</exception>
    public static WinogradGeometry ForInference(in Conv2DShape shape, int items = int.MaxValue) =>
        Of(shape, WinogradTiling.OfFours(shape.OutputHeight), WinogradTiling.OfFours(shape.OutputWidth), items);

    /// <summary>The convolution in training.</summary>
    /// <param name="shape">A 3×3 kernel that steps by one.</param>
    /// <exception cref="ArgumentException">Another kernel or stride.</exception>
    public static WinogradGeometry ForTraining(in Conv2DShape shape) =>
        Of(shape, WinogradTiling.OfSixes(shape.OutputHeight), WinogradTiling.OfSixes(shape.OutputWidth), int.MaxValue);

    /// <summary>The gradient of the input: the convolution of the output's gradient with the rotated kernel.</summary>
    /// <param name="shape">The convolution.</param>
    public static WinogradGeometry OfInputGradient(in Conv2DShape shape) => new(WinogradTiling.OfSixes(shape.Height), WinogradTiling.OfSixes(shape.Width), int.MaxValue)
    {
        Height = shape.OutputHeight,
        ImageWidth = shape.OutputWidth,
        Channels = shape.Filters,
        Filters = shape.Channels,
        Top = 2 - shape.PadTop,
        Left = 2 - shape.PadLeft,
        OutputHeight = shape.Height,
        OutputWidth = shape.Width,
    };

    /// <summary>Rows of a position's matrix.</summary>
    /// <param name="position">The position.</param>
    /// <param name="images">Images that there are.</param>
    public int RowsOf(int position, int images) => Rows.CountOf(position / Points) * Columns.CountOf(position % Points) * images;

    /// <summary>Finds where the first tile of a row of tiles, of the first image, lies in the matrices of the positions of one point of rows.</summary>
    /// <param name="row">The row of tiles.</param>
    /// <param name="images">Images that there are.</param>
    /// <param name="width">Floats of a row of a matrix.</param>
    /// <param name="pitch">Floats from one matrix to the next.</param>
    /// <param name="places">Receives a place for each point of columns.</param>
    public void Locate(int row, int images, int width, int pitch, Span<nint> places)
    {
        for (int point = 0; point < Points; point++)
            places[point] = (point * pitch) + (row * Columns.CountOf(point) * images * width);
    }

    private static WinogradGeometry Of(in Conv2DShape shape, WinogradTiling rows, WinogradTiling columns, int items)
    {
        if (shape is not { KernelHeight: 3, KernelWidth: 3, Stride: 1, Dilation: 1 })
            throw new ArgumentException($"Winograd convolution is for 3×3 kernels with stride 1 and without dilation, not for {shape}.", nameof(shape));
        return new WinogradGeometry(rows, columns, items)
        {
            Height = shape.Height,
            ImageWidth = shape.Width,
            Channels = shape.Channels,
            Filters = shape.Filters,
            Top = shape.PadTop,
            Left = shape.PadLeft,
            OutputHeight = shape.OutputHeight,
            OutputWidth = shape.OutputWidth,
        };
    }
}
