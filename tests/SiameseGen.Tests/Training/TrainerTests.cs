using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Optimization;
using SiameseGen.Sampling;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Tests.Training;

public class TrainerTests
{
    private static readonly Clusters Training = new(10, 8), Validation = new(8, 8, seed: 77);

    [Fact]
    public async Task Training_separates_classes_that_it_has_not_seen()
    {
        var encoder = new DenseEncoder<DeclaredTriplet>(1);
        double before = NearestNeighbourAccuracy(encoder);
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(encoder, new TrainingOptions { Epochs = 40, LearningRate = 0.02f, Threads = 2 });
        TrainingResult result = await trainer.FitAsync(
            Training, new SimpleSampler(Training, BatchStructure.Classes, 40), cancellationToken: TestContext.Current.CancellationToken);
        double after = NearestNeighbourAccuracy(encoder);

        Assert.Equal(400, result.Steps);
        Assert.InRange(before, 0, 0.7);
        Assert.InRange(after, 0.9, 1);
    }

    [Fact]
    public async Task The_best_weights_come_back_and_patience_ends_training()
    {
        double[] scores = [1, 3, 2, 2, 2, 9];
        var seen = new List<float[]>();
        var encoder = new DenseEncoder<DeclaredTriplet>(1);
        var options = new TrainingOptions { Epochs = 6, EarlyStoppingPatience = 3, AverageDecay = 0.9f, Threads = 1 };
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(encoder, options)
        {
            Score = e =>
            {
                seen.Add(e.Parameters.Values.ToArray());
                return scores[seen.Count - 1];
            },
        };
        var progress = new Recorder();
        TrainingResult result = await trainer.FitAsync(
            Training, new SimpleSampler(Training, BatchStructure.Classes, 40), progress: progress, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(result.StoppedEarly);
        Assert.Equal(5, result.Epochs);
        Assert.Equal(50, result.Steps);
        Assert.Equal(3, result.BestValidation);
        Assert.Equal(2, result.BestEpoch);
        Assert.Equal(seen[1], encoder.Parameters.Values.ToArray());
        Assert.NotEqual(seen[4], seen[1]);
        Assert.Equal(scores[..5].Select(score => (double?)score), progress.Reports.Where(report => report.Validation is not null).Select(report => report.Validation));
        Assert.Equal([true, true, false, false, false], progress.Reports.Where(report => report.Validation is not null).Select(report => report.IsBest));
    }

    [Fact]
    public async Task A_validation_set_is_scored_by_how_well_distances_verify_it()
    {
        var progress = new Recorder();
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(
            new DenseEncoder<DeclaredTriplet>(1), new TrainingOptions { Epochs = 20, LearningRate = 0.02f, Threads = 2 });
        TrainingResult result = await trainer.FitAsync(
            Training, new SimpleSampler(Training, BatchStructure.Classes, 40), Validation, progress, TestContext.Current.CancellationToken);
        double[] scores = [.. progress.Reports.Select(report => report.Validation).OfType<double>()];
        Assert.Equal(20, scores.Length);
        Assert.InRange(scores[0], 0.5, 0.9);
        Assert.InRange(scores[^1], 0.95, 1);
        Assert.Equal(scores.Max(), result.BestValidation);

        var oneClass = new Clusters(1, 6);
        await Assert.ThrowsAsync<ArgumentException>(() => trainer.FitAsync(
            Training, new SimpleSampler(Training, BatchStructure.Classes, 40), oneClass, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Steps_can_be_limited_and_the_last_epoch_is_validated()
    {
        var encoder = new DenseEncoder<DeclaredTriplet>(1);
        int validations = 0;
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(encoder, new TrainingOptions { Epochs = 9, MaxSteps = 23, ValidateEvery = 5 })
        {
            Score = _ => ++validations,
        };
        var progress = new Recorder();
        TrainingResult result = await trainer.FitAsync(
            Training, new SimpleSampler(Training, BatchStructure.Classes, 40), progress: progress, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(23, result.Steps);
        Assert.Equal(3, result.Epochs);
        Assert.Equal(1, validations);
        TrainingProgress last = progress.Reports[^1];
        Assert.Equal((3, 3, 23, 23, TimeSpan.Zero), (last.Epoch, last.Epochs, last.Step, last.Steps, last.TimeLeft));
        Assert.Equal(result.Loss, last.Loss);
    }

    [Fact]
    public async Task Cancelling_in_the_last_validation_ends_as_cancelled()
    {
        using var source = new CancellationTokenSource();
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(new DenseEncoder<DeclaredTriplet>(1), new TrainingOptions { Epochs = 1 })
        {
            Score = _ =>
            {
                source.Cancel();
                return 1;
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => trainer.FitAsync(Training, new SimpleSampler(Training, BatchStructure.Classes, 40), cancellationToken: source.Token));
    }

    [Fact]
    public async Task Cancelling_while_the_validation_set_is_read_ends_the_last_validation()
    {
        using var source = new CancellationTokenSource();
        var validation = new CancelsWhenRead(new Clusters(40, 8, seed: 77), source);
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(
            new DenseEncoder<DeclaredTriplet>(1), new TrainingOptions { Epochs = 1, Threads = 1 });
        Task<TrainingResult> task = trainer.FitAsync(
            Training, new SimpleSampler(Training, BatchStructure.Classes, 40), validation, cancellationToken: source.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.True(task.IsCanceled);
        Assert.InRange(validation.Reads, 1, validation.Count - 1);
    }

    [Fact]
    public async Task Cancelling_ends_between_two_steps_with_usable_weights()
    {
        using var source = new CancellationTokenSource();
        var encoder = new DenseEncoder<DeclaredTriplet>(1);
        float[]? best = null;
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(encoder, new TrainingOptions { Epochs = 1000 })
        {
            Score = e =>
            {
                best = e.Parameters.Values.ToArray();
                source.Cancel();
                return 1;
            },
        };
        Task<TrainingResult> task = trainer.FitAsync(Training, new SimpleSampler(Training, BatchStructure.Classes, 40), cancellationToken: source.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.True(task.IsCanceled);
        Assert.Equal(best, encoder.Parameters.Values.ToArray());
    }

    [Fact]
    public async Task Divergence_names_step_and_remedy_and_leaves_the_last_good_weights()
    {
        var encoder = new DenseEncoder<DeclaredContrastive>(1);
        float[] start = encoder.Parameters.Values.ToArray();
        var trainer = new Trainer<DenseEncoder<DeclaredContrastive>>(
            encoder, new TrainingOptions { LearningRate = 1e30f, Optimizer = new Sgd() });
        TrainingDivergedException failure = await Assert.ThrowsAsync<TrainingDivergedException>(() => trainer.FitAsync(
            Training, new SimpleSampler(Training, BatchStructure.Classes, 40), cancellationToken: TestContext.Current.CancellationToken));
        Assert.InRange(failure.Step, 1, 3);
        Assert.Contains($"step {failure.Step}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ClipNorm", failure.Message, StringComparison.Ordinal);
        Assert.Equal(start, encoder.Parameters.Values.ToArray());
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.9f)]
    public async Task After_many_good_steps_divergence_loses_only_the_last_ones(float averageDecay)
    {
        // One epoch, so that there is no earlier one to go back to; the 250th batch has something broken in it.
        const int Good = 200, Broken = 249;
        var options = new TrainingOptions { Epochs = 1, Schedule = LearningRateSchedule.Constant, AverageDecay = averageDecay, Seed = 3 };
        var encoder = new DenseEncoder<DeclaredContrastive>(1);
        var broken = new WithABrokenOne(Training);
        TrainingDivergedException failure = await Assert.ThrowsAsync<TrainingDivergedException>(() => new Trainer<DenseEncoder<DeclaredContrastive>>(encoder, options).FitAsync(
            broken, new Replaced(new SimpleSampler(Training, BatchStructure.Classes, 16, batches: 300), Broken, Training.Count), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(Broken + 1, failure.Step);
        Assert.Contains($"after step {Good}", failure.Message, StringComparison.Ordinal);

        var expected = new DenseEncoder<DeclaredContrastive>(1);
        await new Trainer<DenseEncoder<DeclaredContrastive>>(expected, options with { MaxSteps = Good }).FitAsync(
            broken, new SimpleSampler(Training, BatchStructure.Classes, 16, batches: 300), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(expected.Parameters.Values.ToArray(), encoder.Parameters.Values.ToArray());
    }

    [Fact]
    public async Task What_is_missing_is_said_before_training_begins()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        InvalidOperationException noLoss = Assert.Throws<InvalidOperationException>(
            () => new Trainer<DenseEncoder<DeclaredNothing>>(new DenseEncoder<DeclaredNothing>(1)));
        Assert.Contains("[ContrastiveLoss(Margin = 1f)]", noLoss.Message, StringComparison.Ordinal);

        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(new DenseEncoder<DeclaredTriplet>(1));
        ArgumentException structure = await Assert.ThrowsAsync<ArgumentException>(
            () => trainer.FitAsync(Training, new SimpleSampler(Training, BatchStructure.Pairs, 8), cancellationToken: cancellation));
        Assert.Contains("Triplets or Classes", structure.Message, StringComparison.Ordinal);
        var longer = new Clusters(3, 3, 13);
        ArgumentException length = await Assert.ThrowsAsync<ArgumentException>(
            () => trainer.FitAsync(longer, new SimpleSampler(longer, BatchStructure.Classes, 8), cancellationToken: cancellation));
        Assert.Contains("13", length.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer<DenseEncoder<DeclaredTriplet>>(new DenseEncoder<DeclaredTriplet>(1), new TrainingOptions { LearningRate = 0f }));
    }

    private static double NearestNeighbourAccuracy(DenseEncoder<DeclaredTriplet> encoder)
    {
        EmbeddingMatrix all = BulkEmbedder.EmbedAll(encoder, Validation, cancellationToken: TestContext.Current.CancellationToken);
        int right = 0;
        for (int i = 0; i < all.Count; i++)
        {
            int nearest = Enumerable.Range(0, all.Count).Where(j => j != i)
                .MinBy(j => Distances.Between(DistanceMetric.Euclidean, all.Row(i), all.Row(j)));
            right += Validation.Classes[nearest] == Validation.Classes[i] ? 1 : 0;
        }

        return (double)right / all.Count;
    }

    private sealed class WithABrokenOne(Clusters examples) : IExampleSet
    {
        private readonly int[] _classes = [.. examples.Classes, 0], _groups = [.. examples.Groups, 0];

        public int Count => examples.Count + 1;

        public int InputLength => examples.InputLength;

        public ReadOnlySpan<int> Classes => _classes;

        public ReadOnlySpan<int> Groups => _groups;

        public void Read(int index, Span<float> destination, ref CounterRandom random)
        {
            if (index == examples.Count)
                destination.Fill(float.NaN);
            else
                examples.Read(index, destination, ref random);
        }
    }

    private sealed class Replaced(SimpleSampler sampler, int batchIndex, int item) : IBatchSampler
    {
        public BatchStructure Structure => sampler.Structure;

        public int BatchSize => sampler.BatchSize;

        public int BatchesPerEpoch => sampler.BatchesPerEpoch;

        public void Fill(Batch batch, int epoch, int index)
        {
            sampler.Fill(batch, epoch, index);
            if (index == batchIndex)
                batch.Items[0] = item;
        }
    }

    private sealed class CancelsWhenRead(Clusters examples, CancellationTokenSource source) : IExampleSet
    {
        private int _reads;

        public int Reads => _reads;

        public int Count => examples.Count;

        public int InputLength => examples.InputLength;

        public ReadOnlySpan<int> Classes => examples.Classes;

        public ReadOnlySpan<int> Groups => examples.Groups;

        public void Read(int index, Span<float> destination, ref CounterRandom random)
        {
            Interlocked.Increment(ref _reads);
            source.Cancel();
            examples.Read(index, destination, ref random);
        }
    }

    private sealed class Recorder : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Reports { get; } = [];

        public void Report(TrainingProgress value) => Reports.Add(value);
    }
}
