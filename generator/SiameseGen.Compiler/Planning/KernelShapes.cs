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
