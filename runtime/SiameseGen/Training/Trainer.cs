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
        return LossWeights = _loss.CreateWeights(Requirements.ClassesOf(training), TEncoder.Info.EmbeddingLength, _options.Seed);
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
    /// or training and validation have a class in common (<see cref="ClassSplit.EnsureDisjoint"/>).</exception>
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
        if (validation is not null)
            ClassSplit.EnsureDisjoint(training, validation);
        LossWeights ??= CreateLossWeights(training);
        Requirements.LossWeightsFit(LossWeights, training, nameof(training));
        var run = new TrainingRun<TEncoder>(_encoder, _options, training, sampler, LossWeights, ScoreOn(validation), progress);
        return Task.Factory.StartNew(
            () => run.Run(cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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
