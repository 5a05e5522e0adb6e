using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Sampling;

namespace SiameseGen.Training;

/// <summary>The sampler for a loss when the user chooses none: the plainest structure that the loss accepts.</summary>
internal static class DefaultSampler
{
    private const int ExamplesPerClass = 4;

    /// <exception cref="ArgumentException">The batch size is too small, or the examples have no similar or no dissimilar pairs.</exception>
    public static IBatchSampler For(EmbeddingLoss loss, IExampleSet training, TrainingOptions options)
    {
        int size = options.BatchSize;
        if (loss.TakesViews)
            return new ViewSampler(training, Math.Clamp(AtLeast(size, 4, "two views of 2 examples", loss) / 2, 2, Math.Max(2, training.Count)), options.Seed);
        if (options is { Miner: null, CrossBatchMemory: 0 } && loss.Accepts(BatchStructure.Pairs))
            return new PairSampler(training, AtLeast(size, 4, "2 pairs", loss) / 2, options.Seed);
        if (options is { Miner: null, CrossBatchMemory: 0 } && loss.Accepts(BatchStructure.Triplets))
            return new TripletSampler(training, AtLeast(size, 3, "1 triplet", loss) / 3, options.Seed);
        AtLeast(size, 4, "2 classes of 2 examples", loss);
        int[] classes = [.. training.Classes.ToArray().CountBy(number => number).Select(entry => entry.Value).Where(count => count > 1)];
        int perClass = Math.Min(Math.Min(ExamplesPerClass, size / 2), classes.DefaultIfEmpty(ExamplesPerClass).Min());
        return new ClassBalancedSampler(training, Math.Clamp(classes.Length, 2, size / perClass), perClass, options.Seed);
    }

    private static int AtLeast(int size, int least, string what, EmbeddingLoss loss) => size >= least
        ? size
        : throw new ArgumentException($"BatchSize is {size}; the {loss.Name} loss needs {what} in a batch, {least} items. Set TrainingOptions.BatchSize to {least} or more.");
}
