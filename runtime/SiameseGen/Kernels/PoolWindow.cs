namespace SiameseGen.Kernels;

/// <summary>How to go through a window: four integers, so that they stay in registers.</summary>
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
}
