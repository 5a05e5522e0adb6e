using SiameseGen.Losses;
using SiameseGen.Optimization;
using SiameseGen.Sampling;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Tests.Training;

public class TrainingStepTests
{
    [Theory]
    [InlineData(BatchStructure.Pairs)]
    [InlineData(BatchStructure.Classes)]
    public void Weights_are_equal_byte_for_byte_for_any_number_of_threads(BatchStructure structure)
    {
        float[] one = WeightsAfter(1, structure), two = WeightsAfter(2, structure), three = WeightsAfter(3, structure);
        Assert.Equal(Bits(one), Bits(two));
        Assert.Equal(Bits(one), Bits(three));
        Assert.NotEqual(Bits(new DenseEncoder<DeclaredContrastive>(1).Parameters.Values), Bits(one));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Reading_ahead_changes_no_bit(int threads)
    {
        float[] plain = WeightsAfter(1, BatchStructure.Classes);
        Assert.Equal(Bits(plain), Bits(WeightsAfter(threads, BatchStructure.Classes, readAhead: true)));
    }

    [Fact]
    public void A_failure_while_reading_ahead_belongs_to_the_step_that_has_the_example()
    {
        var examples = new Clusters(4, 8);
        using var team = new WorkerTeam(3);
        var encoder = new DenseEncoder<DeclaredContrastive>(1);
        var step = new TrainingStep<DenseEncoder<DeclaredContrastive>>(encoder, examples, team, 16);
        Batch good = new(BatchStructure.Classes, 16), bad = new(BatchStructure.Classes, 16);
        new SimpleSampler(examples, BatchStructure.Classes, 16).Fill(good, 0, 0);
        bad.Items[0] = -1;
        for (int i = 0; i < 20; i++)
        {
            Assert.True(step.Run(good, 0.01f, bad).Updated);
            float[] before = encoder.Parameters.Values.ToArray();
            Assert.Throws<IndexOutOfRangeException>(() => step.Run(bad, 0.01f, good));
            Assert.Equal(Bits(before), Bits(encoder.Parameters.Values));
        }

        Assert.Throws<ArgumentOutOfRangeException>("next", () => step.Run(good, 0.01f, new Batch(BatchStructure.Classes, 17)));
    }

    [Fact]
    public void No_thread_allocates_after_the_first_steps()
    {
        const int workers = 3, warm = 30, measured = 20, runs = 4;
        var examples = new Clusters(10, 8, jitter: 0.1f);
        var sampler = new SimpleSampler(examples, BatchStructure.Classes, 32);
        using var team = new WorkerTeam(workers);
        var options = new TrainingOptions { ClipNorm = 1f, AverageDecay = 0.99f };
        var step = new TrainingStep<DenseEncoder<AllocationDeclared>>(new DenseEncoder<AllocationDeclared>(1), examples, team, 32, options);
        Batch batch = new(BatchStructure.Classes, 32), next = new(BatchStructure.Classes, 32);
        long[,] bytes = new long[workers, runs + 1];
        int number = 0;
        DenseEncoder<AllocationDeclared>.OnForward = worker =>
        {
            if (number >= warm && (number - warm) % measured == 0)
                bytes[worker, (number - warm) / measured] = GC.GetAllocatedBytesForCurrentThread();
        };
        sampler.Fill(batch, 0, 0);
        for (; number <= warm + (runs * measured); number++)
        {
            sampler.Fill(next, 0, number + 1);
            step.Run(batch, 1e-3f, next);
            (batch, next) = (next, batch);
        }

        // In the least of the runs: code that is compiled anew meanwhile, or a collection, is charged to whoever is there.
        for (int worker = 0; worker < workers; worker++)
        {
            Assert.True(bytes[worker, 0] > 0);
            Assert.Equal(0, Enumerable.Range(0, runs).Min(run => bytes[worker, run + 1] - bytes[worker, run]));
        }
    }

    [Fact]
    public void Swapping_the_branches_of_a_symmetric_loss_swaps_gradients_and_changes_no_bit_of_the_loss()
    {
        const int pairs = 6, length = 21;
        var loss = new ContrastiveLoss(1f);
        var random = new CounterRandom(3, CounterRandom.Purpose.Data, 0);
        float[] embeddings = new float[2 * pairs * length];
        foreach (ref float value in embeddings.AsSpan())
            value = random.NextSingle(-0.2f, 0.2f);
        float[] swapped = [.. embeddings[(pairs * length)..], .. embeddings[..(pairs * length)]];
        var batch = new Batch(BatchStructure.Pairs, 2 * pairs);
        batch.PairLabels[1] = batch.PairLabels[4] = PairLabel.Dissimilar;
        var workspace = new LossWorkspace(2 * pairs, length);
        float[] gradients = new float[embeddings.Length], swappedGradients = new float[embeddings.Length];

        LossResult there = loss.Evaluate(batch, embeddings, gradients, workspace);
        LossResult back = loss.Evaluate(batch, swapped, swappedGradients, workspace);

        Assert.True(there.Loss > 0f);
        Assert.Equal(there, back);
        Assert.Equal(Bits(gradients.AsSpan()[..(pairs * length)]), Bits(swappedGradients.AsSpan()[(pairs * length)..]));
        Assert.Equal(Bits(gradients.AsSpan()[(pairs * length)..]), Bits(swappedGradients.AsSpan()[..(pairs * length)]));
    }

    [Fact]
    public void Both_twins_read_one_buffer_so_that_equal_inputs_have_distance_zero_before_and_after_training()
    {
        var examples = new Clusters(6, 6);
        using var team = new WorkerTeam(2);
        var encoder = new DenseEncoder<DeclaredContrastive>(1);
        var step = new TrainingStep<DenseEncoder<DeclaredContrastive>>(encoder, examples, team, 16);
        var batch = new Batch(BatchStructure.Pairs, 16);
        for (int number = 0; number < 5; number++)
        {
            for (int pair = 0; pair < 8; pair++)
                batch.Items[pair] = batch.Items[pair + 8] = (number + pair) % examples.Count;
            LossResult result = step.Run(batch, 0.1f).Loss;
            Assert.Equal(0f, result.PositiveDistance);
            Assert.Equal(0f, result.Loss);
        }
    }

    [Fact]
    public void The_gradient_of_a_step_is_clipped_to_the_norm_asked_for()
    {
        var examples = new Clusters(10, 8);
        var sampler = new SimpleSampler(examples, BatchStructure.Classes, 32);
        var batch = new Batch(BatchStructure.Classes, 32);
        sampler.Fill(batch, 0, 0);
        using var team = new WorkerTeam(2);
        var plain = new Sgd { Momentum = 0f };
        (float norm, double moved) = Move(new TrainingOptions { Optimizer = plain });
        (float sameNorm, double clipped) = Move(new TrainingOptions { Optimizer = plain, ClipNorm = norm / 4f });

        Assert.Equal(norm, sameNorm);
        Assert.Equal(norm, moved, norm * 1e-4);
        Assert.Equal(norm / 4.0, clipped, norm * 1e-4);

        (float Norm, double Moved) Move(TrainingOptions options)
        {
            var encoder = new DenseEncoder<DeclaredContrastive>(1);
            float[] before = encoder.Parameters.Trainable.ToArray();
            StepResult result = new TrainingStep<DenseEncoder<DeclaredContrastive>>(encoder, examples, team, 32, options).Run(batch, 1f);
            double squares = 0;
            for (int i = 0; i < before.Length; i++)
                squares += Math.Pow(before[i] - encoder.Parameters.Trainable[i], 2);
            return (result.GradientNorm, Math.Sqrt(squares));
        }
    }

    [Fact]
    public void A_loss_that_is_not_finite_updates_no_weight_and_the_next_step_is_as_if_it_had_not_been()
    {
        var examples = new Clusters(4, 8);
        var sampler = new SimpleSampler(examples, BatchStructure.Classes, 16);
        var batch = new Batch(BatchStructure.Classes, 16);
        sampler.Fill(batch, 0, 0);
        using var team = new WorkerTeam(2);
        var encoder = new DenseEncoder<DeclaredContrastive>(1);
        var step = new TrainingStep<DenseEncoder<DeclaredContrastive>>(encoder, examples, team, 16);
        encoder.Parameters.Trainable[3] = float.NaN;
        float[] before = encoder.Parameters.Values.ToArray();

        StepResult result = step.Run(batch, 0.1f);

        Assert.False(result.Updated);
        Assert.Equal(0, step.Steps);
        Assert.Equal(Bits(before), Bits(encoder.Parameters.Values)); // the running mean too
        new DenseEncoder<DeclaredContrastive>(1).Parameters.Trainable.CopyTo(encoder.Parameters.Trainable);
        Assert.True(step.Run(batch, 0.1f).Updated);
    }

    [Fact]
    public void A_failure_while_reading_reaches_the_caller_as_it_was_thrown_and_changes_nothing()
    {
        var examples = new Clusters(4, 8);
        using var team = new WorkerTeam(2);
        var encoder = new DenseEncoder<DeclaredContrastive>(1);
        float[] before = encoder.Parameters.Values.ToArray();
        var step = new TrainingStep<DenseEncoder<DeclaredContrastive>>(encoder, examples, team, 16);
        var batch = new Batch(BatchStructure.Classes, 16);
        batch.Items[7] = -1; // the second worker's; the first one may have put its items into the running mean by then
        for (int i = 0; i < 20; i++)
        {
            Assert.Throws<IndexOutOfRangeException>(() => step.Run(batch, 0.1f));
            Assert.Equal(Bits(before), Bits(encoder.Parameters.Values));
        }
    }

    private static float[] WeightsAfter(int threads, BatchStructure structure, bool readAhead = false)
    {
        var examples = new Clusters(10, 8, jitter: 0.2f);
        var sampler = new SimpleSampler(examples, structure, 26);
        using var team = new WorkerTeam(threads);
        var encoder = new DenseEncoder<DeclaredContrastive>(1);
        var step = new TrainingStep<DenseEncoder<DeclaredContrastive>>(encoder, examples, team, 26, new TrainingOptions { ClipNorm = 0.5f });
        Batch batch = new(structure, 26), next = new(structure, 26);
        for (int number = 0; number < 12; number++)
        {
            sampler.Fill(batch, 0, number);
            sampler.Fill(next, 0, number + 1);
            step.Run(batch, 1e-2f, readAhead ? next : null);
        }

        return encoder.Parameters.Values.ToArray();
    }

    private static int[] Bits(ReadOnlySpan<float> values)
    {
        int[] bits = new int[values.Length];
        for (int i = 0; i < bits.Length; i++)
            bits[i] = BitConverter.SingleToInt32Bits(values[i]);
        return bits;
    }

    // A declaration of its own, so that the hook of the allocation test sees no other test's steps.
    private readonly struct AllocationDeclared : IDeclared
    {
        public static EmbeddingLoss? Loss { get; } = new TripletLoss(0.5f);
    }
}
