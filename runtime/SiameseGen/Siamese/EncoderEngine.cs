using SiameseGen.Data;

namespace SiameseGen;

/// <summary>What every generated encoder is made of: the one set of weights, and what it takes to embed with them. Safe from several threads.</summary>
/// <remarks>
/// Weights are folded and packed once, and anew after <see cref="Parameters.MarkChanged"/>. Embedding allocates nothing once as many
/// threads have embedded at the same time as ever will, up to one a core; beyond that, memory is made and dropped. While a training step writes the weights, an embedding made at the same time may
/// see some of them before and some after the step.
/// </remarks>
/// <typeparam name="TEncoder">The generated encoder.</typeparam>
public sealed class EncoderEngine<TEncoder>
    where TEncoder : class, IEncoder
{
    private readonly Lock _gate = new();
    private readonly InferenceMemory?[] _idle = new InferenceMemory?[Environment.ProcessorCount];
    private PreparedWeights? _current;
    private PreparedWeights? _spare;

    /// <summary>Draws fresh weights.</summary>
    /// <param name="seed">Equal seeds give equal weights, bit for bit.</param>
    public EncoderEngine(int seed) => Parameters = new Parameters(TEncoder.Info, seed);

    /// <summary>The one set of weights that all branches read.</summary>
    public Parameters Parameters { get; }

    /// <summary>Embeds one input.</summary>
    /// <param name="input">The input's floats, channels last.</param>
    /// <param name="embedding">Receives <see cref="EncoderInfo.EmbeddingLength"/> floats.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public void Embed(ReadOnlySpan<float> input, Span<float> embedding)
    {
        CheckLengths(input.Length, embedding.Length);
        InferenceMemory? memory = null;
        PreparedWeights prepared = Acquire();
        try
        {
            memory = Rent();
            InferencePass pass = memory.Pass(prepared.Weights.Span, items: 1);
            input.CopyTo(pass.Inputs);
            TEncoder.Infer(pass);
            pass.Embeddings.CopyTo(embedding);
        }
        finally
        {
            Release(prepared, memory);
        }
    }

    /// <summary>Embeds one image of 8-bit pixels, scaled to 0…1.</summary>
    /// <param name="pixels">The image's bytes, channels last.</param>
    /// <param name="embedding">Receives <see cref="EncoderInfo.EmbeddingLength"/> floats.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    public void Embed(ReadOnlySpan<byte> pixels, Span<float> embedding)
    {
        CheckLengths(pixels.Length, embedding.Length);
        InferenceMemory? memory = null;
        PreparedWeights prepared = Acquire();
        try
        {
            memory = Rent();
            InferencePass pass = memory.Pass(prepared.Weights.Span, items: 1);
            PixelScale.Apply(pixels, pass.Inputs);
            TEncoder.Infer(pass);
            pass.Embeddings.CopyTo(embedding);
        }
        finally
        {
            Release(prepared, memory);
        }
    }

    private static void CheckLengths(int input, int embedding)
    {
        EncoderInfo info = TEncoder.Info;
        InputShape shape = info.Input;
        if (input != shape.Length)
        {
            string expected = shape.IsImage ? $"{shape.Height}×{shape.Width}×{shape.Channels} = {shape.Length} values" : $"{shape.Length} values";
            throw new ArgumentException($"{info.Name} embeds inputs of {expected}; this input has {input}.", nameof(input));
        }

        if (embedding != info.EmbeddingLength)
            throw new ArgumentException($"{info.Name} makes embeddings of {info.EmbeddingLength} floats; the destination has {embedding}.", nameof(embedding));
    }

    private PreparedWeights Acquire()
    {
        lock (_gate)
        {
            if (_current is null || _current.Version != Parameters.Version)
                Prepare();
            _current!.Readers++;
            return _current;
        }
    }

    // Readers of the old weights keep them: new ones go to a buffer that nobody reads.
    private void Prepare()
    {
        PreparedWeights next = _spare is { Readers: 0 } spare ? spare : new PreparedWeights(TEncoder.Info.Inference.PreparedLength);
        next.Version = Parameters.Version;
        TEncoder.Prepare(Parameters, next.Weights.Span);
        (_spare, _current) = (_current, next);
    }

    private InferenceMemory Rent()
    {
        for (int i = 0; i < _idle.Length; i++)
        {
            if (Interlocked.Exchange(ref _idle[i], null) is { } memory)
                return memory;
        }

        return new InferenceMemory(TEncoder.Info, capacity: 1);
    }

    private void Release(PreparedWeights prepared, InferenceMemory? memory)
    {
        lock (_gate)
            prepared.Readers--;
        for (int i = 0; i < _idle.Length && memory is not null; i++)
        {
            if (Interlocked.CompareExchange(ref _idle[i], memory, null) is null)
                return;
        }
    }

    private sealed class PreparedWeights(int length)
    {
        public AlignedBuffer<float> Weights { get; } = new(length);

        public int Version { get; set; }

        public int Readers { get; set; }
    }
}
