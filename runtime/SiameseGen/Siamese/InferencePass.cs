namespace SiameseGen;

/// <summary>Prepared weights and memory, both of somebody else, for embedding a few items on one thread. <see cref="InferenceMemory"/> makes one; so does a verifier, of memory that its caller owns.</summary>
/// <remarks>It knows sizes and places only, not the <see cref="EncoderInfo"/>: a program that ships a verifier of 32-bit floats has no need of losses and names of tensors, and links none.</remarks>
public readonly ref struct InferencePass
{
    private readonly ReadOnlySpan<float> _prepared;
    private readonly Span<float> _arena;
    private readonly Span<float> _scratch;
    private readonly int _capacity;
    private readonly int _input;
    private readonly int _inputLength;
    private readonly int _embedding;
    private readonly int _embeddingLength;

    /// <summary>Looks at memory.</summary>
    /// <param name="plan">What is where.</param>
    /// <param name="inputLength">Floats of an input.</param>
    /// <param name="embeddingLength">Floats of an embedding.</param>
    /// <param name="prepared">Weights from <see cref="IEncoder.Prepare"/>.</param>
    /// <param name="arena">Activations: <see cref="InferencePlan.ArenaLength"/> floats for each item that there is room for.</param>
    /// <param name="scratch"><see cref="InferencePlan.ScratchLength"/> floats.</param>
    /// <param name="items">Items to embed.</param>
    /// <param name="capacity">Items that the arena has room for.</param>
    internal InferencePass(
        scoped in InferencePlan plan, int inputLength, int embeddingLength, ReadOnlySpan<float> prepared, Span<float> arena, Span<float> scratch, int items, int capacity)
    {
        _prepared = prepared;
        _arena = arena;
        _scratch = scratch;
        _capacity = capacity;
        _input = plan.Input;
        _inputLength = inputLength;
        _embedding = plan.Embedding;
        _embeddingLength = embeddingLength;
        Items = items;
    }

    /// <summary>Items to embed.</summary>
    public int Items { get; }

    /// <summary>The inputs, item after item: write them before the pass.</summary>
    public Span<float> Inputs => Activations(_input, _inputLength);

    /// <summary>The embeddings, item after item: read them after the pass.</summary>
    public Span<float> Embeddings => Activations(_embedding, _embeddingLength);

    /// <summary>A tensor of activations, all items in order.</summary>
    /// <param name="offset">The plan's offset.</param>
    /// <param name="length">Floats an item.</param>
    public Span<float> Activations(int offset, int length) => _arena.Slice(checked(offset * _capacity), checked(Items * length));

    /// <summary>Prepared weights.</summary>
    /// <param name="offset">The plan's offset.</param>
    /// <param name="length">Floats.</param>
    public ReadOnlySpan<float> Prepared(int offset, int length) => _prepared.Slice(offset, length);

    /// <summary>Memory that lasts within one layer; its content is undefined at the start.</summary>
    /// <param name="length">Floats, at most the plan's <see cref="InferencePlan.ScratchLength"/>.</param>
    public Span<float> Scratch(int length) => _scratch[..length];
}
