using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>A loss that learns vectors of its own, through the trainer.</summary>
public class LearnedLossTests
{
    private static readonly Clusters Training = new(12, 6, 12, seed: 1);

    [Fact]
    public async Task What_it_learns_is_the_same_on_any_number_of_threads_and_helps()
    {
        (Trainer<ClusterArcFace> one, ClusterArcFace encoder, TrainingResult first) = await TrainAsync(threads: 1, epochs: 12);
        (Trainer<ClusterArcFace> two, ClusterArcFace other, TrainingResult second) = await TrainAsync(threads: 2, epochs: 12);
        Assert.Equal(one.LossWeights!.Values.ToArray(), two.LossWeights!.Values.ToArray());
        Assert.Equal(encoder.Parameters.Values.ToArray(), other.Parameters.Values.ToArray());
        Assert.Equal(first.Loss, second.Loss);

        (_, _, TrainingResult short1) = await TrainAsync(threads: 1, epochs: 1);
        Assert.True(first.Loss < short1.Loss / 2, $"{short1.Loss} became {first.Loss}");
        var fresh = new Trainer<ClusterArcFace>(new ClusterArcFace(seed: 2), new TrainingOptions { Seed = 1 });
        Assert.NotEqual(fresh.CreateLossWeights(Training)!.Values.ToArray(), one.LossWeights.Values.ToArray());
    }

