namespace SiameseGen.Benchmarks.Peers;

/// <summary>
/// Embeds with a generated encoder: one input by its <see cref="IEncoder.Embed"/>, as a user does it; a batch in parts that the threads share, as
/// <see cref="BulkEmbedder"/> does it.
/// </summary>
/// <typeparam name="TEncoder">The encoder.</typeparam>
internal sealed class SiameseGenEncoder<TEncoder> : IEmbeddingContestant, IDisposable
    where TEncoder : class, IEncoder
{
    private readonly TEncoder _encoder;
    private readonly AlignedBuffer<float> _prepared;
    private readonly InferenceMemory[] _memories;
    private readonly float[] _inputs, _embeddings;
    private readonly WorkerTeam _team;
    private readonly Action<int> _embedShare;
    private readonly int _batch;

    /// <summary>Prepares weights and memory.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="inputs">The batch, item after item.</param>
    /// <param name="threads">Threads that share a batch.</param>
    public SiameseGenEncoder(TEncoder encoder, float[] inputs, int threads)
    {
        EncoderInfo info = TEncoder.Info;
        _encoder = encoder;
        _inputs = inputs;
        _batch = inputs.Length / info.Input.Length;
        _embeddings = new float[_batch * info.EmbeddingLength];
        _prepared = new AlignedBuffer<float>(info.Inference.PreparedLength);
        TEncoder.Prepare(encoder.Parameters, _prepared.Span);
        int part = Math.Min((_batch + threads - 1) / threads, info.Inference.ItemsAtATime);
        _memories = [.. Enumerable.Range(0, threads).Select(_ => new InferenceMemory(info, part))];
        _team = new WorkerTeam(threads);
        _embedShare = EmbedShare;
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

    /// <summary>Counts the bytes that calls allocate on all threads.</summary>
    /// <param name="calls">Calls to make.</param>
    /// <returns>Bytes in all calls together.</returns>
    public long Allocations(int calls)
    {
        Embed();
        long[] bytes = new long[_team.Workers];
        Action<int> begin = worker => bytes[worker] = -GC.GetAllocatedBytesForCurrentThread();
        Action<int> end = worker => bytes[worker] += GC.GetAllocatedBytesForCurrentThread();
        _team.Run(begin);
        for (int i = 0; i < calls; i++)
            Embed();
        _team.Run(end);
        return bytes.Sum();
    }

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    private void Embed()
    {
        if (_batch == 1)
            _encoder.Embed(_inputs, _embeddings);
        else
            _team.Run(_embedShare);
    }

    private void EmbedShare(int worker)
    {
        InferenceMemory memory = _memories[worker];
        int length = TEncoder.Info.Input.Length, embedding = TEncoder.Info.EmbeddingLength;
        for (int item = worker * memory.Capacity; item < _batch; item += _memories.Length * memory.Capacity)
        {
            InferencePass pass = memory.Pass(_prepared.Span, Math.Min(memory.Capacity, _batch - item));
            _inputs.AsSpan(item * length, pass.Items * length).CopyTo(pass.Inputs);
            TEncoder.Infer(pass);
            pass.Embeddings.CopyTo(_embeddings.AsSpan(item * embedding));
        }
    }
}
