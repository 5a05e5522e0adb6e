namespace SiameseGen.Compiler.Planning;

/// <summary>One way to compute a convolution: the runtime's class, and what it asks of the machine.</summary>
/// <param name="Name">What summaries and plans call it.</param>
/// <param name="Kernel">The class in <c>SiameseGen.Kernels</c>.</param>
internal sealed record ConvolutionAlgorithm(string Name, string Kernel)
{
    // What a step costs beside multiply-adds, in multiply-adds of the matrix product that the processor computes in the same time. Measured with
    // `benchmarks -- plan` on a processor with AVX2; a choice depends on the ratios alone, which differ little between processors. A tile of
    // F(4×4, 3×3) is 6 × 6 inputs or 4 × 4 outputs of one channel or filter.
    private const long InputTile = 240, OutputTile = 170;

    // A prepared weight is read once an item when items come one by one, as they do in a verifier.
    private const long WeightRead = 4;

    /// <summary>Multiply-adds that an item takes, transforms not counted.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>Floats a worker needs within a training call.</summary>
    public required long TrainingScratch { get; init; }

    /// <summary>Floats needed within <c>Infer</c>.</summary>
    public required long InferenceScratch { get; init; }

    /// <summary>Floats of prepared weights.</summary>
    public required long Prepared { get; init; }

    /// <summary>The faster one for batches in training.</summary>
    /// <param name="shape">The convolution.</param>
    public static ConvolutionAlgorithm ForTraining(Conv2DSizes shape) =>
        WinogradSizes.Fit(shape) && WinogradCost(shape) < DirectCost(shape) ? Winograd(shape, shape) : Direct(shape, shape);

    /// <summary>The faster one at inference, whatever the number of items: an item's embedding does not depend on others.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="computed">The convolution, as far as its outputs are read.</param>
    public static ConvolutionAlgorithm ForInference(Conv2DSizes shape, Conv2DSizes computed)
    {
        ConvolutionAlgorithm direct = Direct(shape, computed);
        if (!WinogradSizes.Fit(shape))
            return direct;
        ConvolutionAlgorithm winograd = Winograd(shape, computed);
        long directCost = DirectCost(computed) + (WeightRead * direct.Prepared), winogradCost = WinogradCost(computed) + (WeightRead * winograd.Prepared);
        return winogradCost < directCost ? winograd : direct;
    }

    // Every output by itself: a chain over kernel and channels.
    private static ConvolutionAlgorithm Direct(Conv2DSizes shape, Conv2DSizes computed) => new("direct", "Conv2D")
    {
        MultiplyAdds = (long)computed.OutputHeight * computed.OutputWidth * shape.WeightLength,
        TrainingScratch = KernelSizes.TrainingScratch(shape),
        InferenceScratch = KernelSizes.InferenceScratch(shape),
        Prepared = KernelSizes.PreparedLength(shape),
    };

    // Winograd's F(4×4, 3×3).
    private static ConvolutionAlgorithm Winograd(Conv2DSizes shape, Conv2DSizes computed) => new("winograd", "WinogradConv2D")
    {
        MultiplyAdds = WinogradSizes.Tiles(computed) * WinogradSizes.Positions * shape.Channels * shape.Filters,
        TrainingScratch = WinogradSizes.TrainingScratch(shape),
        InferenceScratch = WinogradSizes.InferenceScratch(shape),
        Prepared = WinogradSizes.PreparedLength(shape),
    };

    private static long DirectCost(Conv2DSizes shape) =>
        (long)shape.OutputHeight * shape.OutputWidth * shape.Kernel * shape.Kernel * shape.Channels * WinogradSizes.PaddedFilters(shape);

    private static long WinogradCost(Conv2DSizes shape)
    {
        long channels = WinogradSizes.PaddedChannels(shape), filters = WinogradSizes.PaddedFilters(shape);
        long tile = (WinogradSizes.Positions * shape.Channels * filters) + (InputTile * channels) + (OutputTile * filters);
        return WinogradSizes.Tiles(shape) * tile;
    }
}
