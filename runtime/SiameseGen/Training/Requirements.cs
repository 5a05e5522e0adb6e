using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Mining;
using SiameseGen.Sampling;

namespace SiameseGen.Training;

/// <summary>What training needs, said in the user's terms where it is missing.</summary>
internal static class Requirements
{
    public static EmbeddingLoss LossOf(EncoderInfo info) => info.Loss ?? throw new InvalidOperationException(
        $"{info.Name} declares no loss, so there is nothing to train it for. Add [ContrastiveLoss(Margin = 1f)] or [TripletLoss(Margin = 0.2f)] to the class.");

    public static void InputsFit(EncoderInfo info, IExampleSet examples, string parameter)
    {
        if (examples.InputLength != info.Input.Length)
        {
            InputShape shape = info.Input;
            throw new ArgumentException(
                $"{info.Name} takes {(shape.IsImage ? $"{shape.Height}×{shape.Width}×{shape.Channels} = " : "")}{shape.Length} values an input; these examples have {examples.InputLength}.", parameter);
        }

        if (examples.Count == 0)
            throw new ArgumentException("There are no examples.", parameter);
    }

    public static void SamplerFits(EmbeddingLoss loss, IBatchSampler sampler, Miner? miner, string parameter, int memory = 0)
    {
        if (memory > 0 && sampler.Structure != BatchStructure.Classes)
            throw new ArgumentException($"Embeddings of earlier batches are for batches of classes; {sampler.GetType().Name} makes {sampler.Structure}. Use a {nameof(ClassBalancedSampler)}.", parameter);
        if (miner is not null && sampler.Structure != BatchStructure.Classes)
        {
            throw new ArgumentException(
                $"A {miner.GetType().Name} chooses within batches of classes; {sampler.GetType().Name} makes {sampler.Structure}. Use a {nameof(ClassBalancedSampler)}.", parameter);
        }

        if (loss.TakesViews && sampler is ClassBalancedSampler)
            throw new ArgumentException($"The {loss.Name} loss is computed over two views of each example; {sampler.GetType().Name} makes classes of different examples. Use a {nameof(ViewSampler)}.", parameter);
        if (!loss.Accepts(sampler.Structure))
        {
            string accepted = string.Join(" or ", Enum.GetValues<BatchStructure>().Where(loss.Accepts));
            throw new ArgumentException(
                $"The {loss.Name} loss takes batches of {accepted}; {sampler.GetType().Name} makes {sampler.Structure}.", parameter);
        }
    }

    /// <summary>The classes that a loss's learned weights are for.</summary>
    public static int ClassesOf(IExampleSet examples)
    {
        int largest = -1;
        foreach (int number in examples.Classes)
            largest = Math.Max(largest, number);
        return Math.Max(largest + 1, examples.ClassNames.Count);
    }

    /// <summary>Learned weights are for all classes of the examples, and of no other names; they know these from here on.</summary>
    public static void LossWeightsFit(LossWeights? weights, IExampleSet examples, string parameter)
    {
        if (weights is { Classes: > 0 } && weights.Classes < ClassesOf(examples))
        {
            throw new ArgumentException(
                $"The loss has learned weights of {weights.Classes} classes, and the examples have {ClassesOf(examples)}. Train on the same classes, or begin with a new trainer.", parameter);
        }

        weights?.BelongTo(examples.ClassNames, parameter);
    }

    public static void OptionsFit(TrainingOptions options, TrainingCounts counts, string path)
    {
        string? other = options.Seed != counts.Seed ? $"seed {counts.Seed}, this trainer has {options.Seed}"
            : options.Optimizer.Moments != counts.Moments ? $"an optimizer that remembers {counts.Moments} floats a weight, {options.Optimizer.GetType().Name} remembers {options.Optimizer.Moments}"
            : options.AverageDecay > 0f != counts.HasAverage ? (counts.HasAverage ? "a moving average of the weights, this trainer has none" : "no moving average of the weights, this trainer has one")
            : null;
        if (other is not null)
            throw new InvalidOperationException($"{path}: it was written by a training with {other}. Make the trainer with the options of then.");
    }

    // What the memory and the simulation of integers hold is no part of a checkpoint, so that a training could not go on to the same weights.
    public static void CheckpointFits(TrainingOptions options)
    {
        if (options.CrossBatchMemory > 0)
            throw new InvalidOperationException($"A checkpoint does not keep the embeddings of earlier batches. Set {nameof(TrainingOptions.CrossBatchMemory)} to 0, or write no checkpoints.");
        if (options.Quantization is not null)
            throw new InvalidOperationException($"A checkpoint does not keep the ranges of activations. Set {nameof(TrainingOptions.Quantization)} to null, or write no checkpoints.");
    }

    public static void QuantizationFits(EncoderInfo info, TrainingOptions options, string parameter)
    {
        if (options.Quantization is not { } quantization)
            return;
        if (options.CheckpointPath is not null)
            CheckpointFits(options);
        if (quantization.Fingerprint != info.Fingerprint)
            throw new ArgumentException($"{nameof(TrainingOptions.Quantization)} is for another encoder than {info.Name}. Make it by EncoderExport.Simulate<{info.Name}>.", parameter);
    }

    public static void MemoryFits(EmbeddingLoss loss, TrainingOptions options, string parameter)
    {
        if (options.CrossBatchMemory == 0)
            return;
        if (options.CheckpointPath is not null)
            CheckpointFits(options);
        if (!loss.AcceptsMemory)
            throw new ArgumentException($"The {loss.Name} loss takes no embeddings of earlier batches. Set {nameof(TrainingOptions.CrossBatchMemory)} to 0, or use a loss such as the contrastive or the multi-similarity loss.", parameter);
        if (options.Miner is { AcceptsMemory: false } miner)
            throw new ArgumentException($"A {miner.GetType().Name} does not choose among embeddings of earlier batches ({nameof(Miner.AcceptsMemory)}). Set {nameof(TrainingOptions.CrossBatchMemory)} to 0, or use another miner.", parameter);
    }

    public static void MinerFits(EmbeddingLoss loss, Miner? miner, string parameter)
    {
        if (miner is null)
            return;
        if (!loss.AcceptsMiner)
            throw new ArgumentException($"The {loss.Name} loss has no pairs or triplets for a {miner.GetType().Name} to choose from. Train without a miner.", parameter);
        foreach (EmbeddingLoss part in loss is CombinedLoss sum ? sum.Parts.Select(part => part.Loss).Where(part => part.AcceptsMiner) : [loss])
        {
            if (miner.RequiredDistance is { } distance && distance != part.Distance)
                throw new ArgumentException($"A {miner.GetType().Name} needs {distance} distances, and the {part.Name} loss is computed on {part.Distance} ones.", parameter);
        }
    }
}
