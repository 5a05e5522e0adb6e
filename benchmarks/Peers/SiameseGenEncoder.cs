namespace SiameseGen.Benchmarks.Peers;

/// <summary>Embeds batches with a generated encoder, on one thread. A large batch goes through in parts, as <see cref="BulkEmbedder"/> does it.</summary>
/// <typeparam name="TEncoder">The encoder.</typeparam>
internal sealed class SiameseGenEncoder<TEncoder> : IEmbeddingContestant
    where TEncoder : class, IEncoder
{
    private readonly InferencePass _pass;
    private readonly float[] _inputs, _embeddings;

    /// <summary>Prepares weights and memory.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="inputs">The batch, item after item.</param>
    public SiameseGenEncoder(TEncoder encoder, float[] inputs)
    {
        EncoderInfo info = TEncoder.Info;
        int batch = inputs.Length / info.Input.Length;
        var prepared = new AlignedBuffer<float>(info.Inference.PreparedLength);
        TEncoder.Prepare(encoder.Parameters, prepared.Span);
        _pass = new InferencePass(info, prepared, Math.Min(batch, info.Inference.ItemsAtATime));
        _inputs = inputs;
        _embeddings = new float[batch * info.EmbeddingLength];
    }

    /// <inheritdoc/>
    public string Name => "SiameseGen";

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(Embed, duration, milliseconds);

    /// <inheritdoc/>
    public float[] Embeddings()
    {
        Embed();
        return [.. _embeddings];
    }

    /// <summary>Bytes that a call allocates, on average.</summary>
    /// <param name="calls">Calls to make.</param>
    public long Allocations(int calls)
    {
        Embed();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < calls; i++)
            Embed();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / calls;
    }

    private void Embed()
    {
        int length = _pass.Info.Input.Length, embedding = _pass.Info.EmbeddingLength, batch = _inputs.Length / length;
        for (int item = 0; item < batch; item += _pass.Capacity)
        {
            _pass.Items = Math.Min(_pass.Capacity, batch - item);
            _inputs.AsSpan(item * length, _pass.Items * length).CopyTo(_pass.Inputs);
            TEncoder.Infer(_pass);
            _pass.Embeddings.CopyTo(_embeddings.AsSpan(item * embedding));
        }
    }
}
