using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Sampling;
using SiameseGen.Tests.Sampling;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Tests.Training;

/// <summary>Training without a sampler of one's own.</summary>
public class DefaultSamplerTests
{
    private static readonly TrainingOptions Options = new() { Epochs = 2, BatchSize = 32, LearningRate = 0.01f, Seed = 6, Threads = 2 };

    [Fact]
    public void The_loss_decides_the_sampler_and_the_options_its_size()
    {
        ExampleSet set = Labelled.OfSizes([.. Enumerable.Repeat(6, 20)]);
        var options = new TrainingOptions { BatchSize = 50 };
        var pairs = Assert.IsType<PairSampler>(DefaultSampler.For(new ContrastiveLoss(), set, options));
        var triplets = Assert.IsType<TripletSampler>(DefaultSampler.For(new TripletLoss(), set, options));
        var classes = Assert.IsType<ClassBalancedSampler>(DefaultSampler.For(new ClassLoss(), set, options));
        Assert.Equal((50, 48, 48), (pairs.BatchSize, triplets.BatchSize, classes.BatchSize));
        Assert.Equal(6, DefaultSampler.For(new ClassLoss(), Labelled.OfSizes(3, 4, 1), options).BatchSize);
        Assert.Equal(4, DefaultSampler.For(new ClassLoss(), set, new TrainingOptions { BatchSize = 5 }).BatchSize);
    }

    [Fact]
    public async Task Fitting_without_a_sampler_is_fitting_with_the_default_one()
    {
        var training = new Clusters(10, 8);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var one = new DenseEncoder<DeclaredContrastive>(1);
        var two = new DenseEncoder<DeclaredContrastive>(1);
        TrainingResult result = await new Trainer<DenseEncoder<DeclaredContrastive>>(one, Options).FitAsync(training, cancellationToken: cancellation);
        await new Trainer<DenseEncoder<DeclaredContrastive>>(two, Options).FitAsync(training, new PairSampler(training, 16, 6), cancellationToken: cancellation);
        Assert.Equal(10, result.Steps);
        Assert.Equal(two.Parameters.Values.ToArray(), one.Parameters.Values.ToArray());
        Assert.NotEqual(new DenseEncoder<DeclaredContrastive>(1).Parameters.Values.ToArray(), one.Parameters.Values.ToArray());
    }

    [Fact]
    public async Task Training_on_triplets_learns_to_tell_unseen_classes_apart()
    {
        (ExampleSet training, ExampleSet validation) = ClassSplit.ByClass(InMemory(new Clusters(18, 8)), 0.4, seed: 1);
        var progress = new List<double>();
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(new DenseEncoder<DeclaredTriplet>(1), Options with { Epochs = 40, LearningRate = 0.02f });
        TrainingResult result = await trainer.FitAsync(
            training, validation, new Validations(progress), TestContext.Current.CancellationToken);
        Assert.Equal(40, progress.Count);
        Assert.InRange(progress[0], 0.4, 0.85);
        Assert.InRange(result.BestValidation!.Value, 0.95, 1);
    }

    [Fact]
    public async Task Validation_on_classes_of_the_training_set_is_refused_with_either_overload()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ExampleSet all = InMemory(new Clusters(6, 4));
        ExampleSet training = all.Select(0, 1, 2, 3), validation = all.Select(3, 4, 5);
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(new DenseEncoder<DeclaredTriplet>(1), Options);
        ArgumentException failure = await Assert.ThrowsAsync<ArgumentException>(() => trainer.FitAsync(training, validation, cancellationToken: cancellation));
        Assert.Contains("'class3'", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => trainer.FitAsync(training, new TripletSampler(training, 4, 1), validation, cancellationToken: cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => trainer.FitAsync(training, training, cancellationToken: cancellation));
        await trainer.FitAsync(training, all.Select(4, 5), cancellationToken: cancellation);
    }

    [Fact]
    public async Task What_does_not_fit_is_said_before_training()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var small = new Trainer<DenseEncoder<DeclaredTriplet>>(new DenseEncoder<DeclaredTriplet>(1), new TrainingOptions { BatchSize = 2 });
        ArgumentException size = await Assert.ThrowsAsync<ArgumentException>(() => small.FitAsync(new Clusters(3, 3), cancellationToken: cancellation));
        Assert.Contains("BatchSize is 2; the Triplet loss needs 1 triplet", size.Message, StringComparison.Ordinal);
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(new DenseEncoder<DeclaredTriplet>(1), Options);
        ArgumentException length = await Assert.ThrowsAsync<ArgumentException>(() => trainer.FitAsync(new Clusters(3, 3, 13), cancellationToken: cancellation));
        Assert.Contains("13", length.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => trainer.FitAsync(new Clusters(3, 1), cancellationToken: cancellation));
    }

    private static ExampleSet InMemory(Clusters examples)
    {
        var builder = new ExampleSetBuilder(examples.InputLength);
        float[] values = new float[examples.InputLength];
        var random = new CounterRandom(1, CounterRandom.Purpose.Data, 0);
        for (int i = 0; i < examples.Count; i++)
        {
            examples.Read(i, values, ref random);
            builder.Add(values, $"class{examples.Classes[i]}");
        }

        return builder.Build();
    }

    private sealed class Validations(List<double> scores) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Validation is { } score)
                scores.Add(score);
        }
    }

    private sealed class ClassLoss : EmbeddingLoss
    {
        public override string Name => "Class";

        public override DistanceMetric Distance => DistanceMetric.Euclidean;

        public override bool Accepts(BatchStructure structure) => structure is BatchStructure.Classes;

        public override LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace) => default;
    }
}
