using SiameseGen.Losses;
using SiameseGen.Mining;
using SiameseGen.Sampling;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Tests.Mining;

public class MinerTests
{
    private const int Count = 24, Length = 6;

    private static readonly int[] Classes = [.. Enumerable.Range(0, Count).Select(i => i % 5)];

    private static double[][] Rows(uint seed, int length = Length)
    {
        var random = new CounterRandom(seed, CounterRandom.Purpose.Data, 0);
        double[][] rows = new double[Count][];
        for (int i = 0; i < Count; i++)
        {
            rows[i] = new double[length];
            for (int k = 0; k < length; k++)
                rows[i][k] = random.NextSingle(-1f, 1f);
        }

        return rows;
    }

    private static float[] Unit(double[][] rows) => [.. rows.SelectMany(row => row.Select(value => (float)(value / Math.Sqrt(row.Sum(x => x * x)))))];

    [Theory]
    [InlineData(TripletKind.All)]
    [InlineData(TripletKind.Hard)]
    [InlineData(TripletKind.SemiHard)]
    [InlineData(TripletKind.Easy)]
    public void A_triplet_loss_is_that_of_the_chosen_triplets(TripletKind kind)
    {
        double[][] rows = Rows(1);
        float[] embeddings = Unit(rows), gradients = new float[embeddings.Length];
        var miner = new TripletMarginMiner(0.3f, kind);
        List<(int A, int P, int N)> chosen = new MinedBatch(miner, rows, Classes).Triplets();
        Assert.NotEmpty(chosen);
        var batch = new Batch(BatchStructure.Classes, Count);
        Classes.CopyTo(batch.Classes);
        LossResult mined = new TripletLoss(0.3f, reduction: LossReduction.Mean).Evaluate(batch, embeddings, gradients, new LossWorkspace(Count, Length) { Miner = miner });

        // The same triplets, written out one after the other.
        var list = new Batch(BatchStructure.Triplets, 3 * chosen.Count);
        float[] items = [.. chosen.Select(t => t.A).Concat(chosen.Select(t => t.P)).Concat(chosen.Select(t => t.N)).SelectMany(i => embeddings[(i * Length)..((i + 1) * Length)])];
        float[] slopes = new float[items.Length], expected = new float[embeddings.Length];
        LossResult plain = new TripletLoss(0.3f).Evaluate(list, items, slopes, new LossWorkspace(list.Count, Length));
        int[] owners = [.. chosen.Select(t => t.A).Concat(chosen.Select(t => t.P)).Concat(chosen.Select(t => t.N))];
        for (int i = 0; i < slopes.Length; i++)
            expected[(owners[i / Length] * Length) + (i % Length)] += slopes[i];
        Assert.Equal(plain.Loss, mined.Loss, 1e-5f);
        Assert.Equal(plain.ActiveShare, mined.ActiveShare, 1e-6f);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], gradients[i], 1e-5f);
    }

    [Fact]
    public void A_loss_of_pairs_leaves_out_what_is_not_chosen()
    {
        double[][] rows = Rows(2);
        float[] embeddings = Unit(rows), gradients = new float[embeddings.Length];
        var batch = new Batch(BatchStructure.Classes, Count);
        Classes.CopyTo(batch.Classes);
        var miner = new PairMarginMiner(1f, 0.9f);
        var mined = new MinedBatch(miner, rows, Classes);
        LossResult result = new ContrastiveLoss(0.9f).Evaluate(batch, embeddings, gradients, new LossWorkspace(Count, Length) { Miner = miner });

        double Mean(List<(int A, int Other)> pairs, Func<double, double> loss)
        {
            Assert.NotEmpty(pairs);
            return pairs.Average(pair => loss(Distances.Between(DistanceMetric.Euclidean, embeddings.AsSpan(pair.A * Length, Length), embeddings.AsSpan(pair.Other * Length, Length))));
        }

        Assert.Equal(Mean(mined.Pairs(positives: true), d => d * d) + Mean(mined.Pairs(positives: false), d => (0.9 - d) * (0.9 - d)), result.Loss, 1e-4);
    }

    [Fact]
    public void Distances_are_chosen_evenly_where_plain_chance_would_not()
    {
        double[][] rows = Rows(3, length: 8);
        var batch = new MinedBatch(new DistanceWeightedMiner(cutoff: 0.6f, seed: 5), rows, Classes);
        float[] unit = Unit(rows);
        double Distance(int a, int b) => Distances.Between(DistanceMetric.Euclidean, unit.AsSpan(a * 8, 8), unit.AsSpan(b * 8, 8));
        List<double> chosen = [];
        for (ulong step = 0; step < 40; step++)
        {
            batch.Step = step;
            chosen.AddRange(batch.Triplets().Select(t => Distance(t.A, t.N)));
        }

        double[] all = [.. from a in Enumerable.Range(0, Count) from n in Enumerable.Range(0, Count) where Classes[n] != Classes[a] let d = Distance(a, n) where d <= 1.4 select d];
        Assert.All(chosen, distance => Assert.InRange(distance, 0, 1.4 + 1e-6));
        Assert.True(chosen.Average() < all.Average() - 0.05, $"{chosen.Average()} of {all.Average()}");

        batch.Step = 3;
        List<(int A, int P, int N)> third = batch.Triplets();
        Assert.Equal(third, batch.Triplets());
        batch.Step = 4;
        Assert.NotEqual(third, batch.Triplets());
    }

    [Fact]
    public void A_schedule_changes_its_miner_as_training_goes_on()
    {
        double[][] rows = Rows(4);
        var batch = new MinedBatch(MiningSchedule.AllSemiHardHard(0.3f), rows, Classes);
        List<(int A, int P, int N)> Of(Miner miner) => new MinedBatch(miner, rows, Classes).Triplets();
        foreach ((float progress, Miner miner) in (ReadOnlySpan<(float, Miner)>)
            [(0f, new TripletMarginMiner(0.3f, TripletKind.All)), (0.3f, new TripletMarginMiner(0.3f, TripletKind.All)), (0.5f, new TripletMarginMiner(0.3f)), (0.9f, new BatchHardMiner())])
        {
            batch.Progress = progress;
            Assert.Equal(Of(miner), batch.Triplets());
        }
    }

    [Fact]
    public void What_does_not_go_together_is_said()
    {
        Assert.Throws<ArgumentException>(() => new MiningSchedule());
        Assert.Throws<ArgumentException>(() => new MiningSchedule((0.1f, new BatchHardMiner())));
        Assert.Throws<ArgumentException>(() => new MiningSchedule((0f, new BatchHardMiner()), (0f, new BatchHardMiner())));
        Assert.Throws<ArgumentException>(() => new MiningSchedule((0f, new BatchHardMiner()), (0.5f, new PairMarginMiner())));
        Assert.Throws<ArgumentException>(() => new MiningSchedule((0f, new AngularMiner()), (0.5f, new BatchHardMiner()), (0.6f, new MultiSimilarityMiner())));
        Assert.Throws<ArgumentException>(() => new BatchEasyHardMiner(Hardness.SemiHard, Hardness.SemiHard));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TripletMarginMiner(-1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DistanceWeightedMiner(2f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AngularMiner(90f));
        Assert.Throws<ArgumentException>(() => Requirements.MinerFits(new ArcFaceLoss(), new BatchHardMiner(), "miner"));
        Assert.Throws<ArgumentException>(() => Requirements.MinerFits(new NPairsLoss(), new BatchHardMiner(), "miner"));
        Assert.Throws<ArgumentException>(() => Requirements.MinerFits(new TripletLoss(), new MultiSimilarityMiner(), "miner"));
        Assert.Throws<ArgumentException>(() => Requirements.MinerFits(new CombinedLoss((new TripletLoss(), 1f), (new MultiSimilarityLoss(), 1f)), new AngularMiner(), "miner"));
        Requirements.MinerFits(new MultiSimilarityLoss(), new MultiSimilarityMiner(), "miner");
    }

    [Fact]
    public void What_is_not_a_number_shows_in_the_loss_in_spite_of_a_miner()
    {
        foreach ((Miner miner, EmbeddingLoss loss) in Miners)
        {
            foreach (int broken in (int[])[1, Count])
            {
                var batch = new Batch(BatchStructure.Classes, Count);
                Classes.CopyTo(batch.Classes);
                float[] embeddings = Unit(Rows(6));
                embeddings.AsSpan(0, broken * Length).Fill(float.NaN);
                LossResult result = loss.Evaluate(batch, embeddings, new float[embeddings.Length], new LossWorkspace(Count, Length) { Miner = miner });
                Assert.True(float.IsNaN(result.Loss), $"{miner.GetType().Name}, {loss.Name}: {result.Loss}");
            }
        }
    }

    [Fact]
    public void A_regularizer_has_nothing_to_choose_and_is_in_no_miner_s_way()
    {
        var loss = new CombinedLoss((new MultiSimilarityLoss(), 1f), (new NormRegularizer(), 0.5f));
        Requirements.MinerFits(loss, new MultiSimilarityMiner(), "miner");
        Assert.Throws<ArgumentException>(() => Requirements.MinerFits(new NormRegularizer(), new PairMarginMiner(), "miner"));
        var batch = new Batch(BatchStructure.Classes, Count);
        Classes.CopyTo(batch.Classes);
        float[] embeddings = Unit(Rows(7)), gradients = new float[embeddings.Length];
        float Loss(EmbeddingLoss of, Miner? miner) => of.Evaluate(batch, embeddings, gradients, new LossWorkspace(Count, Length) { Miner = miner }).Loss;
        float mined = Loss(new MultiSimilarityLoss(), new MultiSimilarityMiner());
        Assert.NotEqual(Loss(new MultiSimilarityLoss(), null), mined);
        Assert.Equal(mined + (0.5f * Loss(new NormRegularizer(), null)), Loss(loss, new MultiSimilarityMiner()), 1e-6f);
    }

    [Fact]
    public void A_part_of_a_sum_that_has_nothing_to_choose_from_goes_without_the_miner()
    {
        EmbeddingLoss[] without = [new NPairsLoss(), new SignalToNoiseRatioLoss()];
        foreach (EmbeddingLoss part in without)
        {
            var batch = new Batch(BatchStructure.Classes, Count);
            Classes.CopyTo(batch.Classes);
            float[] embeddings = Unit(Rows(7)), gradients = new float[embeddings.Length];
            float Loss(EmbeddingLoss of, Miner? miner) => of.Evaluate(batch, embeddings, gradients, new LossWorkspace(Count, Length) { Miner = miner }).Loss;
            var sum = new CombinedLoss((part, 1f), (new TripletLoss(), 0.5f), (part, 0.25f));
            Requirements.MinerFits(sum, new BatchHardMiner(), "miner");
            Assert.Equal((1.25f * Loss(part, null)) + (0.5f * Loss(new TripletLoss(), new BatchHardMiner())), Loss(sum, new BatchHardMiner()), 1e-4f);
        }
    }

    [Fact]
    public void What_was_found_for_one_batch_is_not_taken_for_another()
    {
        var workspace = new LossWorkspace(Count, Length);
        foreach (uint seed in (uint[])[1, 2, 1])
        {
            float[] embeddings = Unit(Rows(seed));
            DistanceMatrix.Forward(DistanceMetric.Euclidean, Count, embeddings, workspace);
            for (int item = 0; item < Count; item++)
            {
                var anchor = new MiningAnchor(Classes, item, workspace);
                foreach (bool positives in (bool[])[true, false, true])
                {
                    foreach (bool farthest in (bool[])[true, false, true])
                    {
                        float Distance(int i) => Distances.Between(DistanceMetric.Euclidean, embeddings.AsSpan(item * Length, Length), embeddings.AsSpan(i * Length, Length)) * (farthest ? -1f : 1f);
                        int expected = Enumerable.Range(0, Count).Where(i => i != item && Classes[i] == Classes[item] == positives).MinBy(Distance);
                        Assert.Equal(expected, anchor.Find(positives, farthest));
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Mining_a_batch_of_a_thousand_allocates_nothing(int index)
    {
        (Miner miner, EmbeddingLoss loss) = Miners[index];
        const int items = 1024, length = 8;
        var batch = new Batch(BatchStructure.Classes, items);
        var random = new CounterRandom(8, CounterRandom.Purpose.Data, 0);
        float[] embeddings = new float[items * length], gradients = new float[items * length];
        for (int i = 0; i < items; i++)
        {
            batch.Classes[i] = i / 4;
            Span<float> row = embeddings.AsSpan(i * length, length);
            foreach (ref float value in row)
                value = random.NextSingle(-1f, 1f);
            float scale = 1f / MathF.Sqrt(LaneSums.Product(row, row));
            foreach (ref float value in row)
                value *= scale;
        }

        var workspace = new LossWorkspace(items, length) { Miner = miner };
        LossResult first = loss.Evaluate(batch, embeddings, gradients, workspace), second = default;
        Assert.Equal(0, Allocation.Least(() => second = loss.Evaluate(batch, embeddings, gradients, workspace)));
        Assert.Equal(first, second);
        Assert.InRange(first.ActiveShare, 1e-6f, 1f);
    }

    public static TheoryData<int> All => [.. Enumerable.Range(0, Miners.Length)];

    private static readonly (Miner Miner, EmbeddingLoss Loss)[] Miners =
    [
        (new BatchHardMiner(), new TripletLoss()), (new BatchEasyHardMiner(), new NTXentLoss()), (new BatchEasyHardMiner(Hardness.SemiHard, Hardness.Hard), new TripletLoss()),
        (new TripletMarginMiner(), new TripletLoss()), (new TripletMarginMiner(kind: TripletKind.All), new MarginLoss()), (new MultiSimilarityMiner(), new MultiSimilarityLoss()),
        (new PairMarginMiner(), new ContrastiveLoss()), (new AngularMiner(), new TripletLoss()), (new DistanceWeightedMiner(), new TripletLoss()), (MiningSchedule.AllSemiHardHard(), new TripletLoss()),
        (new PairMarginMiner(), new NCALoss()), (new PairMarginMiner(), new SupervisedContrastiveLoss()), (new PairMarginMiner(), new FastAPLoss()),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void Mining_allocates_nothing_and_stays_finite(int index)
    {
        (Miner miner, EmbeddingLoss loss) = Miners[index];
        float[] embeddings = Unit(Rows(6)), gradients = new float[embeddings.Length];
        foreach (int classes in (int[])[1, 4, Count])
        {
            var batch = new Batch(BatchStructure.Classes, Count);
            for (int i = 0; i < Count; i++)
                batch.Classes[i] = i % classes;
            var workspace = new LossWorkspace(Count, Length) { Miner = miner };
            LossResult first = loss.Evaluate(batch, embeddings, gradients, workspace);
            Assert.Equal(0, Allocation.Least(() => loss.Evaluate(batch, embeddings, gradients, workspace)));
            Assert.Equal(first, loss.Evaluate(batch, embeddings, gradients, workspace));
            Assert.True(float.IsFinite(first.Loss));
            Assert.All(gradients, gradient => Assert.True(float.IsFinite(gradient)));
        }
    }
}
