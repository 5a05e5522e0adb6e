using SiameseGen.Data;
using SiameseGen.Evaluation;
using SiameseGen.Sampling;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>Encoders that learn from two views of each example, without its label.</summary>
public class SelfSupervisedTests
{
    // Every other value is noise, which augmentation draws anew.
    private static readonly AugmentedExampleSet Training = new(new Clusters(20, 6, 12, seed: 1), Shuffle), Others = new(new Clusters(20, 6, 12, seed: 2), Shuffle);

    [Fact]
    public async Task Barlow_Twins_learns_what_views_have_in_common() => await LearnsAsync<ViewsBarlowTwins>();

    [Fact]
    public async Task VICReg_learns_what_views_have_in_common() => await LearnsAsync<ViewsVICReg>();

    [Fact]
    public async Task SimSiam_learns_what_views_have_in_common() => await LearnsAsync<ViewsSimSiam>();

    [Fact]
    public async Task NTXent_learns_what_views_have_in_common() => await LearnsAsync<ViewsNTXent>();

    private static async Task LearnsAsync<TEncoder>()
        where TEncoder : class, IEncoder
    {
        (TEncoder encoder, TrainingResult result) = await TrainedAsync<TEncoder>(epochs: 30, threads: 1);
        (_, TrainingResult one) = await TrainedAsync<TEncoder>(epochs: 1, threads: 1);
        Assert.True(result.Loss < one.Loss, $"{one.Loss} became {result.Loss}");
        Assert.DoesNotContain(result.Warnings, warning => warning.Kind is TrainingWarningKind.Collapsed);
        double untrained = Auc((TEncoder)Activator.CreateInstance(typeof(TEncoder), 2)!), trained = Auc(encoder);
        Assert.True(trained > untrained + 0.05, $"{untrained} became {trained}");

        (TEncoder other, _) = await TrainedAsync<TEncoder>(epochs: 2, threads: 2);
        (TEncoder same, _) = await TrainedAsync<TEncoder>(epochs: 2, threads: 1);
        Assert.Equal(same.Parameters.Values.ToArray(), other.Parameters.Values.ToArray());
    }

    private static double Auc<TEncoder>(TEncoder encoder)
        where TEncoder : class, IEncoder => PairVerification.AllPairs(EmbeddedExamples.By(encoder, Others), cancellationToken: TestContext.Current.CancellationToken).Auc;

    private static async Task<(TEncoder Encoder, TrainingResult Result)> TrainedAsync<TEncoder>(int epochs, int threads)
        where TEncoder : class, IEncoder
    {
        var encoder = (TEncoder)Activator.CreateInstance(typeof(TEncoder), 2)!;
        var trainer = new Trainer<TEncoder>(encoder, new TrainingOptions { Epochs = epochs, Seed = 1, Threads = threads, LearningRate = 0.01f });
        TrainingResult result = await trainer.FitAsync(Training, new ViewSampler(Training, 60, seed: 1), cancellationToken: TestContext.Current.CancellationToken);
        return (encoder, result);
    }

    private static void Shuffle(Span<float> values, ref CounterRandom random)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = i % 2 == 0 ? values[i] + random.NextSingle(-0.1f, 0.1f) : random.NextSingle(-2f, 2f);
    }
}
