using static System.FormattableString;

namespace SiameseGen.Compiler.Planning;

/// <summary>The runtime's <c>Conv2DShape</c>.</summary>
/// <param name="Height">Input rows.</param>
/// <param name="Width">Input columns.</param>
/// <param name="Channels">Input channels.</param>
/// <param name="Filters">Output channels.</param>
/// <param name="KernelHeight">Kernel rows.</param>
/// <param name="KernelWidth">Kernel columns.</param>
/// <param name="Stride">Step of the kernel.</param>
/// <param name="PadTop">Zero rows above.</param>
/// <param name="PadLeft">Zero columns to the left.</param>
/// <param name="OutputHeight">Output rows.</param>
/// <param name="OutputWidth">Output columns.</param>
/// <param name="Dilation">Pixels from one tap of the kernel to the next.</param>
internal sealed record Conv2DSizes(
    int Height, int Width, int Channels, int Filters, int KernelHeight, int KernelWidth, int Stride, int PadTop, int PadLeft, int OutputHeight,
    int OutputWidth, int Dilation = 1)
{
    /// <summary>Floats in the weights.</summary>
    public long WeightLength => (long)KernelHeight * KernelWidth * Channels * Filters;

    /// <summary>As far as 2×2 pooling reads the outputs: a last odd row or column need not be computed.</summary>
    public Conv2DSizes AsPooled => IsPoolable ? this with { OutputHeight = OutputHeight / 2 * 2, OutputWidth = OutputWidth / 2 * 2 } : this;

    /// <summary>Whether a window of 2×2 fits into the outputs.</summary>
    public bool IsPoolable => OutputHeight >= 2 && OutputWidth >= 2;

    /// <summary>The arguments of the struct's constructor.</summary>
    public string Arguments =>
        Invariant($"Height: {Height}, Width: {Width}, Channels: {Channels}, Filters: {Filters}, KernelHeight: {KernelHeight}, KernelWidth: {KernelWidth}, ")
        + Invariant($"Stride: {Stride}, PadTop: {PadTop}, PadLeft: {PadLeft}, OutputHeight: {OutputHeight}, OutputWidth: {OutputWidth}")
        + (Dilation == 1 ? "" : Invariant($", Dilation: {Dilation}"));
}

/// <summary>The runtime's <c>DenseShape</c>.</summary>
/// <param name="Inputs">Length of the input.</param>
/// <param name="Outputs">Length of the output.</param>
internal sealed record DenseSizes(int Inputs, int Outputs)
{
    /// <summary>Floats in the weights.</summary>
    public long WeightLength => (long)Inputs * Outputs;

    /// <summary>The convolution of one pixel that does the same.</summary>
    public Conv2DSizes AsConvolution => new(1, 1, Inputs, Outputs, 1, 1, 1, 0, 0, 1, 1);

    /// <summary>The arguments of the struct's constructor.</summary>
    public string Arguments => Invariant($"Inputs: {Inputs}, Outputs: {Outputs}");
}

/// <summary>The runtime's <c>GroupedConv2DShape</c>, and how much memory its kernel asks for; a test compares them.</summary>
/// <param name="Groups">Groups of channels.</param>
/// <param name="Group">The convolution of one group.</param>
internal sealed record GroupedConv2DSizes(int Groups, Conv2DSizes Group)
{
    /// <summary>Multiply-adds of an item.</summary>
    public long MultiplyAdds => (long)Groups * Group.OutputHeight * Group.OutputWidth * Group.WeightLength;

    /// <summary>Floats a worker needs within a training call.</summary>
    public long TrainingScratch => KernelSizes.TrainingScratch(Group);

    /// <summary>Floats that <c>Infer</c> needs.</summary>
    public long InferenceScratch => KernelSizes.BufferLength(Group);

    /// <summary>The same for one item.</summary>
    public long SingleInferenceScratch => KernelSizes.BufferLength(Group, items: 1);

    /// <summary>Floats that <c>Prepare</c> writes.</summary>
    public long PreparedLength => Groups * KernelSizes.PreparedLength(Group);

    /// <summary>The arguments of the struct's constructor.</summary>
    public string Arguments => Invariant($"Groups: {Groups}, Group: new({Group.Arguments})");
}
