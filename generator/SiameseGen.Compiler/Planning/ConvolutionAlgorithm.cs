namespace SiameseGen.Compiler.Planning;

/// <summary>One way to compute a convolution: the runtime's class, and what it asks of the machine.</summary>
/// <param name="Name">What summaries and plans call it.</param>
/// <param name="Kernel">The class in <c>SiameseGen.Kernels</c>.</param>
internal sealed record ConvolutionAlgorithm(string Name, string Kernel)
{
    // What a step costs beside multiply-adds, in multiply-adds of the matrix product that the processor computes in the same time. Measured with
    // `benchmarks -- plan` on a processor with AVX2; a choice depends on the ratios alone, which differ little between processors. A tile is transformed for
    // each channel and for each filter, and its products are computed in short loops, one for each position and panel. First of F(4×4, 3×3), then of
    // F(6×6, 3×3).
    private const long InputTile = 400, OutputTile = 300, PanelLoops = 2400, LargeInputTile = 1100, LargeOutputTile = 900, LargePanelLoops = 4300;

    // A prepared weight is read once an item when items come one by one, as they do in a verifier.
    private const long WeightRead = 4;

    // In training each shard of a batch reads the transformed weights, twice, and makes a gradient of them; its images share that.
    private const long ShardWeight = 10, ShardImages = 16;

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

    /// <summary>Floats of transformed weights.</summary>
    public long TransformedWeights { get; init; }

    /// <summary>What an item costs in training.</summary>
    public long CostInTraining => Cost + (ShardWeight * TransformedWeights / ShardImages);

    /// <summary>What an item costs that comes alone.</summary>
    public long CostAlone => Cost + (WeightRead * Prepared);

    /// <summary>The faster one for batches in training.</summary>
    /// <param name="shape">The convolution.</param>
    public static ConvolutionAlgorithm ForTraining(Conv2DSizes shape) => Cheapest(
        algorithm => algorithm.CostInTraining, Direct(shape, shape), WinogradSizes.Fit(shape) ? [Winograd(shape, shape), Mosaics(shape)] : []);

    /// <summary>The faster one at inference, whatever the number of items: an item's embedding does not depend on others.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="computed">The convolution, as far as its outputs are read.</param>
    public static ConvolutionAlgorithm ForInference(Conv2DSizes shape, Conv2DSizes computed) =>
        Cheapest(algorithm => algorithm.CostAlone, Direct(shape, computed), WinogradSizes.Fit(shape) ? [Winograd(shape, computed)] : []);

    /// <summary>Every output by itself: a chain over kernel and channels.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="computed">The convolution, as far as its outputs are read.</param>
    public static ConvolutionAlgorithm Direct(Conv2DSizes shape, Conv2DSizes computed)
    {
        long pixels = (long)computed.OutputHeight * computed.OutputWidth;
        return new("direct", "Conv2D")
        {
            MultiplyAdds = pixels * shape.WeightLength,
            Cost = pixels * shape.KernelHeight * shape.KernelWidth * shape.Channels * WinogradSizes.OfFour(shape).PaddedFilters,
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
        WinogradSizes sizes = WinogradSizes.OfFour(shape);
        long tiles = WinogradSizes.OfFour(computed).Tiles;
        return new("winograd", "WinogradConv2D")
        {
            MultiplyAdds = tiles * sizes.Positions * shape.Channels * shape.Filters,
            Cost = tiles * TileCost(sizes, InputTile, OutputTile, PanelLoops),
            TrainingScratch = sizes.TrainingScratch,
            InferenceScratch = sizes.InferenceScratch(),
            SingleInferenceScratch = sizes.InferenceScratch(items: 1),
            Prepared = sizes.PreparedLength,
            TransformedWeights = sizes.PreparedLength,
        };
    }

    /// <summary>
    /// Winograd's F(4×4, 3×3), whose gradients are computed as F(6×6, 3×3) over mosaics of images: in training only, as their rounding depends on all that a
    /// mosaic shows.
    /// </summary>
    /// <param name="shape">The convolution.</param>
    public static ConvolutionAlgorithm Mosaics(Conv2DSizes shape)
    {
        ConvolutionAlgorithm forward = Winograd(shape, shape);
        WinogradSizes sizes = WinogradSizes.OfMosaics(shape);
        double backward = sizes.TilesOfImage * TileCost(sizes, LargeInputTile, LargeOutputTile, LargePanelLoops);

        // Backward are two convolutions, of which each costs as much as the one forward.
        return new("winograd 6×6", "MosaicConv2D")
        {
            MultiplyAdds = forward.MultiplyAdds,
            Cost = (long)((forward.Cost + (2 * backward)) / 3),
            TrainingScratch = Math.Max(forward.TrainingScratch, sizes.TrainingScratch),
            InferenceScratch = 0,
            SingleInferenceScratch = 0,
            Prepared = 0,
            TransformedWeights = (forward.TransformedWeights + (2 * sizes.PreparedLength)) / 3,
        };
    }

    private static long TileCost(WinogradSizes sizes, long input, long output, long loops) =>
        (sizes.Positions * sizes.Shape.Channels * sizes.PaddedFilters) + (input * sizes.PaddedChannels) + (output * sizes.PaddedFilters)
        + (loops * sizes.PaddedFilters / WinogradSizes.Panel);

    private static ConvolutionAlgorithm Cheapest(Func<ConvolutionAlgorithm, long> cost, ConvolutionAlgorithm direct, params ConvolutionAlgorithm[] others) =>
        others.Aggregate(direct, (best, other) => cost(other) < cost(best) ? other : best);
}
