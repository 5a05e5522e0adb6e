using SiameseGen.Mining;
using SiameseGen.Optimization;

namespace SiameseGen.Training;

/// <summary>How to train.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training set, as its sampler counts them; 1 or more.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Most steps altogether; 0 for as many as the epochs have. Schedules end with the last step.</summary>
    public int MaxSteps { get; init; }

    /// <summary>The rule that updates weights.</summary>
    public Optimizer Optimizer { get; init; } = new AdamW();

    /// <summary>The full learning rate, above 0.</summary>
    public float LearningRate { get; init; } = 1e-3f;

    /// <summary>How the learning rate changes in the course of training.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Steps in which the learning rate rises linearly to the full one.</summary>
    public int WarmUpSteps { get; init; }

    /// <summary>The largest norm of a gradient; larger ones are shortened to it. 0 for no limit.</summary>
    public float ClipNorm { get; init; }

    /// <summary>The seed of augmentation, dropout and the default samplers. Equal seeds give equal weights, bit for bit.</summary>
    public int Seed { get; init; }

    /// <summary>Threads; 0 for one a core. More than <see cref="Shard.Count"/> are not used. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Whether the sampler composes a batch one step before it is trained on, so that threads which would wait for the loss begin to read its inputs. Results are the same, bit for bit, unless a
    /// sampler or an example set of one's own looks at the encoder: set it to false for these.
    /// </summary>
    public bool ReadAhead { get; init; } = true;

    /// <summary>Items of a batch, all branches together, where the trainer chooses the sampler.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>
    /// Chooses, within batches of classes, which pairs or triplets the loss is computed over, such as a <see cref="TripletMarginMiner"/>; null to take all. Without a sampler of one's own, training then uses batches of
    /// classes. Not for losses that have nothing to choose from (<see cref="Losses.EmbeddingLoss.AcceptsMiner"/>).
    /// </summary>
    public Miner? Miner { get; init; }

    /// <summary>
    /// Embeddings of earlier batches to keep as further positives and negatives, such as 4,096; 0 for none. For losses that take them (<see cref="Losses.EmbeddingLoss.AcceptsMemory"/>) over batches of classes; a miner chooses among them too, if it can (<see cref="Mining.Miner.AcceptsMemory"/>). Every
    /// training begins with an empty <see cref="Losses.CrossBatchMemory"/>, and nothing of it is kept: a training that has one writes no checkpoints.
    /// </summary>
    public int CrossBatchMemory { get; init; }

    /// <summary>Steps before the first batch is remembered: embeddings move too fast at first. The paper's is 1,000.</summary>
    public int CrossBatchMemoryWarmUp { get; init; }

    /// <summary>
    /// What training rounds as the integers that ship would, made by <c>EncoderExport.Simulate</c>; null for training in full precision. For a few epochs at a small learning rate, such as a tenth of the usual one, after an ordinary training. Validation
    /// and the encoder itself stay in full precision. The ranges it has found are no part of a checkpoint: such a training writes none.
    /// </summary>
    public SimulatedQuantization? Quantization { get; init; }

    /// <summary>Epochs between two validations, 1 or more; the last epoch is always validated.</summary>
    public int ValidateEvery { get; init; } = 1;

    /// <summary>Stops when so many validations in a row were no better than the best before them; 0 for never.</summary>
    public int EarlyStoppingPatience { get; init; }

    /// <summary>Whether the encoder ends with the weights of the best validation rather than with the last ones.</summary>
    public bool RestoreBestWeights { get; init; } = true;

    /// <summary>
    /// When above 0, such as 0.999: validation sees, and the encoder ends with, a moving average of weights and running statistics that forgets at this rate.
    /// </summary>
    public float AverageDecay { get; init; }

    /// <summary>
    /// A file that receives a checkpoint after every <see cref="CheckpointEvery"/> epochs, after the last one, and when training is cancelled; null for none. After an interruption, give its path to
    /// <see cref="Trainer{TEncoder}.LoadCheckpoint"/>. Its folder has to exist.
    /// </summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Epochs between two checkpoints, 1 or more.</summary>
    public int CheckpointEvery { get; init; } = 1;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Epochs);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxSteps);
        ArgumentNullException.ThrowIfNull(Optimizer);
        ArgumentNullException.ThrowIfNull(Schedule);
        ArgumentOutOfRangeException.ThrowIfNegative(WarmUpSteps);
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegative(CrossBatchMemory);
        ArgumentOutOfRangeException.ThrowIfNegative(CrossBatchMemoryWarmUp);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ValidateEvery);
        ArgumentOutOfRangeException.ThrowIfNegative(EarlyStoppingPatience);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(CheckpointEvery);
        if (!(LearningRate > 0f) || float.IsInfinity(LearningRate))
            throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "The learning rate is above 0 and finite.");
        if (!(ClipNorm >= 0f))
            throw new ArgumentOutOfRangeException(nameof(ClipNorm), ClipNorm, "The norm to clip at is above 0, or 0 for no limit.");
        if (!(AverageDecay >= 0f && AverageDecay < 1f))
            throw new ArgumentOutOfRangeException(nameof(AverageDecay), AverageDecay, "The decay of the average is between 0 and 1, 1 excluded.");
    }
}
