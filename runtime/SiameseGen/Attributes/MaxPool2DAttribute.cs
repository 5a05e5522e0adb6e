namespace SiameseGen;

/// <summary>Max pooling: keeps the largest value of each window, so that small shifts of the image matter less.</summary>
/// <remarks>
/// H × W × C becomes H' × W' × C with H' = ⌊(H + zeros − rows) / stride⌋ + 1, W' likewise, as PyTorch's <c>MaxPool2d</c>: rows
/// and columns at the far border that do not fill a window are left out. No parameters. The gradient goes to the first maximum of a
/// window, row by row. Ranzato et al., "Unsupervised Learning of Invariant Feature Hierarchies with Applications to Object Recognition",
/// 2007.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPool2DAttribute : PoolingAttribute
{
    /// <summary>A square window.</summary>
    /// <param name="size">Rows and columns of the window; at least 1 and no larger than the padded image.</param>
    public MaxPool2DAttribute(int size)
        : base(size, size)
    {
    }

    /// <summary>A rectangular window.</summary>
    /// <param name="height">Rows of the window; at least 1 and no more than the padded image has.</param>
    /// <param name="width">Columns of the window; at least 1 and no more than the padded image has.</param>
    public MaxPool2DAttribute(int height, int width)
        : base(height, width)
    {
    }
}