    [Fact]
    public async Task It_can_be_kept_to_go_on_with()
    {
        (Trainer<ClusterArcFace> trainer, _, _) = await TrainAsync(threads: 1, epochs: 2);
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string file = Path.Combine(folder, "classifier.safetensors");
            trainer.LossWeights!.Save(file);
            var next = new Trainer<ClusterArcFace>(new ClusterArcFace(seed: 3));
            next.CreateLossWeights(Training)!.Load(file);
            Assert.Equal(trainer.LossWeights.Values.ToArray(), next.LossWeights!.Values.ToArray());

            var larger = new Trainer<ClusterArcFace>(new ClusterArcFace(seed: 3));
            Assert.Throws<Persistence.WeightsFormatException>(() => larger.CreateLossWeights(new Clusters(13, 6, 12, seed: 1))!.Load(file));
            await Assert.ThrowsAsync<ArgumentException>(() => next.FitAsync(new Clusters(13, 6, 12, seed: 1), cancellationToken: TestContext.Current.CancellationToken));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task What_it_learned_of_named_classes_is_not_taken_for_other_classes()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        ExampleSet right = Named(["a", "b", "c"]), swapped = Named(["a", "c", "b"]);
        var options = new TrainingOptions { Epochs = 1, Seed = 1, BatchSize = 6 };
        var trainer = new Trainer<ClusterArcFace>(new ClusterArcFace(seed: 2), options);
        await trainer.FitAsync(right, cancellationToken: cancellation);
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string file = Path.Combine(folder, "classifier.safetensors"), checkpoint = Path.Combine(folder, "checkpoint.safetensors");
            trainer.LossWeights!.Save(file);
            trainer.SaveCheckpoint(checkpoint);
            var other = new Trainer<ClusterArcFace>(new ClusterArcFace(seed: 3), options);
            LossWeights fresh = other.CreateLossWeights(swapped)!;
            float[] before = fresh.Values.ToArray();
            Assert.Contains("in another order", Assert.Throws<Persistence.WeightsFormatException>(() => fresh.Load(file)).Message, StringComparison.Ordinal);
            Assert.Equal(before, fresh.Values.ToArray());
            other.CreateLossWeights(right)!.Load(file);
            Assert.Equal(trainer.LossWeights.Values.ToArray(), other.LossWeights!.Values.ToArray());
            await RefusedAsync(other);

            // Made without a training set, the weights have the names of the file.
            other.LossWeights = new ArcFaceLoss().CreateWeights(3, 6, seed: 1);
            other.LossWeights!.Load(file);
            await RefusedAsync(other);
            await other.FitAsync(right, cancellationToken: cancellation);

            other.LoadCheckpoint(checkpoint);
            await RefusedAsync(other);
            await other.FitAsync(right, cancellationToken: cancellation);

            // Sets without names are told apart by the number of their classes only, as ever.
            var nameless = new Nameless(swapped);
            other.CreateLossWeights(nameless)!.Load(file);
            await other.FitAsync(nameless, cancellationToken: cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        async Task RefusedAsync(Trainer<ClusterArcFace> other) =>
            Assert.Contains("in another order", (await Assert.ThrowsAsync<ArgumentException>(() => other.FitAsync(swapped, cancellationToken: cancellation))).Message, StringComparison.Ordinal);
    }

    private static ExampleSet Named(string[] names)
    {
        var builder = new ExampleSetBuilder(12);
        for (int i = 0; i < 4 * names.Length; i++)
            builder.Add([.. Enumerable.Range(0, 12).Select(k => MathF.Sin((i * 12) + k))], names[i / 4]);
        return builder.Build();
    }

    [Fact]
    public async Task The_best_weights_come_with_what_the_loss_had_learned_by_then()
    {
        // Each validation is worse than the one before, so that the first epoch is the best.
        double score = 1;
        async Task<(float[] Encoder, float[] Loss)> TrainedAsync(int epochs)
        {
            var encoder = new ClusterArcFace(seed: 2);
            var trainer = new Trainer<ClusterArcFace>(encoder, new TrainingOptions { Epochs = epochs, Seed = 1, BatchSize = 36 }) { Score = _ => score /= 2 };
            await trainer.FitAsync(Training, cancellationToken: TestContext.Current.CancellationToken);
            return (encoder.Parameters.Values.ToArray(), trainer.LossWeights!.Values.ToArray());
        }

        (float[] encoderOfOne, float[] lossOfOne) = await TrainedAsync(1);
        (float[] encoderOfFour, float[] lossOfFour) = await TrainedAsync(4);
        Assert.Equal(encoderOfOne, encoderOfFour);
        Assert.Equal(lossOfOne, lossOfFour);
    }

    [Fact]
    public async Task A_boundary_is_learned_kept_and_the_same_on_any_number_of_threads()
    {
        async Task<Trainer<ClusterMargin>> TrainedAsync(int threads)
        {
            var trainer = new Trainer<ClusterMargin>(
                new ClusterMargin(seed: 2), new TrainingOptions { Epochs = 4, Seed = 1, BatchSize = 36, Threads = threads, LearningRate = 0.01f });
            await trainer.FitAsync(Training, cancellationToken: TestContext.Current.CancellationToken);
            return trainer;
        }

        LossWeights boundaries = (await TrainedAsync(1)).LossWeights!;
        Assert.Equal((12, 0, 12), (boundaries.Classes, boundaries.PerClass, boundaries.Values.Length));
        Assert.All(boundaries.Values.ToArray(), beta => Assert.InRange(Math.Abs(beta - 0.4f), 0.01f, 2f));
        Assert.Equal(boundaries.Values.ToArray(), (await TrainedAsync(2)).LossWeights!.Values.ToArray());
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string file = Path.Combine(folder, "boundaries.safetensors");
            boundaries.Save(file);
            LossWeights next = new MarginLoss(learned: LearnedBoundary.PerClass).CreateWeights(12, 6, seed: 9)!;
            next.Load(file);
            Assert.Equal(boundaries.Values.ToArray(), next.Values.ToArray());
            Assert.Throws<Persistence.WeightsFormatException>(() => new MarginLoss(learned: LearnedBoundary.One).CreateWeights(12, 6, seed: 9)!.Load(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_boundary_settles_where_as_many_are_wrong_on_either_side()
    {
        // Positives are 1 apart, negatives 2 and 3: with a margin of 0.1 all is well at 1.5, and elsewhere the boundary is drawn back.
        float[] embeddings = [0f, 1f, 3f], gradients = new float[3];
        var batch = new Sampling.Batch(Sampling.BatchStructure.Classes, 3);
        batch.Classes[2] = 1;
        var loss = new MarginLoss(0.1f, 2f, learned: LearnedBoundary.One);
        LossWeights weights = loss.CreateWeights(2, 1, seed: 1)!;
        Assert.Equal([2f], weights.Values.ToArray());
        foreach ((float beta, float slope) in (ReadOnlySpan<(float, float)>)[(2.5f, 1f), (1.5f, 0f), (0.5f, -1f)])
        {
            weights.Values[0] = beta;
            loss.Evaluate(batch, embeddings, gradients, new LossWorkspace(3, 1) { Learned = weights });
            Assert.Equal(slope, weights.Gradients[0], 1e-6f);
        }
    }

    [Fact]
    public void Without_its_weights_it_says_what_is_missing()
    {
        var batch = new Sampling.Batch(Sampling.BatchStructure.Classes, 2);
        var loss = new ArcFaceLoss();
        InvalidOperationException failure = Assert.Throws<InvalidOperationException>(() => loss.Evaluate(batch, new float[4], new float[4], new LossWorkspace(2, 2)));
        Assert.Contains("CreateWeights", failure.Message, StringComparison.Ordinal);
        batch.Classes[1] = 3;
        Assert.Throws<ArgumentException>(() => loss.Evaluate(batch, new float[4], new float[4], new LossWorkspace(2, 2) { Learned = loss.CreateWeights(3, 2, seed: 1) }));
        Assert.Throws<ArgumentException>(() => loss.Evaluate(batch, new float[4], new float[4], new LossWorkspace(2, 2) { Learned = loss.CreateWeights(4, 3, seed: 1) }));
    }

    private static async Task<(Trainer<ClusterArcFace> Trainer, ClusterArcFace Encoder, TrainingResult Result)> TrainAsync(int threads, int epochs)
    {
        var encoder = new ClusterArcFace(seed: 2);
        var trainer = new Trainer<ClusterArcFace>(encoder, new TrainingOptions { Epochs = epochs, Seed = 1, BatchSize = 36, Threads = threads, LearningRate = 0.01f });
        TrainingResult result = await trainer.FitAsync(Training, cancellationToken: TestContext.Current.CancellationToken);
        return (trainer, encoder, result);
    }

    private sealed class Nameless(ExampleSet examples) : IExampleSet
    {
        public int Count => examples.Count;

        public int InputLength => examples.InputLength;

        public ReadOnlySpan<int> Classes => examples.Classes;

        public ReadOnlySpan<int> Groups => examples.Groups;

        public void Read(int index, Span<float> destination, ref CounterRandom random) => examples.Read(index, destination, ref random);
    }
}
