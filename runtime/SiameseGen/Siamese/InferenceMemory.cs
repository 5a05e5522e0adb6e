namespace SiameseGen;

/// <summary>Memory for embedding a few items at a time on one thread.</summary>
public sealed class InferenceMemory
{
    private readonly AlignedBuffer<float> _arena;
    private readonly AlignedBuffer<float> _scratch;

    /// <summary>Allocates it.</summary>
    /// <param name="info">The architecture.</param>
    /// <param name="capacity">Most items at a time.</param>
    public InferenceMemory(EncoderInfo info, int capacity)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Info = info;
        Capacity = capacity;
        _arena = new AlignedBuffer<float>((long)info.Inference.ArenaLength * capacity);
        _scratch = new AlignedBuffer<float>(info.Inference.ScratchLength);
    }

    /// <summary>The architecture.</summary>
    public EncoderInfo Info { get; }

    /// <summary>Most items at a time.</summary>
    public int Capacity { get; }

    /// <summary>A pass over this memory. There may be one at a time.</summary>
    /// <param name="prepared">Weights from <see cref="IEncoder.Prepare"/>.</param>
    /// <param name="items">Items to embed.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="items"/> is not from 1 to <see cref="Capacity"/>.</exception>
    public InferencePass Pass(ReadOnlySpan<float> prepared, int items)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(items);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(items, Capacity);
        return new InferencePass(Info.Inference, Info.Input.Length, Info.EmbeddingLength, prepared, _arena.Span, _scratch.Span, items, Capacity);
    }
}
