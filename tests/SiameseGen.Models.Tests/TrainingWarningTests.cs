using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>What training says of itself.</summary>
public class TrainingWarningTests
{
    private static readonly Clusters Separable = new(12, 6, 12, seed: 1);

    [Fact]
    public async Task Easy_data_run_out_of_anything_to_learn()
    {
        TrainingResult result = await TrainAsync(Separable, epochs: 60, learningRate: 0.02f);
        TrainingWarning warning = Assert.Single(result.Warnings);
        Assert.Equal(TrainingWarningKind.NothingActive, warning.Kind);
        Assert.Contains("miner", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_that_mean_nothing_leave_the_loss_at_its_margin()
    {
        var builder = new ExampleSetBuilder(12);
        var random = new CounterRandom(1, CounterRandom.Purpose.Data, 1);
        for (int i = 0; i < 4000; i++)
            builder.Add([.. Enumerable.Range(0, 12).Select(_ => random.NextSingle(-1f, 1f))], $"{i % 100}");
        List<TrainingProgress> reports = [];
        TrainingResult result = await TrainAsync(builder.Build(), epochs: 1, learningRate: 1e-5f, new Recorder(reports));
        TrainingWarning warning = Assert.Single(result.Warnings);
        Assert.Equal((TrainingWarningKind.LossAtMargin, 1), (warning.Kind, warning.Epoch));
        Assert.Equal(result.Warnings, reports[^1].Warnings);
        Assert.Equal(1f, reports[^1].EmbeddingNorm, 1e-3f);
        Assert.InRange(reports[^1].EmbeddingSpread, 0.3f, 1f);
    }

    [Fact]
    public async Task Inputs_that_are_all_alike_collapse()
    {
        var builder = new ExampleSetBuilder(12);
        for (int i = 0; i < 200; i++)
            builder.Add([.. Enumerable.Repeat(1f + (i * 1e-6f), 12)], $"{i % 20}");
        var encoder = new DefaultTripletOfTwelve(seed: 1);
        TrainingResult result = await new Trainer<DefaultTripletOfTwelve>(encoder, new TrainingOptions { Epochs = 1, Seed = 1 })
            .FitAsync(builder.Build(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(TrainingWarningKind.Collapsed, Assert.Single(result.Warnings).Kind);
    }

    [Fact]
    public async Task Where_all_is_well_nothing_is_said() => Assert.Empty((await TrainAsync(Separable, epochs: 2, learningRate: 0.002f)).Warnings);

    private static Task<TrainingResult> TrainAsync(IExampleSet examples, int epochs, float learningRate, IProgress<TrainingProgress>? progress = null) =>
        new Trainer<MinedTriplet>(new MinedTriplet(seed: 2), new TrainingOptions { Epochs = epochs, Seed = 1, BatchSize = 60, LearningRate = learningRate }).FitAsync(
            examples, progress: progress, cancellationToken: TestContext.Current.CancellationToken);

    private sealed class Recorder(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
