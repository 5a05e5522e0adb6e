namespace SiameseGen;

/// <summary>Max pooling: keeps the largest value of each window, so that small shifts of the image matter less.</summary>
/// <remarks>
/// H × W × C becomes H' × W' × C with H' = ⌊(H − size) / stride⌋ + 1, W' likewise, as PyTorch's <c>MaxPool2d</c>: no padding, and rows
/// and columns at the far border that do not fill a window are left out. No parameters. The gradient goes to the first maximum of a
/// window, row by row. Ranzato et al., "Unsupervised Learning of Invariant Feature Hierarchies with Applications to Object Recognition",
/// 2007.
/// </remarks>
/// <param name="size">Rows and columns of the window; at least 1 and no larger than the image.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPool2DAttribute(int size) : LayerAttribute
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
