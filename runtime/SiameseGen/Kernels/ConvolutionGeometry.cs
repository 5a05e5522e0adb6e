namespace SiameseGen.Kernels;

/// <summary>
/// How a convolution lies in memory while it is computed. A few images at a time are copied into a buffer with their zero border, so that no
/// loop has to ask where the border is; in it, what a kernel's row covers is one run of adjacent floats. Filters are handled in panels of 16.
/// </summary>
internal readonly struct ConvolutionGeometry
{
    /// <summary>Filters of a panel: two vectors of eight lanes.</summary>
    public const int PanelWidth = 16;

    /// <summary>Output pixels of a tile: with two registers each, twelve sums keep the processor busy.</summary>
    public const int TilePixels = 6;

    // Enough pixels for full tiles and for loops that are long against what surrounds them; few enough for the second-level cache.
    private const int GroupPixels = 256, MostImages = 16;

    private ConvolutionGeometry(
        int height, int width, int channels, int filters, int kernelHeight, int kernelWidth, int stride, int spread, int dilation,
        int top, int left, int outputHeight, int outputWidth, int groups, int items)
    {
        Height = height;
        Width = width;
        Channels = channels;
        Filters = filters;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
        Stride = stride;
        Spread = spread;
        Dilation = dilation;
        Top = top;
        Left = left;
        OutputHeight = outputHeight;
        OutputWidth = outputWidth;
        Groups = groups;
        Items = items;
    }

    public int Height { get; }

    public int Width { get; }

    public int Channels { get; }

    public int Filters { get; }

    public int KernelHeight { get; }

    public int KernelWidth { get; }

    public int Stride { get; }

    /// <summary>Pixels from one input pixel to the next in the bordered buffer: more than 1 where a gradient of a strided convolution spreads.</summary>
    public int Spread { get; }

    /// <summary>Pixels from one tap of the kernel to the next. Where it is more than 1, the buffer holds what each output's taps see, one beside the other.</summary>
    public int Dilation { get; }

    public int Top { get; }

    public int Left { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    /// <summary>Groups of channels; all other numbers are those of one of them.</summary>
    public int Groups { get; }

    /// <summary>Images that there are at most: one alone takes less memory.</summary>
    public int Items { get; }

    /// <summary>Floats from one pixel of an image to the next.</summary>
    public int SourcePixel => Groups * Channels;

    /// <summary>Floats from one pixel of an output to the next.</summary>
    public int TargetPixel => Groups * Filters;

    /// <summary>Whether each output pixel depends on the one input pixel in its place, so that pixels can be multiplied where they are.</summary>
    public bool IsPointwise => this is { KernelHeight: 1, KernelWidth: 1, Stride: 1, Spread: 1, Top: 0, Left: 0, Groups: 1 }
        && Height == OutputHeight && Width == OutputWidth;

    /// <summary>Output pixels of an image.</summary>
    public int Pixels => OutputHeight * OutputWidth;

    /// <summary>Floats of an input image without its border.</summary>
    public int InputLength => Height * Width * SourcePixel;

    /// <summary>Floats of an output image.</summary>
    public int OutputLength => Pixels * TargetPixel;

    /// <summary>Adjacent floats under a row of the kernel.</summary>
    public int Run => KernelWidth * Channels;

    /// <summary>Terms of one output.</summary>
    public int Terms => KernelHeight * Run;

    /// <summary>Floats of a row of the bordered buffer.</summary>
    public int RowLength => Dilation > 1 ? OutputWidth * Run : (((OutputWidth - 1) * Stride) + KernelWidth) * Channels;

    /// <summary>Rows of an image in the bordered buffer.</summary>
    public int BorderedRows => ((OutputHeight - 1) * Stride) + ((KernelHeight - 1) * Dilation) + 1;

    /// <summary>Floats of an image in the bordered buffer.</summary>
    public int BorderedLength => BorderedRows * RowLength;

    /// <summary>Floats of the bordered buffer from what one output sees to what the next one sees.</summary>
    public int PixelStep => Dilation > 1 ? Run : Stride * Channels;

    /// <summary>Floats of the bordered buffer from one row of outputs to the next.</summary>
    public int OutputRowStep => Stride * RowLength;

    /// <summary>Floats of the bordered buffer from one row of the kernel to the next.</summary>
    public int KernelRowStep => Dilation * RowLength;

    /// <summary>Images handled at a time.</summary>
    public int Group => Math.Min(SmallGroup, Items);

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

    /// <summary>The part of an image's outputs that is pooled at a time: two rows, or all of an image that is small.</summary>
    public ConvolutionGeometry Strip => SmallGroup > 1 ? this : new(
        Height, Width, Channels, Filters, KernelHeight, KernelWidth, Stride, Spread, Dilation, Top, Left, 2, OutputWidth, Groups, Items);

    /// <summary>The convolution itself.</summary>
    /// <param name="shape">The shape, of one group.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="items">Images that there are at most.</param>
    public static ConvolutionGeometry Of(in Conv2DShape shape, int groups = 1, int items = int.MaxValue) => new(
        shape.Height, shape.Width, shape.Channels, shape.Filters, shape.KernelHeight, shape.KernelWidth, shape.Stride, 1, shape.Dilation,
        shape.PadTop, shape.PadLeft, shape.OutputHeight, shape.OutputWidth, groups, items);

    /// <summary>The gradient of the input: the convolution of the output's gradient, spread by the stride, with the rotated kernel.</summary>
    /// <param name="shape">The shape, of one group.</param>
    /// <param name="groups">Groups of channels.</param>
    public static ConvolutionGeometry OfInputGradient(in Conv2DShape shape, int groups = 1) => new(
        shape.OutputHeight, shape.OutputWidth, shape.Filters, shape.Channels, shape.KernelHeight, shape.KernelWidth, 1, shape.Stride, shape.Dilation,
        ((shape.KernelHeight - 1) * shape.Dilation) - shape.PadTop, ((shape.KernelWidth - 1) * shape.Dilation) - shape.PadLeft, shape.Height, shape.Width,
        groups, int.MaxValue);

    // As many as would be handled at a time if there were enough.
    private int SmallGroup => Math.Clamp(GroupPixels / Pixels, 1, MostImages);
}
