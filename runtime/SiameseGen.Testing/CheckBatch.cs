using SiameseGen.Losses;
using SiameseGen.Sampling;

namespace SiameseGen.Testing;

/// <summary>A small batch of random inputs for a loss.</summary>
internal static class CheckBatch
{
    private const int Items = 12;

    /// <summary>Classes in a batch.</summary>
    public const int Classes = 4;

    /// <summary>A batch of a structure: classes of three items, or of two views where the loss takes them, pairs of which every second is similar, or triplets.</summary>
    public static Batch Of(BatchStructure structure, EmbeddingLoss? loss)
    {
        int classes = loss is { TakesViews: true } ? Items / 2 : Classes;
        var batch = new Batch(structure, Items);
        for (int i = 0; i < batch.Count; i++)
            (batch.Items[i], batch.Classes[i]) = (i, i % classes);
        for (int pair = 0; pair < batch.PairLabels.Length; pair++)
            batch.PairLabels[pair] = pair % 2 == 0 ? PairLabel.Similar : PairLabel.Dissimilar;
        return batch;
    }

    /// <summary>The structures that a loss accepts.</summary>
    public static BatchStructure[] Structures(EmbeddingLoss loss)
    {
        BatchStructure[] structures = [.. Enum.GetValues<BatchStructure>().Where(loss.Accepts)];
        return structures.Length > 0 ? structures : throw new CheckFailedException($"The loss {loss.Name} accepts no structure of batches.");
    }

    /// <summary>Random numbers from a range.</summary>
    public static float[] Numbers(int count, ulong seed, float low, float high)
    {
        var random = new CounterRandom(seed, CounterRandom.Purpose.Data, 0);
        float[] numbers = new float[count];
        foreach (ref float number in numbers.AsSpan())
            number = random.NextSingle(low, high);
        return numbers;
    }
}
