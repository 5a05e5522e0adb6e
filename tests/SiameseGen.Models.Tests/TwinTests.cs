using SiameseGen.Losses;
using SiameseGen.Sampling;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>Branches are one set of weights that is read several times.</summary>
public class TwinTests
{
    private const int Pairs = 8; // branches of four whole shards each

    [Fact]
    public void Swapping_the_branches_changes_no_bit_of_the_loss_and_of_what_each_item_adds_to_gradients()
    {
        Check<DeepDense>();
        Check<PlainMaxPool2D>();
        Check<ContrastiveCosine>();
        Check<ContrastiveManhattan>();
        Check<PlainL2Normalize>();

        static void Check<TEncoder>()
            where TEncoder : class, IEncoder
        {
            (LossResult loss, float[][] gradients) = Step<TEncoder>(swap: false);
            (LossResult swappedLoss, float[][] swapped) = Step<TEncoder>(swap: true);
            Assert.InRange(loss.Loss, 1e-6f, 1e6f);
            Assert.Equal(loss, swappedLoss);
            Assert.Contains(gradients[0], value => value != 0f);
            foreach (ParameterTensor tensor in TEncoder.Info.Tensors.Where(tensor => tensor.IsTrainable))
            {
                // The first shard's memory has the whole batch's gradient where there is only one.
                for (int shard = 0; shard < (tensor.HasBatchGradient ? 1 : Shard.Count); shard++)
                {
                    int other = tensor.HasBatchGradient ? shard : (shard + (Shard.Count / 2)) % Shard.Count;
                    Assert.Equal(gradients[shard].AsSpan(tensor.Offset, tensor.Length), swapped[other].AsSpan(tensor.Offset, tensor.Length));
                }
            }
        }
    }

    [Fact]
    public void With_batch_norm_over_both_branches_swapping_them_changes_rounding_only()
    {
        (LossResult loss, float[][] gradients) = Step<FoldedConvolution>(swap: false);
        (LossResult swappedLoss, float[][] swapped) = Step<FoldedConvolution>(swap: true);
        Assert.Equal(loss.Loss, swappedLoss.Loss, loss.Loss * 1e-5f);
        double[] sum = Sum(gradients), swappedSum = Sum(swapped);
        double largest = sum.Max(Math.Abs);
        for (int i = 0; i < sum.Length; i++)
            Assert.Equal(sum[i], swappedSum[i], largest * 1e-5);
    }

    [Fact]
    public void Equal_inputs_have_equal_embeddings_in_both_branches_at_every_step_of_training()
    {
        var encoder = new SmallTwins(seed: 1);
        var examples = new Clusters(6, 6, SmallTwins.Info.Input.Length, seed: 3);
        using var team = new WorkerTeam(2);
        var step = new TrainingStep<SmallTwins>(encoder, examples, team, 2 * Pairs);
        var batch = new Batch(BatchStructure.Pairs, 2 * Pairs);
        for (int number = 0; number < 6; number++)
        {
            // Half of the pairs are an input and itself, called similar; the others train the network.
            for (int pair = 0; pair < Pairs; pair++)
            {
                batch.Items[pair] = (number + (5 * pair)) % examples.Count;
                batch.Items[pair + Pairs] = pair % 2 == 0 ? batch.Items[pair] : (number + pair + 7) % examples.Count;
                batch.PairLabels[pair] = pair % 2 == 0 ? PairLabel.Similar : PairLabel.Dissimilar;
            }

            LossResult result = step.Run(batch, 0.01f).Loss;
            Assert.Equal(0f, result.PositiveDistance);
            Assert.True(result.NegativeDistance > 0f);
        }
    }

    private static (LossResult Loss, float[][] Gradients) Step<TEncoder>(bool swap)
        where TEncoder : class, IEncoder
    {
        Parameters parameters = ((TEncoder)Activator.CreateInstance(typeof(TEncoder), 2)!).Parameters;
        int length = TEncoder.Info.Input.Length;
        float[] inputs = new float[2 * Pairs * length];
        var random = new CounterRandom(6, CounterRandom.Purpose.Data, 0);
        foreach (ref float value in inputs.AsSpan())
            value = random.NextSingle(-1f, 1f);
        if (swap)
            inputs = [.. inputs[(Pairs * length)..], .. inputs[..(Pairs * length)]];
        var batch = new Batch(BatchStructure.Pairs, 2 * Pairs);
        batch.PairLabels[0] = batch.PairLabels[1] = batch.PairLabels[5] = PairLabel.Dissimilar;

        using var team = new WorkerTeam(2);
        var workspace = new TrainingWorkspace(parameters, 2 * Pairs, team);
        inputs.CopyTo(workspace.Inputs);
        team.Run(worker => TEncoder.Forward(workspace.Pass(worker)));
        LossResult loss = TEncoder.Info.Loss!.Evaluate(
            batch, workspace.Embeddings, workspace.EmbeddingGradients, new LossWorkspace(2 * Pairs, TEncoder.Info.EmbeddingLength));
        team.Run(worker => TEncoder.Backward(workspace.Pass(worker)));
        return (loss, [.. Enumerable.Range(0, Shard.Count).Select(shard => workspace.Gradients(shard).ToArray())]);
    }

    private static double[] Sum(float[][] shards) => [.. Enumerable.Range(0, shards[0].Length).Select(i => shards.Sum(shard => (double)shard[i]))];
}
