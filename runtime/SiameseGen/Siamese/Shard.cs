namespace SiameseGen;

/// <summary>A fixed part of a batch. One worker handles a shard from the first layer to the last; sums over the batch add shards in order.</summary>
/// <param name="Index">0 to <see cref="Count"/> − 1.</param>
/// <param name="Start">First item.</param>
/// <param name="Items">Items; may be 0 in a small batch.</param>
public readonly record struct Shard(int Index, int Start, int Items)
{
    /// <summary>Shards of every batch: a constant, so that results do not depend on the number of threads.</summary>
    public const int Count = 8;

    /// <summary>The shard of that number of a batch.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <param name="batchSize">Items in the batch.</param>
    public static Shard Of(int index, int batchSize)
    {
        int start = (int)((long)index * batchSize / Count);
        int end = (int)((index + 1L) * batchSize / Count);
        return new Shard(index, start, end - start);
    }
}
