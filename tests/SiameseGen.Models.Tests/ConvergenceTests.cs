using SiameseGen.Evaluation;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Models.Tests;

public class ConvergenceTests
{
    private const int Inputs = 12;

    private static readonly Clusters Training = new(24, 10, Inputs, seed: 1), Validation = new(16, 10, Inputs, seed: 2);

    private static readonly TrainingOptions Options = new() { Epochs = 60, LearningRate = 0.01f, Seed = 1, BatchSize = 48 };

    [Fact]
    public Task A_contrastive_model_learns_to_tell_classes_that_it_has_not_seen() => Learns(new ClusterContrastive(seed: 1));

    [Fact]
    public Task A_triplet_model_learns_to_tell_classes_that_it_has_not_seen() => Learns(new ClusterTriplet(seed: 1));

    [Fact]
    public async Task Patience_ends_training_and_the_best_weights_come_back()
    {
        var encoder = new ClusterContrastive(seed: 1);
        double[] scores = [1, 3, 2, 2, 9];
        var seen = new List<float[]>();
        var trainer = new Trainer<ClusterContrastive>(encoder, Options with { EarlyStoppingPatience = 2 })
        {
            Score = scored =>
            {
                seen.Add(scored.Parameters.Values.ToArray());
                return scores[seen.Count - 1];
            },
        };
        TrainingResult result = await trainer.FitAsync(Training, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.StoppedEarly);
        Assert.Equal((4, 2, 3.0), (result.Epochs, result.BestEpoch, result.BestValidation));
        Assert.Equal(seen[1], encoder.Parameters.Values.ToArray());
        Assert.NotEqual(seen[1], seen[3]);

        // What is embedded from now on is embedded by the restored weights, running statistics included.
        float[] input = [.. Enumerable.Range(0, Inputs).Select(i => i / 12f)];
        var copy = new ClusterContrastive(seed: 9);
        seen[1].CopyTo(copy.Parameters.Values);
        copy.Parameters.MarkChanged();
        Assert.Equal(copy.Embed(input), encoder.Embed(input));
    }

    [Fact]
    public async Task Cancelling_leaves_the_best_weights()
    {
        using var source = new CancellationTokenSource();
        var encoder = new ClusterTriplet(seed: 1);
        float[]? best = null;
        var trainer = new Trainer<ClusterTriplet>(encoder, Options)
        {
            Score = scored =>
            {
                best = scored.Parameters.Values.ToArray();
                source.Cancel();
                return 1;
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trainer.FitAsync(Training, cancellationToken: source.Token));
        Assert.Equal(best, encoder.Parameters.Values.ToArray());
    }

    private static async Task Learns<TEncoder>(TEncoder encoder)
        where TEncoder : class, IEncoder
    {
        double untrained = Auc(encoder, Validation);
        TrainingResult result = await new Trainer<TEncoder>(encoder, Options).FitAsync(
            Training, Validation, cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(untrained, 0.4, 0.8);
        Assert.InRange(result.BestValidation!.Value, 0.95, 1);
        Assert.InRange(Auc(encoder, Validation), 0.95, 1);
    }

    private static double Auc<TEncoder>(TEncoder encoder, Clusters examples)
        where TEncoder : class, IEncoder => PairVerification.AllPairs(
            new EmbeddedExamples(BulkEmbedder.EmbedAll(encoder, examples), TEncoder.Info.Distance, examples.Classes, examples.Groups), cancellationToken: TestContext.Current.CancellationToken).Auc;
}
