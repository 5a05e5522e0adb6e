using SiameseGen.Sampling;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Tests.Training;

public class ExhaustiveTrainingTests
{
    // 80 examples have 3,160 pairs: 99 batches, some of 31 pairs and some of 32.
    [Fact]
    public async Task Batches_of_two_sizes_train_to_the_same_bits_with_any_number_of_threads()
    {
        var training = new Clusters(10, 8);
        var sampler = new ExhaustivePairSampler(training, 32, seed: 3);
        Assert.Equal([62, 64], Enumerable.Range(0, sampler.BatchesPerEpoch).Select(index =>
        {
            var batch = new Batch(sampler.Structure, sampler.BatchSize);
            sampler.Fill(batch, 0, index);
            return batch.Count;
        }).Distinct().Order());

        var weights = new List<float[]>();
        foreach (int threads in new[] { 1, 2 })
        {
            var encoder = new DenseEncoder<DeclaredContrastive>(1);
            var trainer = new Trainer<DenseEncoder<DeclaredContrastive>>(encoder, new TrainingOptions { Epochs = 2, LearningRate = 0.01f, Threads = threads });
            TrainingResult result = await trainer.FitAsync(training, sampler, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(198, result.Steps);
            Assert.InRange(result.Loss, 0, 0.2f);
            weights.Add(encoder.Parameters.Values.ToArray());
        }

        Assert.Equal(weights[0], weights[1]);
    }
}
