using System.Runtime.ExceptionServices;
using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Optimization;
using SiameseGen.Sampling;

namespace SiameseGen.Training;

/// <summary>
/// One step of training, made by all threads of a team together: read the batch, run the twins forward, compute the loss, run them backward,
/// add up the gradients and update the one set of weights. After the first step it allocates nothing on any thread, and its result does not
/// depend on the number of threads.
/// </summary>
/// <typeparam name="TEncoder">The generated encoder.</typeparam>
public sealed class TrainingStep<TEncoder>
    where TEncoder : class, IEncoder
{
    private readonly TEncoder _encoder;
    private readonly BatchInputs _inputs;
    private readonly WorkerTeam _team;
    private readonly EmbeddingLoss _loss;
    private readonly TrainingWorkspace _workspace;
    private readonly LossWorkspace _lossWorkspace;
    private readonly OptimizerState _optimizer;
    private readonly LossWeightsUpdate? _lossUpdate;
    private readonly ParameterUpdate _update;
    private readonly Action<int> _work;
    private readonly QuantizationState? _quantization;
    private readonly ulong _seed;
    private readonly int _memoryWarmUp;
    private readonly float[] _state;
    private readonly double[] _middle;
    private Batch? _batch;
    private float _learningRate;
    private LossResult _result;
    private float _norm;
    private float _embeddingNorm;
    private float _embeddingSpread;

    /// <summary>Allocates all that steps need.</summary>
    /// <param name="encoder">The encoder to train.</param>
    /// <param name="examples">What the batches' items are indices into.</param>
    /// <param name="team">The threads.</param>
    /// <param name="capacity">Most items of a batch, all branches together.</param>
    /// <param name="settings">Optimizer, clipping and seed; null for the defaults.</param>
    /// <param name="lossWeights">What the loss has learned before, for a loss that learns; null to begin anew.</param>
    /// <exception cref="InvalidOperationException">The encoder declares no loss.</exception>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length, or <paramref name="lossWeights"/> are for fewer or other classes than they have.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public TrainingStep(
        TEncoder encoder, IExampleSet examples, WorkerTeam team, int capacity, TrainingOptions? settings = null, LossWeights? lossWeights = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(team);
        settings ??= new TrainingOptions();
        settings.Check();
        EncoderInfo info = TEncoder.Info;
        _loss = Requirements.LossOf(info);
        Requirements.InputsFit(info, examples, nameof(examples));
        Requirements.MinerFits(_loss, settings.Miner, nameof(settings));
        Requirements.MemoryFits(_loss, settings, nameof(settings));
        _encoder = encoder;
        _team = team;
        _seed = (ulong)(uint)settings.Seed;
        Requirements.QuantizationFits(info, settings, nameof(settings));
        _quantization = settings.Quantization is null ? null : new QuantizationState(settings.Quantization, encoder.Parameters, capacity);
        _workspace = new TrainingWorkspace(encoder.Parameters, capacity, team) { Quantization = _quantization };
        _inputs = new BatchInputs(examples, _seed, capacity);
        LossWeights = lossWeights ?? _loss.CreateWeights(Requirements.ClassesOf(examples), info.EmbeddingLength, settings.Seed);
        Requirements.LossWeightsFit(LossWeights, examples, nameof(lossWeights));
        _lossWorkspace = new LossWorkspace(capacity, info.EmbeddingLength)
        {
            Learned = LossWeights,
            Miner = settings.Miner,
            Memory = settings.CrossBatchMemory > 0 ? new CrossBatchMemory(settings.CrossBatchMemory, info.EmbeddingLength) : null,
        };
        _memoryWarmUp = settings.CrossBatchMemoryWarmUp;
        _lossUpdate = LossWeights is null ? null : new LossWeightsUpdate(LossWeights, settings.Optimizer, settings.ClipNorm);
        _optimizer = new OptimizerState(settings.Optimizer, info);
        Average = settings.AverageDecay > 0f ? new WeightAverage(encoder.Parameters, settings.AverageDecay) : null;
        _update = new ParameterUpdate(_workspace, _optimizer, settings.ClipNorm, Average);
        _work = Work;
        _state = new float[info.StateCount];
        _middle = new double[info.EmbeddingLength];
    }

    /// <summary>Steps whose update was made.</summary>
    public int Steps => _optimizer.Updates;

    /// <summary>The moving average of the weights, if the options ask for one.</summary>
    public WeightAverage? Average { get; }

    /// <summary>How much of training is done, from 0 to 1, for miners that change with it.</summary>
    public float Progress { get; set; }

    /// <summary>What the loss has learned beside the encoder; null for a loss that learns nothing.</summary>
    public LossWeights? LossWeights { get; }

    /// <summary>What the optimizer remembers about the encoder's weights.</summary>
    internal OptimizerState Optimizer => _optimizer;

    /// <summary>What it remembers about the loss's; null for a loss that learns nothing.</summary>
    internal OptimizerState? LossOptimizer => _lossUpdate?.State;

    /// <summary>Finds the ranges of activations anew, where training rounds them.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    internal void FindRanges(CancellationToken cancellationToken) => _quantization?.FindRanges(cancellationToken);

    /// <summary>Makes one step.</summary>
    /// <param name="batch">The items.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <returns>The loss before the update. When loss or gradient are not finite numbers, neither a weight nor a running statistic has changed.</returns>
    /// <remarks>An exception of the example set's comes through, and the step has changed nothing then either.</remarks>
    public StepResult Run(Batch batch, float learningRate) => Run(batch, learningRate, null);

    /// <summary>Makes one step, and begins to read the inputs of the next one where workers would wait. The result is the same, bit for bit.</summary>
    /// <param name="batch">The items.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="next">The items of the next step, of which as many are read ahead as there is time for; null when they are not known. Another batch may follow all the same.</param>
    /// <returns>The loss before the update. When loss or gradient are not finite numbers, neither a weight nor a running statistic has changed.</returns>
    /// <remarks>
    /// An exception of the example set's comes through from the step that has the example, though it was read before, and that step has changed nothing then.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="next"/> is larger than the steps' capacity.</exception>
    public StepResult Run(Batch batch, float learningRate, Batch? next)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(next?.Count ?? 0, _workspace.Capacity, nameof(next));
        _workspace.Begin(batch.Count, _seed, (ulong)_optimizer.Updates);
        _inputs.Begin(batch.Items, (ulong)_optimizer.Updates, next is null ? default : next.Items);
        State.CopyTo(_state);
        _lossWorkspace.Step = (ulong)_optimizer.Updates;
        _lossWorkspace.Progress = Progress;
        _batch = batch;
        _learningRate = learningRate;
        _norm = float.NaN;
        _quantization?.Begin();
        try
        {
            _team.Run(_work);
        }
        catch (AggregateException failure) when (failure.InnerException is { } cause)
        {
            // What went wrong matters to the user, that it was on a worker does not. Nothing of the step stays, should training go on.
            _update.Discard();
            _quantization?.RestoreWeights(0, 1);
            _state.CopyTo(State);
            _encoder.Parameters.MarkChanged();
            ExceptionDispatchInfo.Throw(cause);
        }

        bool updated = float.IsFinite(_norm);
        if (updated)
            _optimizer.Updates++;
        else
            _state.CopyTo(State); // the forward pass has put the batch into the running statistics
        _encoder.Parameters.MarkChanged();
        return new StepResult(_result, _norm, updated) { EmbeddingNorm = _embeddingNorm, EmbeddingSpread = _embeddingSpread };
    }

    private Span<float> State => _encoder.Parameters.Values[TEncoder.Info.ParameterCount..];

    // Every worker runs this at the same time; what is decided on shared results is decided alike on each.
    private void Work(int worker)
    {
        TrainingPass pass = _workspace.Pass(worker);
        foreach (Shard shard in pass.Shards)
            _inputs.Read(_batch!.Items, shard, pass.Step, pass.Activations(TEncoder.Info.Training.Input, TEncoder.Info.Input.Length, shard));
        if (_quantization is not null)
        {
            pass.Quantize(0, TEncoder.Info.Input.Length, TEncoder.Info.Training.Input);
            _quantization.RoundWeights(worker, _team.Workers);
            _team.Synchronize();
        }

        TEncoder.Forward(pass);
        _team.Synchronize();
        if (worker == 0)
        {
            _result = _loss.Evaluate(_batch!, _workspace.Embeddings, _workspace.EmbeddingGradients, _lossWorkspace);
            _lossUpdate?.Measure();
            if (_lossWorkspace.Memory is { } memory && Steps >= _memoryWarmUp && float.IsFinite(_result.Loss))
                memory.Add(_batch!, _workspace.Embeddings);
            MeasureEmbeddings(_batch!.Count);
            _inputs.EndReadingAhead();
        }
        else
        {
            _inputs.ReadAhead();
        }

        _team.Synchronize();
        if (float.IsFinite(_result.Loss))
            TEncoder.Backward(pass);
        _team.Synchronize();
        _quantization?.RestoreWeights(worker, _team.Workers);
        if (!float.IsFinite(_result.Loss))
            return;
        _update.Sum(worker);
        _team.Synchronize();
        float norm = _update.Norm();
        if (_lossUpdate is { IsFinite: false })
            norm = float.NaN;
        if (worker == 0)
            _norm = norm;
        if (!float.IsFinite(norm))
        {
            _update.Forget(worker);
            return;
        }

        _update.Apply(worker, _learningRate, norm);
        if (worker == 0)
            _lossUpdate?.Apply(_learningRate);
    }

    private void MeasureEmbeddings(int count)
    {
        ReadOnlySpan<float> embeddings = _workspace.Embeddings;
        int length = _middle.Length;
        double norms = 0, squares = 0, middles = 0;
        _middle.AsSpan().Clear();
        for (int i = 0; i < count; i++)
        {
            double square = 0;
            for (int k = 0; k < length; k++)
            {
                double value = embeddings[(i * length) + k];
                _middle[k] += value;
                square += value * value;
            }

            norms += Math.Sqrt(square);
            squares += square;
        }

        foreach (double sum in _middle)
            middles += sum / count * (sum / count);
        _embeddingNorm = (float)(norms / count);
        _embeddingSpread = (float)Math.Sqrt(Math.Max(0, (squares / count) - middles));
    }
}

/// <summary>What one training step did.</summary>
/// <param name="Loss">The loss of the batch before the update.</param>
/// <param name="GradientNorm">The norm of the gradient before clipping; not a number when there was no backward pass.</param>
/// <param name="Updated">Whether the weights were updated; not when loss or gradient are not finite.</param>
public readonly record struct StepResult(LossResult Loss, float GradientNorm, bool Updated)
{
    /// <summary>The mean length of the batch's embeddings.</summary>
    public float EmbeddingNorm { get; init; }

    /// <summary>How far the batch's embeddings are from their middle, as a root mean square.</summary>
    public float EmbeddingSpread { get; init; }
}
