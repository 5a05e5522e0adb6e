namespace SiameseGen.Compiler.Planning;

/// <summary>One way to compute a convolution: the runtime's class, and what it asks of the machine.</summary>
/// <param name="Name">What summaries and plans call it.</param>
/// <param name="Kernel">The class in <c>SiameseGen.Kernels</c>.</param>
internal sealed record ConvolutionAlgorithm(string Name, string Kernel)
{
    // What a step costs beside multiply-adds, in multiply-adds of the matrix product that the processor computes in the same time. Measured with
    // `benchmarks -- plan` on a processor with AVX2; a choice depends on the ratios alone, which differ little between processors. A tile of
    // F(4×4, 3×3) is transformed for each channel and for each filter, and its products are computed in short loops, one for each position and panel.
    private const long InputTile = 400, OutputTile = 300, PanelLoops = 2400;

    // A prepared weight is read once an item when items come one by one, as they do in a verifier.
    private const long WeightRead = 4;

    /// <summary>Multiply-adds that an item takes, transforms not counted.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>Floats a worker needs within a training call.</summary>
    public required long TrainingScratch { get; init; }

    /// <summary>Floats needed within <c>Infer</c>.</summary>
    public required long InferenceScratch { get; init; }

    /// <summary>The same for one item.</summary>
    public required long SingleInferenceScratch { get; init; }

    /// <summary>Floats of prepared weights.</summary>
    public required long Prepared { get; init; }

    /// <summary>What an item of a batch costs, transforms included, in multiply-adds of a matrix product that take as long.</summary>
    public required long Cost { get; init; }

    /// <summary>What an item costs that comes alone.</summary>
    public long CostAlone => Cost + (WeightRead * Prepared);

    /// <summary>The faster one for batches in training.</summary>
    /// <param name="shape">The convolution.</param>
    public static ConvolutionAlgorithm ForTraining(Conv2DSizes shape) => Cheaper(shape, shape, algorithm => algorithm.Cost);

    /// <summary>The faster one at inference, whatever the number of items: an item's embedding does not depend on others.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="computed">The convolution, as far as its outputs are read.</param>
    public static ConvolutionAlgorithm ForInference(Conv2DSizes shape, Conv2DSizes computed) =>
        Cheaper(shape, computed, algorithm => algorithm.CostAlone);

    /// <summary>Every output by itself: a chain over kernel and channels.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="computed">The convolution, as far as its outputs are read.</param>
    public static ConvolutionAlgorithm Direct(Conv2DSizes shape, Conv2DSizes computed)
    {
        long pixels = (long)computed.OutputHeight * computed.OutputWidth;
        return new("direct", "Conv2D")
        {
            MultiplyAdds = pixels * shape.WeightLength,
            Cost = pixels * shape.KernelHeight * shape.KernelWidth * shape.Channels * WinogradSizes.PaddedFilters(shape),
            TrainingScratch = KernelSizes.TrainingScratch(shape),
            InferenceScratch = KernelSizes.InferenceScratch(shape),
            SingleInferenceScratch = KernelSizes.InferenceScratch(shape, items: 1),
            Prepared = KernelSizes.PreparedLength(shape),
        };
    }

    /// <summary>Winograd's F(4×4, 3×3).</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="computed">The convolution, as far as its outputs are read.</param>
    public static ConvolutionAlgorithm Winograd(Conv2DSizes shape, Conv2DSizes computed)
    {
        long channels = WinogradSizes.PaddedChannels(shape), filters = WinogradSizes.PaddedFilters(shape), tiles = WinogradSizes.Tiles(computed);
        return new("winograd", "WinogradConv2D")
        {
            MultiplyAdds = tiles * WinogradSizes.Positions * shape.Channels * shape.Filters,
            Cost = tiles * ((WinogradSizes.Positions * shape.Channels * filters) + (InputTile * channels) + (OutputTile * filters) + (PanelLoops * filters / WinogradSizes.Panel)),
            TrainingScratch = WinogradSizes.TrainingScratch(shape),
            InferenceScratch = WinogradSizes.InferenceScratch(shape),
            SingleInferenceScratch = WinogradSizes.InferenceScratch(shape, items: 1),
            Prepared = WinogradSizes.PreparedLength(shape),
        };
    }

    private static ConvolutionAlgorithm Cheaper(Conv2DSizes shape, Conv2DSizes computed, Func<ConvolutionAlgorithm, long> cost)
    {
        ConvolutionAlgorithm direct = Direct(shape, computed);
        if (!WinogradSizes.Fit(shape))
            return direct;
        ConvolutionAlgorithm winograd = Winograd(shape, computed);
        return cost(winograd) < cost(direct) ? winograd : direct;
    }
}
