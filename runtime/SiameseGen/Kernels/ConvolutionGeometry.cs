namespace SiameseGen.Kernels;

/// <summary>
/// How a convolution lies in memory while it is computed. A few images at a time are copied into a buffer with their zero border, so that no
/// loop has to ask where the border is; in it, what a kernel's row covers is one run of adjacent floats. Filters are handled in panels of 16.
/// </summary>
internal readonly struct ConvolutionGeometry
{
    /// <summary>Filters of a panel: two vectors of eight lanes.</summary>
    public const int PanelWidth = 16;

    /// <summary>Output pixels of a tile: with two vectors each, twelve sums fit into the registers.</summary>
    public const int TilePixels = 6;

    // Enough pixels for full tiles and for loops that are long against what surrounds them; few enough for the second-level cache.
    private const int GroupPixels = 256, MostImages = 16;

    private ConvolutionGeometry(
        int height, int width, int channels, int filters, int kernelHeight, int kernelWidth, int stride, int dilation,
        int top, int left, int outputHeight, int outputWidth)
    {
        Height = height;
        Width = width;
        Channels = channels;
        Filters = filters;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
        Stride = stride;
        Dilation = dilation;
        Top = top;
        Left = left;
        OutputHeight = outputHeight;
        OutputWidth = outputWidth;
    }

    public int Height { get; }

    public int Width { get; }

    public int Channels { get; }

    public int Filters { get; }

    public int KernelHeight { get; }

    public int KernelWidth { get; }

    public int Stride { get; }

    /// <summary>Pixels from one input pixel to the next in the bordered buffer: more than 1 where a gradient of a strided convolution spreads.</summary>
    public int Dilation { get; }

    public int Top { get; }

    public int Left { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    /// <summary>Whether each output pixel depends on the one input pixel in its place, so that pixels can be multiplied where they are.</summary>
    public bool IsPointwise => this is { KernelHeight: 1, KernelWidth: 1, Stride: 1, Dilation: 1, Top: 0, Left: 0 }
        && Height == OutputHeight && Width == OutputWidth;

    /// <summary>Output pixels of an image.</summary>
    public int Pixels => OutputHeight * OutputWidth;

    /// <summary>Floats of an input image without its border.</summary>
    public int InputLength => Height * Width * Channels;

    /// <summary>Floats of an output image.</summary>
    public int OutputLength => Pixels * Filters;

    /// <summary>Adjacent floats under a row of the kernel.</summary>
    public int Run => KernelWidth * Channels;

    /// <summary>Terms of one output.</summary>
    public int Terms => KernelHeight * Run;

    /// <summary>Floats of a row of the bordered buffer.</summary>
    public int RowLength => (((OutputWidth - 1) * Stride) + KernelWidth) * Channels;

    /// <summary>Floats of an image in the bordered buffer.</summary>
    public int BorderedLength => (((OutputHeight - 1) * Stride) + KernelHeight) * RowLength;

    /// <summary>Images handled at a time.</summary>
    public int Group => Math.Clamp(GroupPixels / Pixels, 1, MostImages);

    /// <summary>Panels of filters; the last one may be padded with zeros.</summary>
    public int Panels => (Filters + PanelWidth - 1) / PanelWidth;

    /// <summary>Floats of the packed weights.</summary>
    public int PackedLength => Panels * Terms * PanelWidth;

    /// <summary>Floats of the biases, padded.</summary>
    public int BiasLength => Panels * PanelWidth;

    /// <summary>Floats of the bordered buffer.</summary>
    public int BufferLength => Group * BorderedLength;

    /// <summary>Floats of a group's output, each panel's filters together.</summary>
    public int PanelsLength => Group * Pixels * Panels * PanelWidth;

    /// <summary>Places of a group's pixels.</summary>
    public int PositionsLength => Group * Pixels;

    /// <summary>Floats of the outputs that are pooled at a time.</summary>
    public int StripsLength => Group * Strip.OutputLength;

    /// <summary>The part of an image's outputs that is pooled at a time: two rows, or all where several images are handled together.</summary>
    public ConvolutionGeometry Strip => Group > 1 ? this : new(
        Height, Width, Channels, Filters, KernelHeight, KernelWidth, Stride, Dilation, Top, Left, 2, OutputWidth);

    /// <summary>The convolution itself.</summary>
    public static ConvolutionGeometry Of(in Conv2DShape shape) => new(
        shape.Height, shape.Width, shape.Channels, shape.Filters, shape.KernelHeight, shape.KernelWidth, shape.Stride, 1,
        shape.PadTop, shape.PadLeft, shape.OutputHeight, shape.OutputWidth);

    /// <summary>The gradient of the input: the convolution of the output's gradient, spread by the stride, with the rotated kernel.</summary>
    public static ConvolutionGeometry OfInputGradient(in Conv2DShape shape) => new(
        shape.OutputHeight, shape.OutputWidth, shape.Filters, shape.Channels, shape.KernelHeight, shape.KernelWidth, 1, shape.Stride,
        shape.KernelHeight - 1 - shape.PadTop, shape.KernelWidth - 1 - shape.PadLeft, shape.Height, shape.Width);
}
