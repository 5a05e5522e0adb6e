using SiameseGen.Losses;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>A loss that a user wrote, against the same one of ours.</summary>
public class OwnLossTests
{
    [Fact]
    public async Task Training_is_the_same_as_with_a_loss_of_ours()
    {
        (float[] own, TrainingResult first) = await TrainAsync<ClusterOwnLoss>();
        (float[] ours, TrainingResult second) = await TrainAsync<ClusterSameLoss>();
        Assert.Equal(ours, own);
        Assert.Equal(second.Loss, first.Loss);
    }

    [Fact]
    public void Its_distance_is_that_of_the_embeddings()
    {
        Assert.Equal(DistanceMetric.Manhattan, ClusterOwnLoss.Info.Distance);
        Assert.IsType<CustomLoss<OwnContrastive>>(ClusterOwnLoss.Loss);
        var left = ClusterOwnLoss.Embedding.From([1, 2, 3, 4, 5, 6]);
        Assert.Equal(new Distance(21f), ClusterOwnLoss.Distance(left, default));
    }

    private static async Task<(float[] Weights, TrainingResult Result)> TrainAsync<TEncoder>()
        where TEncoder : class, IEncoder
    {
        var encoder = (TEncoder)Activator.CreateInstance(typeof(TEncoder), 2)!;
        var trainer = new Trainer<TEncoder>(encoder, new TrainingOptions { Epochs = 3, Seed = 1, BatchSize = 32 });
        TrainingResult result = await trainer.FitAsync(new Clusters(12, 6, 12, seed: 1), cancellationToken: TestContext.Current.CancellationToken);
        return (encoder.Parameters.Values.ToArray(), result);
    }
}
