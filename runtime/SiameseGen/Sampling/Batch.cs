using SiameseGen.Losses;

namespace SiameseGen.Sampling;

/// <summary>How the items of a batch belong together.</summary>
public enum BatchStructure
{
    /// <summary>2N items: the first branches of N pairs, then the second branches in the same order.</summary>
    Pairs,

    /// <summary>3N items: N anchors, then their positives, then their negatives.</summary>
    Triplets,

    /// <summary>P classes with K examples each: the loss forms all pairs or triplets within the batch.</summary>
    Classes,
}

/// <summary>The items of one training step. Samplers fill it anew for every step; nothing is allocated.</summary>
public sealed class Batch
{
    private readonly int[] _items;
    private readonly int[] _classes;
    private readonly PairLabel[] _labels;

    /// <summary>Allocates a batch.</summary>
    /// <param name="structure">How the items belong together.</param>
    /// <param name="capacity">Most items.</param>
    public Batch(BatchStructure structure, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Structure = structure;
        Count = capacity;
        _items = new int[capacity];
        _classes = new int[capacity];
        _labels = new PairLabel[structure is BatchStructure.Pairs ? capacity / 2 : 0];
    }

    /// <summary>How the items belong together.</summary>
    public BatchStructure Structure { get; }

    /// <summary>Most items.</summary>
    public int Capacity => _items.Length;

    /// <summary>Items in use.</summary>
    public int Count { get; set; }

    /// <summary>For each item, its index in the example set.</summary>
    public Span<int> Items => _items.AsSpan(0, Count);

    /// <summary>For each item, its class.</summary>
    public Span<int> Classes => _classes.AsSpan(0, Count);

    /// <summary>For each pair, its label; empty unless <see cref="Structure"/> is <see cref="BatchStructure.Pairs"/>.</summary>
    public Span<PairLabel> PairLabels => _labels.AsSpan(0, Structure is BatchStructure.Pairs ? Count / 2 : 0);
}
