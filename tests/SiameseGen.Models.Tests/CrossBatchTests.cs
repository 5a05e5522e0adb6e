using SiameseGen.Losses;
using SiameseGen.Mining;
using SiameseGen.Sampling;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>Training with embeddings of earlier batches.</summary>
public class CrossBatchTests
{
    private static readonly Clusters Training = new(12, 6, 12, seed: 1);

    [Fact]
    public async Task Training_remembers_after_its_warm_up_and_is_the_same_on_any_number_of_threads()
    {
        float[] plain = await WeightsAsync(new TrainingOptions { Threads = 1 }, steps: 4);
        Assert.Equal(plain, await WeightsAsync(new TrainingOptions { Threads = 1, CrossBatchMemory = 50, CrossBatchMemoryWarmUp = 3 }, steps: 4));
        float[] remembering = await WeightsAsync(new TrainingOptions { Threads = 1, CrossBatchMemory = 50, CrossBatchMemoryWarmUp = 2 }, steps: 4);
        Assert.NotEqual(plain, remembering);
        Assert.Equal(remembering, await WeightsAsync(new TrainingOptions { Threads = 3, CrossBatchMemory = 50, CrossBatchMemoryWarmUp = 2 }, steps: 4));
    }

    [Fact]
    public async Task A_miner_chooses_among_what_is_remembered_too()
    {
        TrainingOptions mined = new() { Threads = 1, Miner = new BatchHardMiner() };
        float[] remembering = await WeightsAsync(mined with { CrossBatchMemory = 50 }, steps: 4);
        Assert.NotEqual(await WeightsAsync(mined, steps: 4), remembering);
        Assert.NotEqual(await WeightsAsync(mined with { CrossBatchMemory = 50, Miner = null }, steps: 4), remembering);
        Assert.Equal(remembering, await WeightsAsync(mined with { CrossBatchMemory = 50, Threads = 3 }, steps: 4));
    }

    [Fact]
    public async Task A_training_that_remembers_keeps_no_checkpoint()
    {
        var trainer = new Trainer<MinedTriplet>(new MinedTriplet(seed: 1), new TrainingOptions { MaxSteps = 2, CrossBatchMemory = 10 });
        await trainer.FitAsync(Training, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("CrossBatchMemory", Assert.Throws<InvalidOperationException>(() => trainer.SaveCheckpoint("never.safetensors")).Message, StringComparison.Ordinal);
        Assert.False(File.Exists("never.safetensors"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => new Trainer<MinedTriplet>(new MinedTriplet(seed: 1), new TrainingOptions { CrossBatchMemory = 10, CheckpointPath = "never.safetensors" })
            .FitAsync(Training, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_cannot_remember_says_so()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => new Trainer<ClusterArcFace>(new ClusterArcFace(seed: 1), new TrainingOptions { CrossBatchMemory = 10 }).FitAsync(Training, cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(
            () => new Trainer<MinedTriplet>(new MinedTriplet(seed: 1), new TrainingOptions { CrossBatchMemory = 10, Miner = new AngularMiner() }).FitAsync(Training, cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(
            () => new Trainer<MinedTriplet>(new MinedTriplet(seed: 1), new TrainingOptions { CrossBatchMemory = 10 }).FitAsync(Training, new TripletSampler(Training, 4, seed: 1), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer<MinedTriplet>(new MinedTriplet(seed: 1), new TrainingOptions { CrossBatchMemory = -1 }));
    }

    private static async Task<float[]> WeightsAsync(TrainingOptions options, int steps)
    {
        var encoder = new MinedTriplet(seed: 2);
        var trainer = new Trainer<MinedTriplet>(encoder, options with { MaxSteps = steps, Epochs = 10, Seed = 1, BatchSize = 24, LearningRate = 0.01f });
        await trainer.FitAsync(Training, new ClassBalancedSampler(Training, 8, 3, seed: 1), cancellationToken: TestContext.Current.CancellationToken);
        return encoder.Parameters.Values.ToArray();
    }
}
