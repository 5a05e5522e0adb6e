namespace SiameseGen.Kernels;

/// <summary>How to go through a window: few integers, so that they stay in registers.</summary>
internal readonly struct PoolWindow(in Pool2DShape shape)
{
    /// <summary>Rows.</summary>
    public readonly int Height = shape.WindowHeight;

    /// <summary>Columns.</summary>
    public readonly int Width = shape.WindowWidth;

    /// <summary>Floats from one row of the image to the next.</summary>
    public readonly int RowStep = shape.Width * shape.Channels;

    /// <summary>Floats from one pixel to the next.</summary>
    public readonly int ColumnStep = shape.Channels;

    /// <summary>Whether it is two by two and overlaps no other: the usual one, worth loops of its own.</summary>
    public readonly bool IsSeparateSquare = shape is { WindowHeight: 2, WindowWidth: 2, Stride: >= 2 };

    /// <summary>Whether such windows leave no pixel out.</summary>
    public readonly bool IsTiling = shape.Stride == 2 && shape.Height == 2 * shape.OutputHeight && shape.Width == 2 * shape.OutputWidth;
}
