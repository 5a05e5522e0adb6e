namespace SiameseGen;

/// <summary>
/// One worker's view of a training batch. All workers run the generated <c>Forward</c> and <c>Backward</c> at the same time, each on its own
/// shards; only layers that need the whole batch, such as batch normalisation, call <see cref="Synchronize"/>.
/// </summary>
public sealed class TrainingPass
{
    private readonly TrainingWorkspace _workspace;
    private readonly AlignedBuffer<float> _saved;
    private readonly AlignedBuffer<float> _scratch;

    internal TrainingPass(TrainingWorkspace workspace, int worker)
    {
        _workspace = workspace;
        Worker = worker;
        TrainingPlan plan = workspace.Parameters.Info.Training;
        _saved = new AlignedBuffer<float>(plan.SavedLength);
        _scratch = new AlignedBuffer<float>(plan.ScratchLength);
    }

    /// <summary>This worker's number; worker 0 updates running statistics.</summary>
    public int Worker { get; }

    /// <summary>How many workers there are.</summary>
    internal int Workers => _workspace.Team.Workers;

    /// <summary>Items of the batch, over all workers.</summary>
    public int BatchSize => _workspace.BatchSize;

    /// <summary>The seed of dropout.</summary>
    public ulong Seed => _workspace.Seed;

    /// <summary>The training step.</summary>
    public ulong Step => _workspace.Step;

    /// <summary>The shards that this worker handles.</summary>
    public ShardEnumerator Shards => new(Worker, _workspace.Team.Workers, _workspace.BatchSize);

    /// <summary>Parameters.</summary>
    /// <param name="offset">The tensor's offset.</param>
    /// <param name="length">Its length.</param>
    public Span<float> Parameters(int offset, int length) => _workspace.Parameters.Values.Slice(offset, length);

    /// <summary>The gradient that one shard accumulates: add to it.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="offset">The tensor's offset.</param>
    /// <param name="length">Its length.</param>
    public Span<float> Gradients(Shard shard, int offset, int length) => _workspace.Gradients(shard.Index, offset, length);

    /// <summary>
    /// The gradient to which sums of the whole batch are added, once: the first shard's. Of a tensor with <see cref="ParameterTensor.HasBatchGradient"/> it is the only
    /// one, and each worker adds to its own part of it; otherwise worker 0 adds, which has the first shard.
    /// </summary>
    /// <param name="offset">The tensor's offset.</param>
    /// <param name="length">Its length.</param>
    internal Span<float> BatchGradients(int offset, int length) => _workspace.Gradients(0, offset, length);

    /// <summary>A tensor of activations, or of their gradients, for the items of a shard, in order.</summary>
    /// <param name="offset">The plan's offset.</param>
    /// <param name="length">Floats an item.</param>
    /// <param name="shard">The shard.</param>
    public Span<float> Activations(int offset, int length, Shard shard) => _workspace.Activations(offset, length, shard.Start, shard.Items);

    /// <summary>Sums that workers share. Each writes its own shards' part, then <see cref="Synchronize"/>s, then all may read.</summary>
    /// <param name="offset">The plan's offset.</param>
    /// <param name="length">Doubles.</param>
    public Span<double> Statistics(int offset, int length) => _workspace.Statistics(offset, length);

    /// <summary>Memory of this worker that lasts from forward to backward.</summary>
    /// <param name="offset">The plan's offset.</param>
    /// <param name="length">Floats.</param>
    public Span<float> Saved(int offset, int length) => _saved.Slice(offset, length);

    /// <summary>Memory of this worker that lasts within one layer; its content is undefined at the start.</summary>
    /// <param name="length">Floats, at most the plan's <see cref="TrainingPlan.ScratchLength"/>.</param>
    public Span<float> Scratch(int length) => _scratch.Slice(0, length);

    /// <summary>Rounds a tensor of activations, for this worker's shards, to the codes that would ship: in quantisation-aware training only (<see cref="Training.SimulatedQuantization"/>).</summary>
    /// <param name="value">Which of the encoder's tensors it is, of those that ship as codes: 0 for the input.</param>
    /// <param name="length">Floats an item.</param>
    /// <param name="output">The plan's offset.</param>
    /// <exception cref="InvalidOperationException">The exporter counts the encoder's tensors otherwise: it is of another version.</exception>
    public void Quantize(int value, int length, int output)
    {
        if (_workspace.Quantization is not { } quantization)
            return;
        foreach (Shard shard in Shards)
            quantization.Round(value, length, shard, Activations(output, length, shard));
    }

    /// <summary>Clears the gradient of what <see cref="Quantize"/> has clipped.</summary>
    /// <param name="value">Which of the encoder's tensors it is.</param>
    /// <param name="length">Floats an item.</param>
    /// <param name="gradient">The plan's offset of the gradient.</param>
    public void QuantizeGradient(int value, int length, int gradient)
    {
        if (_workspace.Quantization is not { } quantization)
            return;
        foreach (Shard shard in Shards)
            quantization.RoundGradients(value, length, shard, Activations(gradient, length, shard));
    }

    /// <summary>Waits until every worker is here.</summary>
    public void Synchronize() => _workspace.Team.Synchronize();
}

/// <summary>Enumerates a worker's shards in order.</summary>
public ref struct ShardEnumerator
{
    private readonly int _workers;
    private readonly int _batchSize;
    private int _index;

    internal ShardEnumerator(int worker, int workers, int batchSize)
    {
        _workers = workers;
        _batchSize = batchSize;
        _index = worker - workers;
    }

    /// <summary>The shard.</summary>
    public readonly Shard Current => Shard.Of(_index, _batchSize);

    /// <summary>This enumerator.</summary>
    public readonly ShardEnumerator GetEnumerator() => this;

    /// <summary>Goes to the worker's next shard that has items.</summary>
    public bool MoveNext()
    {
        do
        {
            _index += _workers;
        }
        while (_index < Shard.Count && Current.Items == 0);
        return _index < Shard.Count;
    }
}
