using SiameseGen.Data;

namespace SiameseGen.Sampling;

/// <summary>What every sampler does before it fills a batch, and after.</summary>
internal static class SamplerChecks
{
    /// <summary>Checks what a caller asks for and makes the batch as long as the sampler's.</summary>
    public static void Begin(IBatchSampler sampler, Batch batch, int epoch, int index)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        if ((uint)index >= (uint)sampler.BatchesPerEpoch)
            throw new ArgumentOutOfRangeException(nameof(index), index, $"An epoch has batches 0 to {sampler.BatchesPerEpoch - 1}.");
        if (batch.Structure != sampler.Structure || batch.Capacity < sampler.BatchSize)
        {
            throw new ArgumentException(
                $"The batch is of {batch.Structure} with room for {batch.Capacity} items; this sampler makes {sampler.Structure} with {sampler.BatchSize}.", nameof(batch));
        }

        batch.Count = sampler.BatchSize;
    }

    /// <summary>Labels the items with their classes.</summary>
    public static void Label(Batch batch, IExampleSet examples)
    {
        ReadOnlySpan<int> items = batch.Items, classes = examples.Classes;
        Span<int> labels = batch.Classes;
        for (int i = 0; i < items.Length; i++)
            labels[i] = classes[items[i]];
    }
}
