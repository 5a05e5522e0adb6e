namespace SiameseGen;

/// <summary>Average pooling: the mean of each window.</summary>
/// <remarks>
/// H × W × C becomes H' × W' × C with H' = ⌊(H − size) / stride⌋ + 1, W' likewise, as PyTorch's <c>AvgPool2d</c>: no padding, and rows
/// and columns at the far border that do not fill a window are left out. No parameters. LeCun et al., "Gradient-Based Learning Applied to
/// Document Recognition", 1998.
/// </remarks>
/// <param name="size">Rows and columns of the window; at least 1 and no larger than the image.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AvgPool2DAttribute(int size) : LayerAttribute
{
    private int? _stride;

    /// <summary>Rows and columns of the window.</summary>
    public int Size { get; } = size;

    /// <summary>
    /// Pixels from one window to the next, both ways; at least 1. Not set, it is <see cref="Size"/>, so that windows touch but do not
    /// overlap.
    /// </summary>
    public int Stride { get => _stride ?? Size; set => _stride = value; }
}
