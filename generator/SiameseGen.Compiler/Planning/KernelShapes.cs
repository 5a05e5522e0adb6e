using static System.FormattableString;

namespace SiameseGen.Compiler.Planning;

/// <summary>The runtime's <c>Conv2DShape</c>, with square kernels.</summary>
/// <param name="Height">Input rows.</param>
/// <param name="Width">Input columns.</param>
/// <param name="Channels">Input channels.</param>
/// <param name="Filters">Output channels.</param>
/// <param name="Kernel">Kernel rows and columns.</param>
/// <param name="Stride">Step of the kernel.</param>
/// <param name="Pad">Zero rows above and zero columns to the left.</param>
/// <param name="OutputHeight">Output rows.</param>
/// <param name="OutputWidth">Output columns.</param>
internal sealed record Conv2DSizes(
    int Height, int Width, int Channels, int Filters, int Kernel, int Stride, int Pad, int OutputHeight, int OutputWidth)
{
    /// <summary>Floats in the weights.</summary>
    public long WeightLength => (long)Kernel * Kernel * Channels * Filters;

    /// <summary>As far as 2×2 pooling reads the outputs: a last odd row or column need not be computed.</summary>
    public Conv2DSizes AsPooled => IsPoolable ? this with { OutputHeight = OutputHeight / 2 * 2, OutputWidth = OutputWidth / 2 * 2 } : this;

    /// <summary>Whether a window of 2×2 fits into the outputs.</summary>
    public bool IsPoolable => OutputHeight >= 2 && OutputWidth >= 2;

    /// <summary>The arguments of the struct's constructor.</summary>
    public string Arguments =>
        Invariant($"Height: {Height}, Width: {Width}, Channels: {Channels}, Filters: {Filters}, KernelHeight: {Kernel}, KernelWidth: {Kernel}, ")
        + Invariant($"Stride: {Stride}, PadTop: {Pad}, PadLeft: {Pad}, OutputHeight: {OutputHeight}, OutputWidth: {OutputWidth}");
}

/// <summary>The runtime's <c>DenseShape</c>.</summary>
/// <param name="Inputs">Length of the input.</param>
/// <param name="Outputs">Length of the output.</param>
internal sealed record DenseSizes(int Inputs, int Outputs)
{
    /// <summary>Floats in the weights.</summary>
    public long WeightLength => (long)Inputs * Outputs;

    /// <summary>The convolution of one pixel that does the same.</summary>
    public Conv2DSizes AsConvolution => new(1, 1, Inputs, Outputs, 1, 1, 0, 1, 1);

    /// <summary>The arguments of the struct's constructor.</summary>
    public string Arguments => Invariant($"Inputs: {Inputs}, Outputs: {Outputs}");
}
