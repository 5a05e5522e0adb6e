namespace SiameseGen;

/// <summary>Memory and prepared weights for embedding a few items on one thread.</summary>
public sealed class InferencePass
{
    private readonly AlignedBuffer<float> _arena;
    private readonly AlignedBuffer<float> _scratch;
    private AlignedBuffer<float> _prepared;
    private int _items;

    /// <summary>Allocates a workspace.</summary>
    /// <param name="info">The architecture.</param>
    /// <param name="prepared">Weights from <see cref="IEncoder.Prepare"/>.</param>
    /// <param name="capacity">Most items at a time.</param>
    public InferencePass(EncoderInfo info, AlignedBuffer<float> prepared, int capacity)
    {
        ArgumentNullException.ThrowIfNull(info);
        Info = info;
        Capacity = capacity;
        _prepared = prepared;
        _items = capacity;
        _arena = new AlignedBuffer<float>((long)info.Inference.ArenaLength * capacity);
        _scratch = new AlignedBuffer<float>(info.Inference.ScratchLength);
    }

    /// <summary>The architecture.</summary>
    public EncoderInfo Info { get; }

    /// <summary>Most items at a time.</summary>
    public int Capacity { get; }

    /// <summary>Items to embed now.</summary>
    public int Items
    {
        get => _items;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Capacity);
            _items = value;
        }
    }

    /// <summary>The inputs, item after item: write them before the pass.</summary>
    public Span<float> Inputs => Activations(Info.Inference.Input, Info.Input.Length);

    /// <summary>The embeddings, item after item: read them after the pass.</summary>
    public Span<float> Embeddings => Activations(Info.Inference.Embedding, Info.EmbeddingLength);

    /// <summary>A tensor of activations, all items in order.</summary>
    /// <param name="offset">The plan's offset.</param>
    /// <param name="length">Floats an item.</param>
    public Span<float> Activations(int offset, int length) => _arena.Slice((long)offset * Capacity, _items * length);

    /// <summary>Prepared weights.</summary>
    /// <param name="offset">The plan's offset.</param>
    /// <param name="length">Floats.</param>
    public ReadOnlySpan<float> Prepared(int offset, int length) => _prepared.Slice(offset, length);

    /// <summary>Memory that lasts within one layer; its content is undefined at the start.</summary>
    /// <param name="length">Floats, at most the plan's <see cref="InferencePlan.ScratchLength"/>.</param>
    public Span<float> Scratch(int length) => _scratch.Slice(0, length);

    /// <summary>Uses other prepared weights from now on.</summary>
    /// <param name="prepared">Weights from <see cref="IEncoder.Prepare"/>.</param>
    public void Use(AlignedBuffer<float> prepared) => _prepared = prepared;
}
