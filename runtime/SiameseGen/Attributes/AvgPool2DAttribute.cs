namespace SiameseGen;

/// <summary>Average pooling: the mean of each window.</summary>
/// <remarks>
/// H × W × C becomes H' × W' × C with H' = ⌊(H + zeros − rows) / stride⌋ + 1, W' likewise, as PyTorch's <c>AvgPool2d</c>: rows
/// and columns at the far border that do not fill a window are left out. No parameters. LeCun et al., "Gradient-Based Learning Applied to
/// Document Recognition", 1998.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AvgPool2DAttribute : PoolingAttribute
{
    /// <summary>A square window.</summary>
    /// <param name="size">Rows and columns of the window; at least 1 and no larger than the padded image.</param>
    public AvgPool2DAttribute(int size)
        : base(size, size)
    {
    }

    /// <summary>A rectangular window.</summary>
    /// <param name="height">Rows of the window; at least 1 and no more than the padded image has.</param>
    /// <param name="width">Columns of the window; at least 1 and no more than the padded image has.</param>
    public AvgPool2DAttribute(int height, int width)
        : base(height, width)
    {
    }
}
