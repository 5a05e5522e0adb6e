namespace SiameseGen;

/// <summary>Memory for training steps of one encoder: activations, gradients and scratch, allocated once.</summary>
public sealed class TrainingWorkspace
{
    private readonly AlignedBuffer<float> _arena;
    private readonly AlignedBuffer<float> _gradients;
    private readonly AlignedBuffer<double> _statistics;
    private readonly TrainingPass[] _passes;

    /// <summary>Allocates a workspace.</summary>
    /// <param name="parameters">The weights that all branches share.</param>
    /// <param name="capacity">Most items (branches × pairs or triplets) a batch can have.</param>
    /// <param name="team">The threads that will run the steps.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is 0 or less, or the activations and gradients of so many
    /// items are more floats than one array holds, about 2³¹.</exception>
    public TrainingWorkspace(Parameters parameters, int capacity, WorkerTeam team)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(team);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Parameters = parameters;
        Capacity = capacity;
        Team = team;
        BatchSize = capacity;
        EncoderInfo info = parameters.Info;
        long largest = AlignedBuffer<float>.MaxLength / Math.Max(info.Training.ArenaLength, 1);
        if (capacity > largest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(capacity), capacity, $"A batch of {capacity} items with {info.Training.ArenaLength} floats each is too large; at most {largest} items fit.");
        }

        _arena = new AlignedBuffer<float>((long)info.Training.ArenaLength * capacity);
        _gradients = new AlignedBuffer<float>((long)info.ParameterCount * Shard.Count);
        _statistics = new AlignedBuffer<double>(info.Training.StatisticsLength);
        _passes = new TrainingPass[team.Workers];
        for (int i = 0; i < _passes.Length; i++)
            _passes[i] = new TrainingPass(this, i);
    }

    /// <summary>The shared weights.</summary>
    public Parameters Parameters { get; }

    /// <summary>The threads that run the steps.</summary>
    public WorkerTeam Team { get; }

    /// <summary>Most items a batch can have.</summary>
    public int Capacity { get; }

    /// <summary>Items of the current batch.</summary>
    public int BatchSize { get; private set; }

    /// <summary>The training step, which seeds dropout.</summary>
    public ulong Step { get; private set; }

    /// <summary>The seed of dropout.</summary>
    public ulong Seed { get; private set; }

    /// <summary>What training rounds as integers would; null for a training in full precision.</summary>
    internal Training.QuantizationState? Quantization { get; set; }

    /// <summary>The inputs of the batch, item after item.</summary>
    public Span<float> Inputs => Activations(Parameters.Info.Training.Input, Parameters.Info.Input.Length);

    /// <summary>The embeddings of the batch, valid after the forward pass.</summary>
    public Span<float> Embeddings => Activations(Parameters.Info.Training.Embedding, Parameters.Info.EmbeddingLength);

    /// <summary>The gradient of the loss with respect to <see cref="Embeddings"/>: write it between forward and backward.</summary>
    public Span<float> EmbeddingGradients => Activations(Parameters.Info.Training.EmbeddingGradient, Parameters.Info.EmbeddingLength);

    /// <summary>One worker's view.</summary>
    /// <param name="worker">The worker's number in the team.</param>
    public TrainingPass Pass(int worker) => _passes[worker];

    /// <summary>Starts a batch.</summary>
    /// <param name="batchSize">Items, at most <see cref="Capacity"/>.</param>
    /// <param name="seed">The seed of dropout.</param>
    /// <param name="step">The training step.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is not between 1 and <see cref="Capacity"/>.</exception>
    public void Begin(int batchSize, ulong seed, ulong step)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchSize, Capacity);
        BatchSize = batchSize;
        Seed = seed;
        Step = step;
    }

    /// <summary>The gradient of the trainable parameters that one shard has accumulated.</summary>
    /// <param name="shard">The shard's index.</param>
    public Span<float> Gradients(int shard) => Gradients(shard, 0, Parameters.Info.ParameterCount);

    internal Span<float> Gradients(int shard, int offset, int length) =>
        _gradients.Slice(((long)shard * Parameters.Info.ParameterCount) + offset, length);

    internal Span<double> Statistics(int offset, int length) => _statistics.Slice(offset, length);

    // A plan offset is in floats an item. A common tensor occupies Capacity times its length, items in order.
    internal Span<float> Activations(int offset, int length, int firstItem, int items)
    {
        TrainingPlan plan = Parameters.Info.Training;
        if (offset < plan.CommonLength)
            return _arena.Slice(((long)offset * Capacity) + ((long)firstItem * length), items * length);

        // The others lie in a part of the arena that only this shard uses, its items in order.
        long part = ((long)plan.CommonLength * Capacity) + ((long)(plan.ArenaLength - plan.CommonLength) * firstItem);
        return _arena.Slice(part + ((long)(offset - plan.CommonLength) * items), items * length);
    }

    private Span<float> Activations(int offset, int length) => Activations(offset, length, 0, BatchSize);
}
