namespace SiameseGen.Compiler.Planning;

/// <summary>One way to compute a convolution: the runtime's class, and what it asks of the machine.</summary>
/// <param name="Name">What summaries and plans call it.</param>
/// <param name="Kernel">The class in <c>SiameseGen.Kernels</c>.</param>
internal sealed record ConvolutionAlgorithm(string Name, string Kernel)
{
    // What a product of transformed patches costs beside its multiply-adds, in multiply-adds of the matrix product that the processor computes in the same time:
    // for each input channel, for each filter, and for the short loops of each panel of filters. `benchmarks -- plan` compares with measurements; a choice depends on the
    // ratios alone, which differ little between processors.
    private const long InputProduct = 13, OutputProduct = 10, PanelProduct = 67;

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
    public static ConvolutionAlgorithm ForTraining(Conv2DSizes shape)
    {
        ConvolutionAlgorithm direct = Direct(shape, shape);
        return WinogradSizes.Fit(shape) && WinogradInTraining(shape) is var winograd && winograd.CostInTraining < direct.CostInTraining ? winograd : direct;
    }

    /// <summary>The faster one at inference, whatever the number of items: an item's embedding does not depend on others.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="computed">The convolution, as far as its outputs are read.</param>
    public static ConvolutionAlgorithm ForInference(Conv2DSizes shape, Conv2DSizes computed)
    {
        ConvolutionAlgorithm direct = Direct(shape, computed);
        return WinogradSizes.Fit(shape) && WinogradAtInference(shape, computed) is var winograd && winograd.CostAlone < direct.CostAlone ? winograd : direct;
    }

    /// <summary>Every output by itself: a chain over kernel and channels.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="computed">The convolution, as far as its outputs are read.</param>
    public static ConvolutionAlgorithm Direct(Conv2DSizes shape, Conv2DSizes computed)
    {
        long pixels = (long)computed.OutputHeight * computed.OutputWidth;
        return new("direct", "Conv2D")
        {
            MultiplyAdds = pixels * shape.WeightLength,
            Cost = pixels * shape.KernelHeight * shape.KernelWidth * shape.Channels * WinogradSizes.OfInference(shape).PaddedFilters,
            TrainingScratch = KernelSizes.TrainingScratch(shape),
            InferenceScratch = KernelSizes.InferenceScratch(shape),
            SingleInferenceScratch = KernelSizes.InferenceScratch(shape, items: 1),
            Prepared = KernelSizes.PreparedLength(shape),
        };
    }

    /// <summary>Winograd's algorithm in training.</summary>
    /// <param name="shape">The convolution.</param>
    public static ConvolutionAlgorithm WinogradInTraining(Conv2DSizes shape) => Winograd(shape, WinogradSizes.OfTraining(shape));

    /// <summary>Winograd's algorithm at inference.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="computed">The convolution, as far as its outputs are read.</param>
    public static ConvolutionAlgorithm WinogradAtInference(Conv2DSizes shape, Conv2DSizes computed) =>
        Winograd(shape, WinogradSizes.OfInference(computed));

    private static ConvolutionAlgorithm Winograd(Conv2DSizes shape, WinogradSizes sizes)
    {
        WinogradSizes inference = WinogradSizes.OfInference(shape);
        long product = (shape.Channels * sizes.PaddedFilters) + (InputProduct * sizes.PaddedChannels) + (OutputProduct * sizes.PaddedFilters)
            + (PanelProduct * sizes.PaddedFilters / WinogradSizes.Panel);
        return new("winograd", "WinogradConv2D")
        {
            MultiplyAdds = sizes.Products * shape.Channels * shape.Filters,
            Cost = sizes.Products * product,
            TrainingScratch = WinogradSizes.OfTraining(shape).TrainingScratch,
            InferenceScratch = inference.InferenceScratch(),
            SingleInferenceScratch = inference.InferenceScratch(items: 1),
            Prepared = inference.PreparedLength,
            TransformedWeights = sizes.PreparedLength,
        };
    }
}
