using SiameseGen.Data;
using SiameseGen.Sampling;

namespace SiameseGen.Tests.Sampling;

/// <summary>Sets of which only the labels matter, and what samplers make of them.</summary>
internal static class Labelled
{
    /// <summary>A set with a class of each size, mixed so that a class's examples do not lie side by side.</summary>
    public static ExampleSet OfSizes(params int[] sizes) => OfGroups([sizes]);

    /// <summary>A set with a class of each size in each group.</summary>
    public static ExampleSet OfGroups(params int[][] groups)
    {
        var labels = new List<(string Class, string Group)>();
        for (int group = 0; group < groups.Length; group++)
        {
            for (int number = 0; number < groups[group].Length; number++)
                labels.AddRange(Enumerable.Repeat(($"class{number}", $"group{group}"), groups[group][number]));
        }

        (string Class, string Group)[] mixed = [.. labels];
        new CounterRandom(2, CounterRandom.Purpose.Data, 0).Shuffle<(string, string)>(mixed);
        var builder = new ExampleSetBuilder(1);
        foreach ((string className, string groupName) in mixed)
            builder.Add([0], className, groupName);
        return builder.Build();
    }

    public static int[] Sizes(IExampleSet set)
    {
        int[] sizes = new int[set.ClassNames.Count];
        foreach (int number in set.Classes)
            sizes[number]++;
        return sizes;
    }

    public static Batch Batch(this IBatchSampler sampler, int epoch, int index)
    {
        var batch = new Batch(sampler.Structure, sampler.BatchSize);
        sampler.Fill(batch, epoch, index);
        return batch;
    }

    public static List<Batch> Epoch(this IBatchSampler sampler, int epoch) =>
        [.. Enumerable.Range(0, sampler.BatchesPerEpoch).Select(index => sampler.Batch(epoch, index))];

    public static int[] Counts(IEnumerable<int> items, int length)
    {
        int[] counts = new int[length];
        foreach (int item in items)
            counts[item]++;
        return counts;
    }
}
