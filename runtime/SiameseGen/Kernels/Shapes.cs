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
/// <param name="Dilation">Pixels from one tap of the kernel to the next, both ways.</param>
public readonly record struct Conv2DShape(
    int Height, int Width, int Channels, int Filters, int KernelHeight, int KernelWidth, int Stride,
    int PadTop, int PadLeft, int OutputHeight, int OutputWidth, int Dilation = 1)
{
    /// <summary>Floats in one input.</summary>
    public int InputLength => Height * Width * Channels;

    /// <summary>Floats in one output.</summary>
    public int OutputLength => OutputHeight * OutputWidth * Filters;

    /// <summary>Floats in the weights: kernel rows × kernel columns × channels × filters, filters innermost.</summary>
    public int WeightLength => KernelHeight * KernelWidth * Channels * Filters;

    // As far as 2×2 pooling reads the outputs: a last odd row or column need not be computed.
    internal Conv2DShape AsPooled => IsPoolable ? this with { OutputHeight = OutputHeight / 2 * 2, OutputWidth = OutputWidth / 2 * 2 } : this;

    // Whether a window of 2×2 fits into the outputs.
    internal bool IsPoolable => OutputHeight >= 2 && OutputWidth >= 2;
}

/// <summary>The shape of a convolution whose channels are in groups: each group of filters sees its own group of channels only.</summary>
/// <param name="Groups">Groups.</param>
/// <param name="Group">The convolution of one group, with a group's channels and filters.</param>
public readonly record struct GroupedConv2DShape(int Groups, Conv2DShape Group)
{
    /// <summary>Output channels of all groups.</summary>
    public int Filters => Groups * Group.Filters;

    /// <summary>Floats in one input.</summary>
    public int InputLength => Groups * Group.InputLength;

    /// <summary>Floats in one output.</summary>
    public int OutputLength => Groups * Group.OutputLength;

    /// <summary>Floats in the weights: kernel rows × kernel columns × channels of a group × filters of all groups, filters innermost.</summary>
    public int WeightLength => Groups * Group.WeightLength;
}

/// <summary>The shape of a pooling window that slides over channels-last images.</summary>
/// <param name="Height">Input rows.</param>
/// <param name="Width">Input columns.</param>
/// <param name="Channels">Channels.</param>
/// <param name="WindowHeight">Window rows.</param>
/// <param name="WindowWidth">Window columns.</param>
/// <param name="Stride">Step of the window.</param>
/// <param name="OutputHeight">Output rows.</param>
/// <param name="OutputWidth">Output columns.</param>
/// <param name="PadTop">Rows of a border above, less than the window has.</param>
/// <param name="PadLeft">Columns of a border to the left, less than the window has.</param>
/// <param name="StrideAcross">Step of the window along a row, where it differs from <paramref name="Stride"/>.</param>
public readonly record struct Pool2DShape(
    int Height, int Width, int Channels, int WindowHeight, int WindowWidth, int Stride, int OutputHeight, int OutputWidth,
    int PadTop = 0, int PadLeft = 0, int? StrideAcross = null)
{
    /// <summary>Floats in one input.</summary>
    public int InputLength => Height * Width * Channels;

    /// <summary>Floats in one output.</summary>
    public int OutputLength => OutputHeight * OutputWidth * Channels;

    // Whether some window reaches beyond the image.
    internal bool IsPadded => PadTop > 0 || PadLeft > 0
        || ((OutputHeight - 1) * Stride) + WindowHeight > Height || ((OutputWidth - 1) * Across) + WindowWidth > Width;

    internal int Across => StrideAcross ?? Stride;

    // The kernels trust that every window sees something of the image.
    internal void EnsureWindowsInside()
    {
        bool positive = Channels > 0 && WindowHeight > 0 && WindowWidth > 0 && Stride > 0 && Across > 0 && OutputHeight > 0 && OutputWidth > 0;
        bool before = PadTop >= 0 && PadTop < WindowHeight && PadLeft >= 0 && PadLeft < WindowWidth;
        if (!positive || !before || ((OutputHeight - 1L) * Stride) - PadTop >= Height || ((OutputWidth - 1L) * Across) - PadLeft >= Width)
            throw new ArgumentException($"Not all windows see something of the image: {this}.");
        if ((long)Height * Width > int.MaxValue / Channels)
            throw new ArgumentException($"The image has more than {int.MaxValue} floats: {this}.");
    }
}

/// <summary>The shape of a depthwise convolution over channels-last images: one filter for each channel.</summary>
/// <param name="Height">Input rows.</param>
/// <param name="Width">Input columns.</param>
/// <param name="Channels">Channels of the input and of the output.</param>
/// <param name="KernelHeight">Kernel rows.</param>
/// <param name="KernelWidth">Kernel columns.</param>
/// <param name="Stride">Step of the kernel, both ways.</param>
/// <param name="PadTop">Zero rows above.</param>
/// <param name="PadLeft">Zero columns to the left.</param>
/// <param name="OutputHeight">Output rows.</param>
/// <param name="OutputWidth">Output columns.</param>
public readonly record struct DepthwiseConv2DShape(
    int Height, int Width, int Channels, int KernelHeight, int KernelWidth, int Stride,
    int PadTop, int PadLeft, int OutputHeight, int OutputWidth)
{
    /// <summary>Floats in one input.</summary>
    public int InputLength => Height * Width * Channels;

    /// <summary>Floats in one output.</summary>
    public int OutputLength => OutputHeight * OutputWidth * Channels;

    /// <summary>Floats in the weights: kernel rows × kernel columns × channels.</summary>
    public int WeightLength => KernelHeight * KernelWidth * Channels;

    // The kernel trusts that sizes count something; how much of the kernel lies in the image it finds out itself.
    internal void EnsurePositive()
    {
        bool positive = Height > 0 && Width > 0 && Channels > 0 && KernelHeight > 0 && KernelWidth > 0 && Stride > 0 && OutputHeight > 0 && OutputWidth > 0;
        if (!positive || PadTop < 0 || PadLeft < 0)
            throw new ArgumentException($"Not all sizes are positive: {this}.");
        if ((long)Height * Width > int.MaxValue / Channels || (long)OutputHeight * OutputWidth > int.MaxValue / Channels)
            throw new ArgumentException($"An image has more than {int.MaxValue} floats: {this}.");
    }
}
