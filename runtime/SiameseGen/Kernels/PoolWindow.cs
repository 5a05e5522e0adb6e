namespace SiameseGen.Kernels;

/// <summary>How to go through a window, as far as it lies in the image: few integers, so that they stay in registers.</summary>
internal readonly struct PoolWindow
{
    /// <summary>Rows.</summary>
    public readonly int Height;

    /// <summary>Columns.</summary>
    public readonly int Width;

    /// <summary>Floats from one row of the image to the next.</summary>
    public readonly int RowStep;

    /// <summary>Floats from one pixel to the next.</summary>
    public readonly int ColumnStep;

    /// <summary>Whether it is two by two and overlaps no other: the usual one, worth loops of its own.</summary>
    public readonly bool IsSeparateSquare;

    /// <summary>Whether such windows leave no pixel out.</summary>
    public readonly bool IsTiling;

    /// <summary>A window that lies in the image.</summary>
    /// <param name="shape">The layer's shape.</param>
    public PoolWindow(in Pool2DShape shape)
        : this(shape, shape.WindowHeight, shape.WindowWidth)
    {
        IsSeparateSquare = shape is { WindowHeight: 2, WindowWidth: 2, Stride: >= 2, Across: >= 2, IsPadded: false };
        IsTiling = IsSeparateSquare && shape is { Stride: 2, Across: 2 } && shape.Height == 2 * shape.OutputHeight && shape.Width == 2 * shape.OutputWidth;
    }

    private PoolWindow(in Pool2DShape shape, int height, int width) =>
        (Height, Width, RowStep, ColumnStep) = (height, width, shape.Width * shape.Channels, shape.Channels);

    /// <summary>The part of an output's window that lies in the image.</summary>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="row">The output's row.</param>
    /// <param name="column">Its column.</param>
    /// <param name="start">The first float of that part.</param>
    public static PoolWindow At(in Pool2DShape shape, int row, int column, out int start)
    {
        int top = (row * shape.Stride) - shape.PadTop, left = (column * shape.Across) - shape.PadLeft;
        int firstRow = Math.Max(top, 0), firstColumn = Math.Max(left, 0);
        start = ((firstRow * shape.Width) + firstColumn) * shape.Channels;
        return new PoolWindow(
            shape, Math.Min(top + shape.WindowHeight, shape.Height) - firstRow, Math.Min(left + shape.WindowWidth, shape.Width) - firstColumn);
    }
}
