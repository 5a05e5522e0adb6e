using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Sampling;

namespace SiameseGen.Training;

/// <summary>Trains an encoder with the loss it declares.</summary>
/// <remarks>
/// Training runs on a thread of its own and on the worker threads that <see cref="TrainingOptions.Threads"/> asks for. One seed gives the same
/// weights, byte for byte, for any number of threads. Use the encoder again when the task has ended.
/// </remarks>
/// <typeparam name="TEncoder">The generated encoder.</typeparam>
public sealed class Trainer<TEncoder>
    where TEncoder : class, IEncoder
{
    private readonly TEncoder _encoder;
    private readonly TrainingOptions _options;
    private readonly EmbeddingLoss _loss;
    private TrainingState? _state;
    private bool _continues;

    /// <summary>Makes a trainer.</summary>
    /// <param name="encoder">The encoder; training continues from its weights.</param>
    /// <param name="options">How to train; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">The encoder declares no loss.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public Trainer(TEncoder encoder, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        _encoder = encoder;
        _options = options ?? new TrainingOptions();
        _options.Check();
        _loss = Requirements.LossOf(TEncoder.Info);
    }

    /// <summary>
    /// A score to validate by, larger is better, such as the accuracy on one-shot episodes. Without it, validation measures on fixed pairs of the
    /// validation set how often a similar pair is closer than a dissimilar one (the area under the ROC curve, 0.5 by chance, 1 at best).
    /// </summary>
    public Func<TEncoder, double>? Score { get; init; }

    /// <summary>
    /// What the loss has learned beside the encoder, such as a proxy for each class of the training set: null for a loss that learns nothing, and before the first training unless it is set. Training goes
    /// on from it; keep it with <see cref="LossWeights.Save"/> to go on later.
    /// </summary>
    public LossWeights? LossWeights { get; set; }

    /// <summary>Makes weights for the loss, to load what an earlier training has kept.</summary>
    /// <param name="training">The examples to learn from.</param>
    /// <returns>The weights, which are also <see cref="LossWeights"/>; null for a loss that learns nothing.</returns>
    public LossWeights? CreateLossWeights(IExampleSet training)
    {
        ArgumentNullException.ThrowIfNull(training);
        LossWeights? weights = _loss.CreateWeights(Requirements.ClassesOf(training), TEncoder.Info.EmbeddingLength, _options.Seed);
        Requirements.LossWeightsFit(weights, training, nameof(training));
        return LossWeights = weights;
    }

    /// <summary>
    /// Writes all that training needs to go on as if it had not been interrupted: weights, what the optimizer remembers, averages, the best so far, learned weights of the loss, and which batch comes next. A file in the
    /// safetensors format, written as a whole or not at all.
    /// </summary>
    /// <remarks>
    /// It is where the latest training stood when it ended or was cancelled. <see cref="TrainingOptions.CheckpointPath"/> writes checkpoints while training runs.
    /// </remarks>
    /// <param name="path">The file to write or replace, in a folder that exists.</param>
    /// <exception cref="InvalidOperationException">There has been no training yet, it is still running, or it has diverged.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="DirectoryNotFoundException">The file's folder does not exist.</exception>
    /// <exception cref="IOException"><paramref name="path"/> is a folder, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void SaveCheckpoint(string path)
    {
        if (_state is not { } state)
        {
            throw new InvalidOperationException(
                "There is nothing to keep: training has not been started, is running, or has diverged. Cancel it or let it end first; to write checkpoints while it runs set TrainingOptions.CheckpointPath.");
        }

        Requirements.CheckpointFits(_options);
        CheckpointFile.Save(state, path);
    }

    /// <summary>
    /// Reads a checkpoint, all of which is checked before anything changes. The encoder and <see cref="LossWeights"/> have its weights then, and the next <c>FitAsync</c> goes on from it: with the same
    /// options, examples and sampler it ends with the same weights, byte for byte, as a training without interruption.
    /// </summary>
    /// <remarks>
    /// Epochs, learning rate and schedule may be others than before; training goes on with the new ones. Progress counts on, but times and warnings begin anew.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="Persistence.WeightsFormatException">The file is damaged, no checkpoint, or one of another architecture or loss.</exception>
    /// <exception cref="InvalidOperationException">This trainer's seed, optimizer or moving average are of another kind than the checkpoint's.</exception>
    /// <exception cref="IOException"><paramref name="path"/> is a folder, or the file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public void LoadCheckpoint(string path)
    {
        (TrainingState state, LossWeights? loss) = CheckpointFile.Load(path, TEncoder.Info, classes => _loss.CreateWeights(classes, TEncoder.Info.EmbeddingLength, _options.Seed));
        Requirements.OptionsFit(_options, state.Counts, path);
        state.Of(TrainingState.Weights).CopyTo(_encoder.Parameters.Values);
        _encoder.Parameters.MarkChanged();
        state.Of(TrainingState.LossWeights).CopyTo(loss is null ? default : loss.Values);
        LossWeights = loss;
        _state = state;
        _continues = true;
    }

    /// <summary>Trains on batches of <see cref="TrainingOptions.BatchSize"/> items that suit the loss.</summary>
    /// <remarks>
    /// A loss over pairs, such as the contrastive one, gets a <see cref="PairSampler"/> with half as many pairs; one over triplets a
    /// <see cref="TripletSampler"/> with a third as many triplets; one over classes only a <see cref="ClassBalancedSampler"/> with 4 examples a class, or as many
    /// as the smallest class has; one over two views of each example a <see cref="ViewSampler"/>. Its seed is <see cref="TrainingOptions.Seed"/>.
    /// </remarks>
    /// <param name="training">The examples to learn from.</param>
    /// <param name="validation">Examples of other classes to validate with; null to validate by <see cref="Score"/> only, or not at all.</param>
    /// <param name="progress">Receives progress several times a second.</param>
    /// <param name="cancellationToken">Ends training after the current step, as with a sampler of your own.</param>
    /// <returns>What training did.</returns>
    /// <exception cref="ArgumentException">The examples are not of the encoder's input length or have no similar or no dissimilar pairs, the two sets
    /// have a class in common, or the batch size is too small for the loss.</exception>
    /// <exception cref="TrainingDivergedException">Loss or weights are no longer finite numbers.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was asked for.</exception>
    public Task<TrainingResult> FitAsync(
        IExampleSet training, IExampleSet? validation = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        Requirements.InputsFit(TEncoder.Info, training, nameof(training));
        return FitAsync(training, DefaultSampler.For(_loss, training, _options), validation, progress, cancellationToken);
    }

    /// <summary>Trains on the batches of a sampler.</summary>
    /// <param name="training">The examples to learn from.</param>
    /// <param name="sampler">Chooses the batches; of a structure that the loss accepts.</param>
    /// <param name="validation">Examples of other classes to validate with; null to validate by <see cref="Score"/> only, or not at all.</param>
    /// <param name="progress">Receives progress several times a second.</param>
    /// <param name="cancellationToken">Ends training after the current step. The encoder then has the best validated weights if it restores
    /// those, or else the weights (or their moving average) after the last complete step.</param>
    /// <returns>What training did.</returns>
    /// <exception cref="ArgumentException">The loss does not accept the sampler's batches, the examples are not of the encoder's input length,
    /// training and validation have a class in common (<see cref="ClassSplit.EnsureDisjoint"/>), <see cref="LossWeights"/> are of other classes, or the sampler makes other batches than that of the checkpoint to go on from.</exception>
    /// <exception cref="TrainingDivergedException">Loss or weights are no longer finite numbers.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was asked for.</exception>
    public Task<TrainingResult> FitAsync(
        IExampleSet training, IBatchSampler sampler, IExampleSet? validation = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(sampler);
        Requirements.InputsFit(TEncoder.Info, training, nameof(training));
        Requirements.SamplerFits(_loss, sampler, _options.Miner, nameof(sampler), _options.CrossBatchMemory);
        Requirements.MemoryFits(_loss, _options, nameof(TrainingOptions.CrossBatchMemory));
        Requirements.MinerFits(_loss, _options.Miner, nameof(TrainingOptions.Miner));
        Requirements.QuantizationFits(TEncoder.Info, _options, nameof(TrainingOptions.Quantization));
        if (validation is not null)
            ClassSplit.EnsureDisjoint(training, validation);
        LossWeights ??= CreateLossWeights(training);
        Requirements.LossWeightsFit(LossWeights, training, nameof(training));
        var run = new TrainingRun<TEncoder>(_encoder, _options, training, sampler, LossWeights, ScoreOn(validation), progress, _continues ? _state : null);
        return Task.Factory.StartNew(
            () => Run(run, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private TrainingResult Run(TrainingRun<TEncoder> run, CancellationToken cancellationToken)
    {
        TrainingState? before = run.State;
        _state = null;
        try
        {
            return run.Run(cancellationToken);
        }
        finally
        {
            // A training that did not come to begin can be tried again.
            _state = run.State;
            _continues = before is not null && run.State == before;
        }
    }

    private Func<TEncoder, WorkerTeam, CancellationToken, double>? ScoreOn(IExampleSet? validation)
    {
        if (Score is { } score)
            return (encoder, _, _) => score(encoder);
        if (validation is null)
            return null;
        Requirements.InputsFit(TEncoder.Info, validation, nameof(validation));
        return new VerificationScore<TEncoder>(validation, nameof(validation)).Of;
    }
}
