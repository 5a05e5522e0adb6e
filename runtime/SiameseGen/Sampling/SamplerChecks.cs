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

    /// <summary>The classes with two examples, once it is known that batches of P of them with K examples each are possible.</summary>
    public static int[] ClassesWithPairs(IExampleSet examples, ClassMembers members, int classesPerBatch, int examplesPerClass)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classesPerBatch, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(examplesPerClass, 2);
        int[] slots = [.. Enumerable.Range(0, members.Classes).Where(slot => members.Size(slot) > 1)];
        if (classesPerBatch > slots.Length)
        {
            throw new ArgumentException(
                $"{classesPerBatch} classes a batch are more than the set has with two examples or more: {slots.Length}. "
                + $"Lower the number of classes to {slots.Length} at most, or add classes.",
                nameof(classesPerBatch));
        }

        int smallest = slots.MinBy(members.Size);
        if (examplesPerClass > members.Size(smallest))
        {
            int number = examples.Classes[members.Of(smallest)[0]];
            string name = number < examples.ClassNames.Count ? $"'{examples.ClassNames[number]}'" : $"{number}";
            throw new ArgumentException(
                $"{examplesPerClass} examples a class are more than class {name} has: {members.Size(smallest)}. "
                + $"Lower the number to {members.Size(smallest)} at most, or leave the class out.",
                nameof(examplesPerClass));
        }

        return (long)classesPerBatch * examplesPerClass <= Array.MaxLength
            ? slots
            : throw new ArgumentException($"A batch of {classesPerBatch} × {examplesPerClass} items is too large.", nameof(classesPerBatch));
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
