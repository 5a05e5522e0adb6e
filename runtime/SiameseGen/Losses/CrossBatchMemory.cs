using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>
/// Embeddings of earlier batches and their classes, in a ring in which the newest take the place of the oldest: further positives and negatives for the anchors of a batch, without a gradient of their own. Embeddings drift
/// slowly once training is under way, so that old ones still serve (Wang et al., "Cross-Batch Memory for Embedding Learning", 2020).
/// </summary>
public sealed class CrossBatchMemory
{
    private readonly float[] _embeddings;
    private readonly int[] _classes;
    private int _next;

    /// <summary>Allocates an empty memory.</summary>
    /// <param name="capacity">Embeddings that it holds, 1 or more.</param>
    /// <param name="embeddingLength">Floats in one embedding.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range, or all together are more than one array can hold.</exception>
    public CrossBatchMemory(int capacity, int embeddingLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(embeddingLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)capacity * embeddingLength, Array.MaxLength, nameof(capacity));
        Capacity = capacity;
        EmbeddingLength = embeddingLength;
        _embeddings = new float[capacity * embeddingLength];
        _classes = new int[capacity];
    }

    /// <summary>Embeddings that it holds at most.</summary>
    public int Capacity { get; }

    /// <summary>Floats in one embedding.</summary>
    public int EmbeddingLength { get; }

    /// <summary>Embeddings that it holds.</summary>
    public int Count { get; private set; }

    /// <summary>The embeddings, in an order that says nothing.</summary>
    public ReadOnlySpan<float> Embeddings => _embeddings.AsSpan(0, Count * EmbeddingLength);

    /// <summary>The class of each.</summary>
    public ReadOnlySpan<int> Classes => _classes.AsSpan(0, Count);

    /// <summary>Takes in a batch; the oldest embeddings make room. Allocates nothing.</summary>
    /// <param name="batch">Its classes.</param>
    /// <param name="embeddings">Its embeddings, item after item.</param>
    /// <exception cref="ArgumentException">The embeddings are not those of the batch's items.</exception>
    public void Add(Batch batch, ReadOnlySpan<float> embeddings)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (embeddings.Length != batch.Count * EmbeddingLength)
            throw new ArgumentException($"A batch of {batch.Count} items has {batch.Count * EmbeddingLength} floats of embeddings; there are {embeddings.Length}.", nameof(embeddings));
        for (int i = Math.Max(0, batch.Count - Capacity); i < batch.Count; i++)
        {
            embeddings.Slice(i * EmbeddingLength, EmbeddingLength).CopyTo(_embeddings.AsSpan(_next * EmbeddingLength));
            _classes[_next] = batch.Classes[i];
            _next = _next + 1 == Capacity ? 0 : _next + 1;
            Count = Math.Min(Count + 1, Capacity);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Count = _next = 0;
}
