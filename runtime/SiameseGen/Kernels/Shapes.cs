namespace SiameseGen.Kernels;

/// <summary>The shape of a convolution over channels-last images.</summary>
/// <param name="Height">Input rows.</param>
/// <param name="Width">Input columns.</param>
/// <param name="Channels">Input channels.</param>
/// <param name="Filters">Output channels.</param>
/// <param name="KernelHeight">Kernel rows.</param>
/// <param name="KernelWidth">Kernel columns.</param>
/// <param name="Stride">Step of the kernel, both ways.</param>
/// <param name="PadTop">Zero rows above.</param>
/// <param name="PadLeft">Zero columns to the left.</param>
/// <param name="OutputHeight">Output rows.</param>
/// <param name="OutputWidth">Output columns.</param>
public readonly record struct Conv2DShape(
    int Height, int Width, int Channels, int Filters, int KernelHeight, int KernelWidth, int Stride,
    int PadTop, int PadLeft, int OutputHeight, int OutputWidth)
{
    /// <summary>Floats in one input.</summary>
    public int InputLength => Height * Width * Channels;

    /// <summary>Floats in one output.</summary>
    public int OutputLength => OutputHeight * OutputWidth * Filters;

    /// <summary>Floats in the weights: kernel rows × kernel columns × channels × filters, filters innermost.</summary>
    public int WeightLength => KernelHeight * KernelWidth * Channels * Filters;
}

/// <summary>The shape of a pooling window that slides over channels-last images.</summary>
/// <param name="Height">Input rows.</param>
/// <param name="Width">Input columns.</param>
/// <param name="Channels">Channels.</param>
/// <param name="WindowHeight">Window rows.</param>
/// <param name="WindowWidth">Window columns.</param>
/// <param name="Stride">Step of the window, both ways.</param>
/// <param name="OutputHeight">Output rows.</param>
/// <param name="OutputWidth">Output columns.</param>
public readonly record struct Pool2DShape(
    int Height, int Width, int Channels, int WindowHeight, int WindowWidth, int Stride, int OutputHeight, int OutputWidth)
{
    /// <summary>Floats in one input.</summary>
    public int InputLength => Height * Width * Channels;

    /// <summary>Floats in one output.</summary>
    public int OutputLength => OutputHeight * OutputWidth * Channels;

    // The first float of an output's window.
    internal int WindowStart(int row, int column) => ((row * Width) + column) * Stride * Channels;
}
