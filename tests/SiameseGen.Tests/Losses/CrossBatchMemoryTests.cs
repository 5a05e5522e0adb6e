using SiameseGen.Losses;
using SiameseGen.Mining;
using SiameseGen.Reference;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Losses;

public class CrossBatchMemoryTests
{
    private const int Items = 10, Remembered = 17, Length = 11, Classes = 4;

    private static readonly EmbeddingLoss[] Taking =
    [
        new ContrastiveLoss(1.2f), new ContrastiveLoss(0.9f, DistanceMetric.Cosine, squared: false), new ContrastiveLoss(2f, DistanceMetric.Manhattan, reduction: LossReduction.MeanOfAnchors),
        new TripletLoss(0.4f, reduction: LossReduction.Mean), new TripletLoss(0.4f, DistanceMetric.SquaredEuclidean, soft: true), new NTXentLoss(0.3f), new SupervisedContrastiveLoss(0.3f), new MultiSimilarityLoss(2f, 10f), new MarginLoss(0.3f, 1.1f),
        new GeneralizedLiftedStructureLoss(1f), new NCALoss(), new MarginLoss(0.3f, 1.1f, DistanceMetric.Manhattan, LearnedBoundary.PerClass), new NTXentLoss(0.3f, reduction: LossReduction.MeanOfAnchors), new NTXentLoss(0.3f, LearnedScale.One),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Taking.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Gradients_are_slopes_and_what_is_remembered_counts(int index)
    {
        EmbeddingLoss loss = Taking[index];
        Assert.True(loss.AcceptsMemory);
        (Batch batch, float[] embeddings, CrossBatchMemory memory) = Case();
        LossWeights? learned = loss.CreateWeights(Classes, Length, seed: 1);
        var workspace = new LossWorkspace(Items, Length) { Memory = memory, Learned = learned };
        float[] gradients = new float[embeddings.Length], unused = new float[embeddings.Length];
        Array.Fill(gradients, float.NaN);
        LossResult result = loss.Evaluate(batch, embeddings, gradients, workspace);
        Assert.NotEqual(loss.Evaluate(batch, embeddings, unused, new LossWorkspace(Items, Length) { Learned = learned }).Loss, result.Loss);
        float largest = gradients.Max(Math.Abs);
        int wrong = 0;
        for (int i = 0; i < embeddings.Length; i++)
        {
            const float step = 1e-3f;
            float kept = embeddings[i];
            embeddings[i] = kept + step;
            double above = loss.Evaluate(batch, embeddings, unused, workspace).Loss;
            embeddings[i] = kept - step;
            double below = loss.Evaluate(batch, embeddings, unused, workspace).Loss;
            embeddings[i] = kept;
            wrong += Math.Abs(((above - below) / (2 * step)) - gradients[i]) > 0.02 * largest ? 1 : 0;
        }

        Assert.InRange(wrong, 0, embeddings.Length / 20); // next to a kink a difference is no slope
    }

    [Fact]
    public void A_loss_is_that_of_the_batch_against_everything()
    {
        (Batch batch, float[] embeddings, CrossBatchMemory memory) = Case();
        double[][] all = [.. embeddings.Concat(memory.Embeddings.ToArray()).Select(value => (double)value).Chunk(Length)];
        int[] classes = [.. batch.Classes, .. memory.Classes];
        double Distance(int i, int j) => DistanceReference.Between(DistanceMetric.Euclidean, all[i], all[j]);
        var pairs = (from i in Enumerable.Range(0, Items) from j in Enumerable.Range(i + 1, classes.Length - i - 1) select (Same: classes[i] == classes[j], Value: Distance(i, j))).ToArray();
        double expected = pairs.Where(pair => pair.Same).Average(pair => pair.Value * pair.Value) + pairs.Where(pair => !pair.Same).Average(pair => Math.Pow(Math.Max(0, 1.2 - pair.Value), 2));
        LossResult result = new ContrastiveLoss(1.2f).Evaluate(batch, embeddings, new float[embeddings.Length], new LossWorkspace(Items, Length) { Memory = memory });
        Assert.Equal(expected, result.Loss, 1e-5);
        Assert.Equal(pairs.Where(pair => pair.Same).Average(pair => pair.Value), result.PositiveDistance, 1e-5);

        var triplets = (from a in Enumerable.Range(0, Items)
                        from p in Enumerable.Range(0, classes.Length)
                        from n in Enumerable.Range(0, classes.Length)
                        where p != a && classes[p] == classes[a] && classes[n] != classes[a]
                        select Math.Max(0, Distance(a, p) - Distance(a, n) + 0.4)).ToArray();
        result = new TripletLoss(0.4f).Evaluate(batch, embeddings, new float[embeddings.Length], new LossWorkspace(Items, Length) { Memory = memory });
        Assert.Equal(triplets.Where(value => value > 0).Average(), result.Loss, 1e-5);
        Assert.Equal(triplets.Count(value => value > 0) / (double)triplets.Length, result.ActiveShare, 1e-6);
    }

    public static TheoryData<int> Miners => [.. Enumerable.Range(0, Mining.Length)];

    private static readonly Miner[] Mining =
    [
        new BatchHardMiner(), new BatchEasyHardMiner(), new TripletMarginMiner(0.2f, TripletKind.SemiHard), new MultiSimilarityMiner(0.1f), new PairMarginMiner(0.6f, 1.1f), new DistanceWeightedMiner(0.2f), MiningSchedule.AllSemiHardHard(0.3f),
    ];

    [Theory]
    [MemberData(nameof(Miners))]
    public void A_miner_chooses_for_each_item_of_the_batch_what_it_would_of_a_batch_of_everything(int index)
    {
        Miner miner = Mining[index];
        Assert.True(miner.AcceptsMemory);
        (Batch batch, float[] embeddings, CrossBatchMemory memory) = Case();
        float[] all = [.. embeddings, .. memory.Embeddings];
        int[] classes = [.. batch.Classes, .. memory.Classes];
        LossWorkspace joined = new(Items, Length) { Memory = memory }, large = new(classes.Length, Length);
        CrossBatchMatrix.Forward(DistanceMetric.Euclidean, Items, embeddings, joined);
        DistanceMatrix.Forward(DistanceMetric.Euclidean, classes.Length, all, large);
        int chosen = 0;
        for (int item = 0; item < Items; item++)
        {
            byte[] expected = MinedRoles.Of(miner, classes, item, large).ToArray();
            Assert.Equal(expected, MinedRoles.Of(miner, classes, item, joined).ToArray());
            chosen += expected.AsSpan(Items).Count(MinedRoles.Positive) + expected.AsSpan(Items).Count(MinedRoles.Negative);
        }

        Assert.True(chosen > 0, "Nothing that is remembered is chosen.");
    }

    [Fact]
    public void A_mined_loss_is_that_of_what_was_chosen_of_everything()
    {
        // The hardest positive and negative of each item, wherever they are.
        (Batch batch, float[] embeddings, CrossBatchMemory memory) = Case();
        double[][] all = [.. embeddings.Concat(memory.Embeddings.ToArray()).Select(value => (double)value).Chunk(Length)];
        int[] classes = [.. batch.Classes, .. memory.Classes];
        double expected = Enumerable.Range(0, Items).Average(a =>
        {
            double[] distances = [.. all.Select(row => DistanceReference.Between(DistanceMetric.Euclidean, all[a], row))];
            int[] others = [.. Enumerable.Range(0, all.Length).Where(i => i != a)];
            return Math.Max(0, others.Where(i => classes[i] == classes[a]).Max(i => distances[i]) - others.Where(i => classes[i] != classes[a]).Min(i => distances[i]) + 0.4);
        });
        var workspace = new LossWorkspace(Items, Length) { Memory = memory, Miner = new BatchHardMiner() };
        Assert.Equal(expected, new TripletLoss(0.4f, reduction: LossReduction.Mean).Evaluate(batch, embeddings, new float[embeddings.Length], workspace).Loss, 1e-5);
        Assert.False(new AngularMiner().AcceptsMemory);
        Assert.False(new MiningSchedule((0f, new TripletMarginMiner()), (0.5f, new AngularMiner())).AcceptsMemory);
        Assert.Throws<ArgumentOutOfRangeException>(() => MinedRoles.Of(new AngularMiner(), classes, 0, workspace));
    }

    [Fact]
    public void An_empty_memory_changes_no_bit_and_a_full_one_allocates_nothing()
    {
        (Batch batch, float[] embeddings, CrossBatchMemory memory) = Case();
        foreach (EmbeddingLoss loss in Taking)
        {
            LossWeights? learned = loss.CreateWeights(Classes, Length, seed: 1);
            float[] with = new float[embeddings.Length], without = new float[embeddings.Length];
            LossResult plain = loss.Evaluate(batch, embeddings, without, new LossWorkspace(Items, Length) { Learned = learned });
            Assert.Equal(plain, loss.Evaluate(batch, embeddings, with, new LossWorkspace(Items, Length) { Learned = learned, Memory = new CrossBatchMemory(30, Length) }));
            Assert.Equal(without, with);
            var workspace = new LossWorkspace(Items, Length) { Learned = learned, Memory = memory };
            loss.Evaluate(batch, embeddings, with, workspace);
            Assert.Equal(0, Allocation.Least(() =>
            {
                loss.Evaluate(batch, embeddings, with, workspace);
                memory.Add(batch, embeddings);
            }));
        }
    }

    [Fact]
    public void The_newest_take_the_place_of_the_oldest()
    {
        var memory = new CrossBatchMemory(5, 1);
        var batch = new Batch(BatchStructure.Classes, 3);
        (batch.Classes[0], batch.Classes[1], batch.Classes[2]) = (1, 2, 3);
        memory.Add(batch, [10f, 20f, 30f]);
        Assert.Equal([10f, 20f, 30f], memory.Embeddings.ToArray());
        memory.Add(batch, [11f, 21f, 31f]);
        Assert.Equal(5, memory.Count);
        Assert.Equal([11f, 20f, 21f, 30f, 31f], memory.Embeddings.ToArray().Order()); // without 10
        Assert.Equal([1, 2, 2, 3, 3], memory.Classes.ToArray().Order());
        memory.Clear();
        Assert.Equal(0, memory.Count);
        var large = new Batch(BatchStructure.Classes, 7);
        memory.Add(large, [0f, 1f, 2f, 3f, 4f, 5f, 6f]);
        Assert.Equal([2f, 3f, 4f, 5f, 6f], memory.Embeddings.ToArray().Order());
        Assert.Throws<ArgumentException>(() => memory.Add(batch, [1f]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CrossBatchMemory(0, 1));
    }

    [Fact]
    public void Losses_that_compare_positives_with_negatives_take_none() => Assert.All(
        (EmbeddingLoss[])[new AngularLoss(), new LiftedStructureLoss(), new NPairsLoss(), new TripletLoss(swap: true), new ContrastiveLoss(1f, DistanceMetric.SignalToNoise), new TripletLoss(1f, DistanceMetric.DotProduct), new ArcFaceLoss()],
        loss => Assert.False(loss.AcceptsMemory));

    private static (Batch Batch, float[] Embeddings, CrossBatchMemory Memory) Case()
    {
        var random = new CounterRandom(21, CounterRandom.Purpose.Data, 1);
        float[] Numbers(int count)
        {
            float[] values = new float[count * Length];
            foreach (ref float value in values.AsSpan())
                value = random.NextSingle(-0.5f, 0.5f);
            return values;
        }

        var batch = new Batch(BatchStructure.Classes, Items);
        var earlier = new Batch(BatchStructure.Classes, Remembered);
        for (int i = 0; i < Items; i++)
            batch.Classes[i] = i % Classes;
        for (int i = 0; i < Remembered; i++)
            earlier.Classes[i] = (i + 1) % Classes;
        var memory = new CrossBatchMemory(30, Length);
        float[] embeddings = Numbers(Items);
        memory.Add(earlier, Numbers(Remembered));
        return (batch, embeddings, memory);
    }
}
