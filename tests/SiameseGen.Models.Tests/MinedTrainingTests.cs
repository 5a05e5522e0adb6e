using SiameseGen.Mining;
using SiameseGen.Sampling;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>Training with a miner.</summary>
public class MinedTrainingTests
{
    private static readonly Clusters Training = new(12, 6, 12, seed: 1);

    [Fact]
    public async Task A_mined_training_is_the_same_on_any_number_of_threads_and_another_one_than_without()
    {
        float[] one = await TrainAsync(new BatchHardMiner(), threads: 1), two = await TrainAsync(new BatchHardMiner(), threads: 2);
        Assert.Equal(one, two);
        Assert.NotEqual(one, await TrainAsync(new TripletMarginMiner(), threads: 1));
        Assert.NotEqual(await TrainAsync(MiningSchedule.AllSemiHardHard(), threads: 1), await TrainAsync(new TripletMarginMiner(kind: TripletKind.All), threads: 1));
    }

    [Fact]
    public async Task A_sampler_of_triplets_leaves_nothing_to_choose()
    {
        var trainer = new Trainer<MinedTriplet>(new MinedTriplet(seed: 1), new TrainingOptions { Miner = new BatchHardMiner() });
        ArgumentException failure = await Assert.ThrowsAsync<ArgumentException>(
            () => trainer.FitAsync(Training, new TripletSampler(Training, 8, seed: 1), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("ClassBalancedSampler", failure.Message, StringComparison.Ordinal);
        var pairs = new Trainer<ClusterArcFace>(new ClusterArcFace(seed: 1), new TrainingOptions { Miner = new BatchHardMiner() });
        await Assert.ThrowsAsync<ArgumentException>(() => pairs.FitAsync(Training, cancellationToken: TestContext.Current.CancellationToken));
    }

    private static async Task<float[]> TrainAsync(Miner miner, int threads)
    {
        var encoder = new MinedTriplet(seed: 2);
        var options = new TrainingOptions { Epochs = 4, Seed = 1, BatchSize = 36, Threads = threads, LearningRate = 0.01f, Miner = miner };
        await new Trainer<MinedTriplet>(encoder, options).FitAsync(Training, cancellationToken: TestContext.Current.CancellationToken);
        return encoder.Parameters.Values.ToArray();
    }
}
