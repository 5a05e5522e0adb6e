namespace SiameseGen.Kernels;

/// <summary>
/// How a depthwise convolution lies in memory. Images have no border there: for each output row and column it is known how much of the kernel lies in the
/// image, and what lies outside is left out of the sum.
/// </summary>
internal readonly struct DepthwiseGeometry
{
    private readonly int _height, _width, _kernelHeight, _kernelWidth, _stride, _top, _left;

    private DepthwiseGeometry(in DepthwiseConv2DShape shape)
    {
        (_height, _width, Channels) = (shape.Height, shape.Width, shape.Channels);
        (_kernelHeight, _kernelWidth, _stride) = (shape.KernelHeight, shape.KernelWidth, shape.Stride);
        (_top, _left) = (shape.PadTop, shape.PadLeft);
        (OutputHeight, OutputWidth) = (shape.OutputHeight, shape.OutputWidth);
        (OutputLength, OutputRow, OutputColumn) = (shape.OutputLength, OutputWidth * Channels, Channels);
    }

    // One phase of the gradient of the input along both axes.
    private DepthwiseGeometry(in DepthwiseConv2DShape shape, in Phase rows, in Phase columns)
    {
        (_height, _width, Channels) = (shape.OutputHeight, shape.OutputWidth, shape.Channels);
        (_kernelHeight, _kernelWidth, _stride) = (rows.Taps, columns.Taps, 1);
        (_top, _left) = (rows.Pad, columns.Pad);
        (OutputHeight, OutputWidth) = (rows.Places, columns.Places);
        OutputLength = shape.InputLength;
        OutputStart = ((rows.First * shape.Width) + columns.First) * Channels;
        (OutputRow, OutputColumn) = (shape.Stride * shape.Width * Channels, shape.Stride * Channels);
    }

    public int Channels { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    /// <summary>Floats of an input image.</summary>
    public int InputLength => _height * InputRow;

    /// <summary>Floats of an input row.</summary>
    public int InputRow => _width * Channels;

    /// <summary>Floats from the input under one output to the input under the next.</summary>
    public int InputColumn => _stride * Channels;

    /// <summary>Taps of a row of the kernel.</summary>
    public int KernelWidth => _kernelWidth;

    /// <summary>Floats of an output image, with those that other phases write.</summary>
    public int OutputLength { get; }

    /// <summary>The first output float of an image.</summary>
    public int OutputStart { get; }

    /// <summary>Floats from one output row to the next.</summary>
    public int OutputRow { get; }

    /// <summary>Floats from one output to the next.</summary>
    public int OutputColumn { get; }

    /// <summary>The convolution itself.</summary>
    public static DepthwiseGeometry Of(in DepthwiseConv2DShape shape) => new(shape);

    /// <summary>
    /// One phase of the gradient of the input: every stride-th row from <paramref name="row"/> on, and columns likewise. These pixels are reached by the same
    /// taps, every stride-th of the kernel's rows and columns, so a phase is a convolution of the output's gradient with stride 1.
    /// </summary>
    public static DepthwiseGeometry OfInputGradient(in DepthwiseConv2DShape shape, int row, int column) =>
        new(shape, Phase.OfRows(shape, row), Phase.OfColumns(shape, column));

    /// <summary>Where the kernel's rows lie for an output row.</summary>
    public Overlap Rows(int row) => new((row * _stride) - _top, _kernelHeight, _height);

    /// <summary>Where the kernel's columns lie for an output column.</summary>
    public Overlap Columns(int column) => new((column * _stride) - _left, _kernelWidth, _width);

    /// <summary>The column of the image that a column of the kernel lies on, for an output column.</summary>
    public int ColumnUnder(int kernelColumn, int column) => (column * _stride) + kernelColumn - _left;

    /// <summary>The outputs of a row for which a column of the kernel lies in the image: from the first to before the last.</summary>
    public (int First, int End) OutputsUnder(int kernelColumn) => Between(kernelColumn - _left, kernelColumn - _left);

    /// <summary>The outputs of a row for which the whole kernel lies in the image: from the first to before the last.</summary>
    public (int First, int End) InnerOutputs() => Between(-_left, _kernelWidth - 1 - _left);

    /// <summary>The column of the image under the first output's middle tap, of three.</summary>
    /// <param name="first">The first of <see cref="InnerOutputs"/>.</param>
    public int MiddleOfFirst(int first) => first > 0 ? 0 : ColumnUnder(1, 0);

    /// <summary>Whether <see cref="DepthwiseTilesOfThree{V}"/> can compute the rows: the border takes away no more than an outer tap of the first and last output.</summary>
    /// <param name="first">The first of <see cref="InnerOutputs"/>.</param>
    /// <param name="end">Their end.</param>
    public bool FitsTilesOfThree(int first, int end) =>
        _kernelWidth == 3 && _stride <= 2 && Channels >= Lanes.Count && OutputWidth >= DepthwiseTilesOfThree<Eight>.FewestOutputs
        && first <= 1 && end >= OutputWidth - 1 && Columns(0).Count >= 2 && Columns(OutputWidth - 1).Count >= 2;

    // Outputs o with o · stride + lowest ≥ 0 and o · stride + highest < width.
    private (int First, int End) Between(int lowest, int highest)
    {
        int first = lowest >= 0 ? 0 : Math.Min((_stride - 1 - lowest) / _stride, OutputWidth);
        int end = highest >= _width ? 0 : Math.Min(((_width - 1 - highest) / _stride) + 1, OutputWidth);
        return (first, Math.Max(first, end));
    }

    /// <summary>The part of a kernel that lies in an image, along one axis.</summary>
    internal readonly struct Overlap
    {
        public Overlap(int start, int kernel, int size)
        {
            int first = Math.Max(0, -start);
            Count = Math.Max(0, Math.Min(kernel, size - start) - first);
            if (Count > 0)
                (First, Position) = (first, start + first);
        }

        /// <summary>The first tap inside.</summary>
        public int First { get; }

        /// <summary>Taps inside.</summary>
        public int Count { get; }

        /// <summary>The row or column of the image under the first tap inside.</summary>
        public int Position { get; }
    }

    /// <summary>What a phase of the gradient of the input has along one axis.</summary>
    /// <param name="size">Pixels of the input.</param>
    /// <param name="kernel">Taps of the kernel.</param>
    /// <param name="stride">Step of the kernel.</param>
    /// <param name="pad">Zeros before the input.</param>
    /// <param name="first">The phase's first pixel, less than the stride.</param>
    internal readonly struct Phase(int size, int kernel, int stride, int pad, int first)
    {
        /// <summary>Its first pixel.</summary>
        public int First { get; } = first;

        /// <summary>Its pixels, the stride apart.</summary>
        public int Places { get; } = (size - first + stride - 1) / stride;

        /// <summary>The first tap of the kernel that reaches its pixels; they are the stride apart.</summary>
        public int FirstTap { get; } = (first + pad) % stride;

        /// <summary>Taps of the kernel that reach its pixels.</summary>
        public int Taps { get; } = CountTaps(kernel, stride, (first + pad) % stride);

        /// <summary>Zeros before the gradient of the output. The last tap comes first; outputs before the first one are left out when it is negative.</summary>
        public int Pad { get; } = CountTaps(kernel, stride, (first + pad) % stride) - 1 - ((first + pad) / stride);

        public static Phase OfRows(in DepthwiseConv2DShape shape, int first) => new(shape.Height, shape.KernelHeight, shape.Stride, shape.PadTop, first);

        public static Phase OfColumns(in DepthwiseConv2DShape shape, int first) => new(shape.Width, shape.KernelWidth, shape.Stride, shape.PadLeft, first);

        private static int CountTaps(int kernel, int stride, int firstTap) => Math.Max(0, (kernel - firstTap + stride - 1) / stride);
    }
}
