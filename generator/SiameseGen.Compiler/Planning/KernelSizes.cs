namespace SiameseGen.Compiler.Planning;

/// <summary>
/// How much memory the runtime's kernels ask for. The methods mirror those of <c>SiameseGen.Kernels.Conv2D</c> and <c>Dense</c>, and
/// <see cref="Geometry"/> mirrors <c>ConvolutionGeometry</c>; a test compares them. Here nothing overflows, so that what is too large can be reported.
/// </summary>
internal static class KernelSizes
{
    private const int Lanes = 16;
    private const int MaxGroup = 16;
    private const int PixelsOfAGroup = 256;
    private const int InputsOfBlock = 1024;
    private const int GradientItems = 128;
    private const int TileInputs = 6;
    private const int TilesAtATime = 8;
    private const int PanelsAtATime = 16;
    private const int MostPanels = 2;

    /// <summary>Floats a worker needs within a training call of <c>Conv2D</c>.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long TrainingScratch(Conv2DSizes shape)
    {
        Geometry forward = Geometry.Of(shape);

        // The gradient of the input is a convolution of the output's gradient, filters and channels exchanged.
        var gradient = new Geometry(
            shape.Filters, shape.Channels, shape.KernelHeight, shape.KernelWidth, 1, shape.Dilation, shape.Height, shape.Width, MaxGroup);
        return Math.Max(
            forward.BufferLength + Math.Max(forward.PackedLength + forward.BiasLength, forward.PanelsLength + forward.PositionsLength),
            gradient.BufferLength + gradient.PackedLength + gradient.BiasLength);
    }

    /// <summary>Floats that <c>Conv2D.Infer</c> needs.</summary>
    /// <param name="shape">The layer's sizes.</param>
    /// <param name="items">Items at a time; more than a few take no more.</param>
    public static long InferenceScratch(Conv2DSizes shape, long items = MaxGroup)
    {
        Geometry pooled = Geometry.Of(shape.AsPooled, items);
        long strips = shape.IsPoolable ? pooled.StripsLength : 0;
        return Math.Max(Geometry.Of(shape, items).BufferLength, pooled.BufferLength + strips);
    }

    /// <summary>Floats of the images that are convolved at a time, with their borders.</summary>
    /// <param name="shape">The layer's sizes.</param>
    /// <param name="items">Items at a time; more than a few take no more.</param>
    public static long BufferLength(Conv2DSizes shape, long items = MaxGroup) => Geometry.Of(shape, items).BufferLength;

    /// <summary>Floats that <c>Conv2D.Prepare</c> writes.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long PreparedLength(Conv2DSizes shape) => Geometry.Of(shape).PackedLength + Geometry.Of(shape).BiasLength;

    /// <summary>Floats a worker needs within a training call of <c>Dense</c>: for a block of packed weights, or for what <c>DenseWeightGradient</c> packs.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long TrainingScratch(DenseSizes shape)
    {
        long products = Math.Max(Products(shape.Inputs, shape.Outputs), Products(shape.Outputs, shape.Inputs));
        long panels = Math.Min((shape.Outputs + Lanes - 1L) / Lanes, PanelsAtATime);
        long gradients = (2 * TileInputs * Lanes) + (GradientItems * ((TilesAtATime * TileInputs) + (panels * Lanes)));
        return Math.Max(Math.Max(products, gradients), shape.Outputs);

        static long Products(int inputs, int outputs) =>
            (Math.Min(inputs, InputsOfBlock) + 1) * Math.Min((outputs + Lanes - 1L) / Lanes, MostPanels) * Lanes;
    }

    /// <summary>Floats that <c>Dense.Prepare</c> writes.</summary>
    /// <param name="shape">The layer's sizes.</param>
    public static long PreparedLength(DenseSizes shape) => PreparedLength(shape.AsConvolution);

    private sealed record Geometry(
        int Channels, int Filters, int KernelHeight, int KernelWidth, int Stride, int Dilation, int OutputHeight, int OutputWidth, long Items)
    {
        public long PackedLength => Panels * KernelHeight * KernelWidth * Channels * Lanes;

        public long BiasLength => Panels * Lanes;

        public long PanelsLength => Group * Pixels * Panels * Lanes;

        public long PositionsLength => Group * Pixels;

        public long BufferLength => Group * (((OutputHeight - 1L) * Stride) + ((KernelHeight - 1L) * Dilation) + 1) * RowLength;

        public long StripsLength => Group * (SmallGroup > 1 ? Pixels : 2L * OutputWidth) * Filters;

        private long Pixels => (long)OutputHeight * OutputWidth;

        private long SmallGroup => Math.Min(Math.Max(PixelsOfAGroup / Pixels, 1), MaxGroup);

        private long Group => Math.Min(SmallGroup, Items);

        private long Panels => (Filters + Lanes - 1L) / Lanes;

        private long RowLength => (Dilation > 1 ? (long)OutputWidth * KernelWidth : ((OutputWidth - 1L) * Stride) + KernelWidth) * Channels;

        public static Geometry Of(Conv2DSizes shape, long items = MaxGroup) => new(
            shape.Channels, shape.Filters, shape.KernelHeight, shape.KernelWidth, shape.Stride, shape.Dilation, shape.OutputHeight, shape.OutputWidth, items);
    }
}
