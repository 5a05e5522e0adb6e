namespace SiameseGen.Shipping;

/// <summary>The shape of a convolution of 8-bit codes; images are channels last. A dense layer is one of 1×1.</summary>
/// <param name="Height">Rows of the input.</param>
/// <param name="Width">Columns of the input.</param>
/// <param name="Channels">Channels of the input.</param>
/// <param name="Filters">Channels of the output.</param>
/// <param name="KernelHeight">Rows of the kernel.</param>
/// <param name="KernelWidth">Columns of the kernel.</param>
/// <param name="Stride">Pixels from one place of the kernel to the next.</param>
/// <param name="Dilation">Pixels from one tap to the next.</param>
/// <param name="PadTop">Rows of the border above.</param>
/// <param name="PadLeft">Columns of the border to the left.</param>
/// <param name="OutputHeight">Rows of the output.</param>
/// <param name="OutputWidth">Columns of the output.</param>
/// <param name="Groups">Parts of channels and filters that have nothing to do with each other.</param>
public readonly record struct Int8ConvolutionShape(
    int Height, int Width, int Channels, int Filters, int KernelHeight, int KernelWidth, int Stride, int Dilation, int PadTop, int PadLeft, int OutputHeight,
    int OutputWidth, int Groups)
{
    /// <summary>Filters that are computed at a time.</summary>
    public const int Block = 16;

    /// <summary>Pixels that are computed at a time.</summary>
    internal const int Rows = 6;

    /// <summary>Taps of the kernel.</summary>
    public int Taps => KernelHeight * KernelWidth;

    /// <summary>Filters of a group, rounded up to whole blocks.</summary>
    internal int PaddedFilters => (((Filters / Groups) + Block - 1) / Block) * Block;

    /// <summary>Products of one output, rounded up to pairs.</summary>
    internal int PaddedDepth => ((Taps * (Channels / Groups)) + 1) & ~1;

    /// <summary>Whether every channel has a filter of its own.</summary>
    internal bool IsDepthwise => Groups > 1 && Groups == Channels && Groups == Filters;

    /// <summary>Bytes of multipliers, biases and packed weights of a group.</summary>
    internal int GroupLength => PaddedFilters * (8 + PaddedDepth);
}
