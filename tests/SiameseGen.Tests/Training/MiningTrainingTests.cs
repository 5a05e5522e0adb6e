using SiameseGen.Mining;
using SiameseGen.Sampling;
using SiameseGen.Tests.Persistence;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Tests.Training;

public class MiningTrainingTests
{
    private static readonly Clusters Training = new(10, 8, jitter: 0.2f);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    public async Task Training_lets_the_sampler_look_every_few_epochs(int every, int looks)
    {
        var sampler = new Counts(every);
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(new DenseEncoder<DeclaredTriplet>(1), new TrainingOptions { Epochs = 5, Threads = 2 });
        await trainer.FitAsync(Training, sampler, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(looks, sampler.Seen.Count);
        Assert.Equal(looks, sampler.Seen.Distinct().Count());
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 0)]
    [InlineData(3, 4)]
    public async Task An_interrupted_training_goes_on_with_the_negatives_it_had(int epoch, int index)
    {
        using var folder = new TemporaryFolder();
        var options = new TrainingOptions { Epochs = 5, LearningRate = 0.02f, Threads = 1, Seed = 3, CheckpointPath = folder.File("checkpoint.safetensors") };
        var whole = new DenseEncoder<DeclaredTriplet>(1);
        await new Trainer<DenseEncoder<DeclaredTriplet>>(whole, options).FitAsync(Training, Sampler(), cancellationToken: TestContext.Current.CancellationToken);

        using var source = new CancellationTokenSource();
        var interrupted = new Trainer<DenseEncoder<DeclaredTriplet>>(new DenseEncoder<DeclaredTriplet>(1), options);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => interrupted.FitAsync(Training, new Cancels(Sampler(), source, epoch, index), cancellationToken: source.Token));
        var encoder = new DenseEncoder<DeclaredTriplet>(2);
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(encoder, options);
        trainer.LoadCheckpoint(options.CheckpointPath);
        await trainer.FitAsync(Training, Sampler(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(whole.Parameters.Values.ToArray(), encoder.Parameters.Values.ToArray());
    }

    private static HardTripletSampler Sampler() => new(Training, 16, seed: 7, new HardNegativeOptions { GuardShare = 0.05 }) { MineEvery = 2 };

    private sealed class Counts(int every) : Wrapper(Sampler())
    {
        public List<float> Seen { get; } = [];

        public override int MineEvery => every;

        public override void Mine(EmbeddingMatrix embeddings, DistanceMetric metric, WorkerTeam? team, CancellationToken cancellation)
        {
            Assert.Equal((Training.Count, DistanceMetric.Euclidean), (embeddings.Count, metric));
            Seen.Add(embeddings.Values[3]);
            base.Mine(embeddings, metric, team, cancellation);
        }
    }

    private sealed class Cancels(IMiningSampler sampler, CancellationTokenSource source, int epoch, int index) : Wrapper(sampler)
    {
        public override void Fill(Batch batch, int atEpoch, int atIndex)
        {
            if ((atEpoch, atIndex) == (epoch, index))
                source.Cancel();
            base.Fill(batch, atEpoch, atIndex);
        }
    }

    private abstract class Wrapper(IMiningSampler sampler) : IMiningSampler
    {
        public virtual int MineEvery => sampler.MineEvery;

        public BatchStructure Structure => sampler.Structure;

        public int BatchSize => sampler.BatchSize;

        public int BatchesPerEpoch => sampler.BatchesPerEpoch;

        public virtual void Fill(Batch batch, int atEpoch, int atIndex) => sampler.Fill(batch, atEpoch, atIndex);

        public virtual void Mine(EmbeddingMatrix embeddings, DistanceMetric metric, WorkerTeam? team, CancellationToken cancellation) => sampler.Mine(embeddings, metric, team, cancellation);
    }
}
