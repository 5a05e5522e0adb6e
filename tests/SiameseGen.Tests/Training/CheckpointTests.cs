using SiameseGen.Data;
using SiameseGen.Losses;
using SiameseGen.Optimization;
using SiameseGen.Persistence;
using SiameseGen.Sampling;
using SiameseGen.Tests.Persistence;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Tests.Training;

public class CheckpointTests
{
    private static readonly Clusters Training = new(10, 8, jitter: 0.2f), Validation = new(8, 8, seed: 77);

    public static TheoryData<string, int, int> Interruptions()
    {
        var data = new TheoryData<string, int, int>();
        foreach (string kind in new[] { "adam", "sgd", "average", "early" })
        {
            foreach ((int epoch, int index) in new[] { (0, 0), (1, 3), (2, 7), (4, 6) })
                data.Add(kind, epoch, index);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Interruptions))]
    public async Task An_interrupted_training_ends_with_the_bits_of_an_uninterrupted_one(string kind, int epoch, int index)
    {
        TrainingOptions options = Options(kind);
        (TrainingResult whole, float[] expected, _) = await Train<DeclaredTriplet>(options, null, null, null);

        using var folder = new TemporaryFolder();
        string path = folder.File("checkpoint.safetensors");
        using var source = new CancellationTokenSource();
        var interrupted = new Trainer<DenseEncoder<DeclaredTriplet>>(new DenseEncoder<DeclaredTriplet>(1), options);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => interrupted.FitAsync(Training, new Cancels(Sampler(), source, epoch, index), Validation, cancellationToken: source.Token));
        interrupted.SaveCheckpoint(path);

        (TrainingResult rest, float[] actual, _) = await Train<DeclaredTriplet>(options with { Threads = 2 }, path, null, null);
        Assert.Equal(expected, actual);
        Assert.Equal(
            (whole.Steps, whole.Epochs, whole.Loss, whole.BestValidation, whole.BestEpoch, whole.StoppedEarly),
            (rest.Steps, rest.Epochs, rest.Loss, rest.BestValidation, rest.BestEpoch, rest.StoppedEarly));
    }

    [Fact]
    public Task What_a_loss_has_learned_of_classes_and_its_moments_are_kept_as_well() => KeepsWhatIsLearned<DeclaredProxies>();

    [Fact]
    public Task What_a_loss_has_learned_for_all_classes_is_kept_as_well() => KeepsWhatIsLearned<DeclaredScale>();

    [Fact]
    public Task What_several_losses_have_learned_is_kept_as_well() => KeepsWhatIsLearned<DeclaredSum>();

    private static async Task KeepsWhatIsLearned<TDeclared>()
        where TDeclared : struct, IDeclared
    {
        TrainingOptions options = Options("adam");
        (_, float[] expected, float[]? proxies) = await Train<TDeclared>(options, null, null, null);

        using var folder = new TemporaryFolder();
        string path = folder.File("checkpoint.safetensors");
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Train<TDeclared>(options with { CheckpointPath = path }, null, source, (3, 2)));
        (_, float[] actual, float[]? learned) = await Train<TDeclared>(options, path, null, null);
        Assert.Equal(expected, actual);
        Assert.Equal(proxies, learned);
        Assert.NotNull(learned);
    }

    [Fact]
    public async Task Checkpoints_are_written_every_so_many_epochs_and_at_the_end()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("checkpoint.safetensors");
        var written = new List<bool>();
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(
            new DenseEncoder<DeclaredTriplet>(1), new TrainingOptions { Epochs = 5, CheckpointPath = path, CheckpointEvery = 2, Threads = 1 })
        {
            Score = _ =>
            {
                written.Add(File.Exists(path));
                File.Delete(path);
                return 1;
            },
        };
        await trainer.FitAsync(Training, Sampler(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([false, false, true, false, true], written);
        Assert.True(File.Exists(path));
        Assert.Single(Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public async Task A_finished_training_goes_on_with_more_epochs()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("checkpoint.safetensors");
        TrainingOptions options = Options("adam") with { Schedule = LearningRateSchedule.Constant };
        await Train<DeclaredTriplet>(options with { Epochs = 2, CheckpointPath = path }, null, null, null);
        (TrainingResult result, float[] actual, _) = await Train<DeclaredTriplet>(options, path, null, null);
        (_, float[] expected, _) = await Train<DeclaredTriplet>(options, null, null, null);
        Assert.Equal((6, 48), (result.Epochs, result.Steps));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task What_does_not_belong_to_the_checkpoint_is_refused()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        string path = folder.File("checkpoint.safetensors");
        TrainingOptions options = Options("adam") with { Epochs = 2 };
        var encoder = new DenseEncoder<DeclaredTriplet>(1);
        var fresh = new Trainer<DenseEncoder<DeclaredTriplet>>(encoder, options);
        Assert.Contains("nothing to keep", Assert.Throws<InvalidOperationException>(() => fresh.SaveCheckpoint(path)).Message, StringComparison.Ordinal);
        await fresh.FitAsync(Training, Sampler(), cancellationToken: cancellation);
        fresh.SaveCheckpoint(path);

        float[] before = encoder.Parameters.Values.ToArray();
        foreach ((TrainingOptions other, string said) in new[]
        {
            (options with { Seed = 9 }, "seed 4"), (options with { Optimizer = new Sgd() }, "remembers 2 floats"), (options with { AverageDecay = 0.9f }, "no moving average"),
        })
        {
            InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => new Trainer<DenseEncoder<DeclaredTriplet>>(encoder, other).LoadCheckpoint(path));
            Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        }

        string weights = folder.File("weights.safetensors");
        Safetensors.Save(encoder.Parameters, weights);
        Assert.Contains("no checkpoint", Assert.Throws<WeightsFormatException>(() => fresh.LoadCheckpoint(weights)).Message, StringComparison.Ordinal);
        Assert.Throws<WeightsFormatException>(() => Safetensors.Load(encoder.Parameters, path));
        Assert.Equal(before, encoder.Parameters.Values.ToArray());

        // Another sampler is refused, and the right one then goes on.
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(new DenseEncoder<DeclaredTriplet>(2), options with { Epochs = 3 });
        trainer.LoadCheckpoint(path);
        ArgumentException sampler = await Assert.ThrowsAsync<ArgumentException>(
            () => trainer.FitAsync(Training, new ClassBalancedSampler(Training, 4, 3, seed: 12), cancellationToken: cancellation));
        Assert.Contains("batch, 1 of epoch 3,", sampler.Message, StringComparison.Ordinal);
        Assert.Equal(24, (await trainer.FitAsync(Training, Sampler(), cancellationToken: cancellation)).Steps);
    }

    [Fact]
    public async Task A_damaged_checkpoint_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("checkpoint.safetensors");
        await Train<DeclaredTriplet>(Options("adam") with { Epochs = 1, CheckpointPath = path }, null, null, null);
        byte[] whole = File.ReadAllBytes(path);
        var encoder = new DenseEncoder<DeclaredTriplet>(1);
        float[] before = encoder.Parameters.Values.ToArray();
        var trainer = new Trainer<DenseEncoder<DeclaredTriplet>>(encoder, Options("adam"));
        int note = whole.AsSpan().IndexOf("siamesegen.training"u8) + "siamesegen.training\":\"".Length;
        foreach (int at in new[] { note, note + 2, whole.Length - 3, whole.Length / 2 })
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 1;
            File.WriteAllBytes(path, damaged);
            Assert.Throws<WeightsFormatException>(() => trainer.LoadCheckpoint(path));
        }

        File.WriteAllBytes(path, whole[..^8]);
        Assert.Throws<WeightsFormatException>(() => trainer.LoadCheckpoint(path));
        Assert.Equal(before, encoder.Parameters.Values.ToArray());
    }

    private static TrainingOptions Options(string kind)
    {
        var options = new TrainingOptions { Epochs = 6, LearningRate = 0.01f, Seed = 4, Threads = 1, Schedule = LearningRateSchedule.Cosine(), WarmUpSteps = 10, ClipNorm = 1f };
        return kind switch
        {
            "sgd" => options with { Optimizer = new Sgd { Momentum = 0.9f }, RestoreBestWeights = false },
            "average" => options with { AverageDecay = 0.9f, ValidateEvery = 2 },
            "early" => options with { EarlyStoppingPatience = 1, LearningRate = 0.3f, MaxSteps = 40 },
            _ => options,
        };
    }

    private static ClassBalancedSampler Sampler() => new(Training, 4, 3, seed: 11);

    private static async Task<(TrainingResult Result, float[] Weights, float[]? Learned)> Train<TDeclared>(
        TrainingOptions options, string? checkpoint, CancellationTokenSource? source, (int Epoch, int Index)? at)
        where TDeclared : struct, IDeclared
    {
        var encoder = new DenseEncoder<TDeclared>(checkpoint is null ? 1 : 2);
        var trainer = new Trainer<DenseEncoder<TDeclared>>(encoder, options);
        if (checkpoint is not null)
            trainer.LoadCheckpoint(checkpoint);
        IBatchSampler sampler = at is { } place ? new Cancels(Sampler(), source!, place.Epoch, place.Index) : Sampler();
        TrainingResult result = await trainer.FitAsync(Training, sampler, Validation, cancellationToken: source?.Token ?? TestContext.Current.CancellationToken);
        return (result, encoder.Parameters.Values.ToArray(), trainer.LossWeights?.Values.ToArray());
    }

    /// <summary>Cancels training while it asks for a certain batch.</summary>
    private sealed class Cancels(IBatchSampler sampler, CancellationTokenSource source, int epoch, int index) : IBatchSampler
    {
        public BatchStructure Structure => sampler.Structure;

        public int BatchSize => sampler.BatchSize;

        public int BatchesPerEpoch => sampler.BatchesPerEpoch;

        public void Fill(Batch batch, int atEpoch, int atIndex)
        {
            if ((atEpoch, atIndex) == (epoch, index))
                source.Cancel();
            sampler.Fill(batch, atEpoch, atIndex);
        }
    }

    public readonly struct DeclaredProxies : IDeclared
    {
        public static EmbeddingLoss? Loss { get; } = new ProxyAnchorLoss();
    }
    public readonly struct DeclaredScale : IDeclared
    {
        public static EmbeddingLoss? Loss { get; } = new NTXentLoss(0.3f, LearnedScale.One);
    }

    public readonly struct DeclaredSum : IDeclared
    {
        public static EmbeddingLoss? Loss { get; } = new CombinedLoss((new NTXentLoss(0.3f, LearnedScale.One), 1f), (new ProxyAnchorLoss(), 0.5f), (new ContrastiveLoss(), 0.1f), (new ArcFaceLoss(learningRateFactor: 3f), 0.5f));
    }
}
