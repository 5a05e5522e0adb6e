using SiameseGen.Losses;
using SiameseGen.Reference;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Losses;

public class LossTests
{
    [Theory]
    [InlineData(0.5f, PairLabel.Similar, 0.25f)]
    [InlineData(0.3f, PairLabel.Dissimilar, 0.49f)]
    [InlineData(1.5f, PairLabel.Dissimilar, 0f)]
    public void Contrastive_loss_gives_the_published_examples(float distance, PairLabel label, float expected)
    {
        var loss = new ContrastiveLoss(margin: 1f);
        Assert.Equal(expected, loss.Value(distance, label), 1e-6f);

        var batch = new Batch(BatchStructure.Pairs, 2);
        batch.PairLabels[0] = label;
        LossResult result = loss.Evaluate(batch, [0f, 0f, 0f, distance], new float[4], new LossWorkspace(2, 2));
        Assert.Equal(expected, result.Loss, 1e-6f);
        Assert.Equal(expected > 0f ? 1f : 0f, result.ActiveShare);
        Assert.Equal(distance, label is PairLabel.Similar ? result.PositiveDistance : result.NegativeDistance);
    }

    [Theory]
    [InlineData(0.5f, 0.6f, 0.2f)]
    [InlineData(0.5f, 0.9f, 0f)]
    public void Triplet_loss_gives_the_published_examples(float anchorPositive, float anchorNegative, float expected)
    {
        var loss = new TripletLoss(margin: 0.3f);
        Assert.Equal(expected, loss.Value(anchorPositive, anchorNegative), 1e-6f);

        var batch = new Batch(BatchStructure.Triplets, 3);
        LossResult result = loss.Evaluate(batch, [0f, anchorPositive, -anchorNegative], new float[3], new LossWorkspace(3, 1));
        Assert.Equal(expected, result.Loss, 1e-6f);
        Assert.Equal((anchorPositive, anchorNegative), (result.PositiveDistance, result.NegativeDistance));
    }

    public static TheoryData<string, BatchStructure, DistanceMetric, int> Cases()
    {
        var cases = new TheoryData<string, BatchStructure, DistanceMetric, int>();
        foreach (DistanceMetric metric in Enum.GetValues<DistanceMetric>())
        {
            foreach (int length in (int[])[3, 16, 37])
            {
                if (metric is not DistanceMetric.DotProduct)
                {
                    cases.Add("Contrastive", BatchStructure.Pairs, metric, length);
                    cases.Add("Contrastive", BatchStructure.Classes, metric, length);
                }

                cases.Add("Triplet", BatchStructure.Triplets, metric, length);
                cases.Add("Triplet", BatchStructure.Classes, metric, length);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_and_gradient_agree_with_the_definition_in_double_precision(string name, BatchStructure structure, DistanceMetric metric, int length)
    {
        const int count = 12;
        Batch batch = RandomBatch(structure, count, classes: 4);
        var random = new CounterRandom(11, CounterRandom.Purpose.Data, (uint)length);
        float[] embeddings = new float[count * length];
        float spread = metric is DistanceMetric.Manhattan ? 1f / length : 1f / MathF.Sqrt(length);
        foreach (ref float value in embeddings.AsSpan())
            value = random.NextSingle(-spread, spread);
        float margin = metric switch { DistanceMetric.SquaredEuclidean => 0.8f, DistanceMetric.SignalToNoise => 2.5f, _ => 0.9f };
        EmbeddingLoss loss = name == "Contrastive" ? new ContrastiveLoss(margin, metric) : new TripletLoss(margin / 3, metric);
        LossReference reference = (name, structure) switch
        {
            ("Contrastive", BatchStructure.Pairs) => ContrastiveLossReference.OfPairs(margin, metric, batch.PairLabels.ToArray()),
            ("Contrastive", _) => ContrastiveLossReference.OfClasses(margin, metric, batch.Classes.ToArray()),
            (_, BatchStructure.Triplets) => TripletLossReference.OfTriplets(margin / 3, metric, count / 3),
            _ => TripletLossReference.OfClasses(margin / 3, metric, batch.Classes.ToArray()),
        };

        float[] gradients = new float[embeddings.Length];
        Array.Fill(gradients, float.NaN); // gradients of activations are overwritten, whatever was there
        LossResult result = loss.Evaluate(batch, embeddings, gradients, new LossWorkspace(count + 3, length));

        double[] exact = Array.ConvertAll(embeddings, value => (double)value);
        Assert.Equal(reference.Value(exact, length), result.Loss, 1e-5 * Math.Max(1, result.Loss));
        Assert.InRange(result.ActiveShare, 0.05f, 1f);
        double[] expected = reference.Gradient(exact, length);
        double tolerance = 2e-5 * Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < exact.Length; i++)
            Assert.Equal(expected[i], gradients[i], tolerance);
    }

    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.SquaredEuclidean)]
    [InlineData(DistanceMetric.Cosine)]
    [InlineData(DistanceMetric.Manhattan)]
    [InlineData(DistanceMetric.SignalToNoise)]
    [InlineData(DistanceMetric.DotProduct)]
    public void Gradients_are_finite_where_all_embeddings_coincide(DistanceMetric metric)
    {
        foreach (float value in (float[])[0f, 0.5f, 1e-30f])
        {
            foreach (BatchStructure structure in Enum.GetValues<BatchStructure>())
            {
                foreach (EmbeddingLoss loss in (EmbeddingLoss[])[new TripletLoss(0.3f, metric), .. metric is DistanceMetric.DotProduct ? (EmbeddingLoss[])[] : [new ContrastiveLoss(1f, metric)]])
                {
                    if (!loss.Accepts(structure))
                        continue;
                    float[] embeddings = new float[12 * 5], gradients = new float[12 * 5];
                    Array.Fill(embeddings, value);
                    LossResult result = loss.Evaluate(RandomBatch(structure, 12, 3), embeddings, gradients, new LossWorkspace(12, 5));
                    Assert.True(float.IsFinite(result.Loss));
                    Assert.All(gradients, gradient => Assert.True(float.IsFinite(gradient)));
                }
            }
        }
    }

    [Fact]
    public void A_batch_in_which_nothing_is_active_has_loss_and_gradient_zero()
    {
        float[] embeddings = [0f, 0f, 0f, 0f, 9f, 9f, 9f, 9f], gradients = new float[8];
        Batch batch = RandomBatch(BatchStructure.Classes, 4, 2);
        batch.Classes[0] = batch.Classes[1] = 0;
        batch.Classes[2] = batch.Classes[3] = 1;
        foreach (EmbeddingLoss loss in (EmbeddingLoss[])[new ContrastiveLoss(1f), new TripletLoss(1f)])
        {
            Array.Fill(gradients, 7f);
            LossResult result = loss.Evaluate(batch, embeddings, gradients, new LossWorkspace(4, 2));
            Assert.Equal((0f, 0f), (result.Loss, result.ActiveShare));
            Assert.All(gradients, gradient => Assert.Equal(0f, gradient));
        }
    }

    [Fact]
    public void More_active_triplets_than_an_int_holds_are_counted()
    {
        const int each = 1030; // 2 · 1030 · 1029 · 1030 triplets, all of them active
        var batch = new Batch(BatchStructure.Classes, 2 * each);
        batch.Classes[each..].Fill(1);
        float[] gradients = new float[2 * each];
        LossResult result = new TripletLoss(0.5f).Evaluate(batch, new float[2 * each], gradients, new LossWorkspace(2 * each, 1));
        Assert.Equal(0.5f, result.Loss, 1e-5f);
        Assert.Equal(1f, result.ActiveShare);
    }

    [Fact]
    public void A_mean_of_anchors_counts_large_classes_no_more_than_small_ones()
    {
        // Distances on a line: class 0 at 0, 1 and 3, class 1 at 10 and 12; each is farther than the margin from the other class.
        float[] embeddings = [0f, 1f, 3f, 10f, 12f], gradients = new float[5];
        var batch = new Batch(BatchStructure.Classes, 5);
        batch.Classes[3] = batch.Classes[4] = 1;
        float Loss(LossReduction reduction) => new ContrastiveLoss(1f, squared: false, reduction: reduction).Evaluate(batch, embeddings, gradients, new LossWorkspace(5, 1)).Loss;
        Assert.Equal((1f + 3f + 2f + 2f) / 4, Loss(LossReduction.Default), 1e-6f);
        Assert.Equal(8f, Loss(LossReduction.Sum), 1e-6f);
        Assert.Equal((2f + 1.5f + 2.5f + 2f + 2f) / 5, Loss(LossReduction.MeanOfAnchors), 1e-6f);
        Assert.Equal(2f, Loss(LossReduction.MeanOfActive), 1e-6f);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NTXentLoss(reduction: (LossReduction)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContrastiveLoss(reduction: (LossReduction)9));
    }

    [Fact]
    public void Memory_for_large_batches_of_pairs_holds_no_matrix()
    {
        var workspace = new LossWorkspace(70_000, 4);
        Assert.Equal(70_000, workspace.Capacity);
        Assert.Throws<InvalidOperationException>(() => workspace.Distances);
    }

    [Fact]
    public void A_batch_of_one_class_has_no_negatives_and_one_of_single_examples_no_positives()
    {
        float[] embeddings = [0f, 1f, 3f], gradients = new float[3];
        var batch = new Batch(BatchStructure.Classes, 3);
        var workspace = new LossWorkspace(3, 1);
        LossResult oneClass = new ContrastiveLoss(1f).Evaluate(batch, embeddings, gradients, workspace);
        Assert.Equal((1f + 9f + 4f) / 3, oneClass.Loss, 1e-6f);
        Assert.Equal(0f, oneClass.NegativeDistance);
        Assert.Equal(0f, new TripletLoss(1f).Evaluate(batch, embeddings, gradients, workspace).Loss);
        Assert.All(gradients, gradient => Assert.Equal(0f, gradient));

        batch.Classes[1] = 1;
        batch.Classes[2] = 2;
        LossResult singles = new ContrastiveLoss(2f).Evaluate(batch, embeddings, gradients, workspace);
        Assert.Equal(1f / 3, singles.Loss, 1e-6f);
        Assert.Equal(0f, singles.PositiveDistance);
        Assert.Equal(0f, new TripletLoss(1f).Evaluate(batch, embeddings, gradients, workspace).Loss);
    }

    [Fact]
    public void A_distance_that_is_not_a_number_shows_in_the_loss()
    {
        float[] embeddings = [float.NaN, 1f, 2f, 3f, 4f, 5f], gradients = new float[6];
        foreach (BatchStructure structure in Enum.GetValues<BatchStructure>())
        {
            foreach (EmbeddingLoss loss in (EmbeddingLoss[])[new ContrastiveLoss(1f), new TripletLoss(0.3f), new ContrastiveLoss(reduction: LossReduction.MeanOfActive), new NTXentLoss(reduction: LossReduction.MeanOfActive)])
            {
                if (loss.Accepts(structure))
                    Assert.True(float.IsNaN(loss.Evaluate(RandomBatch(structure, 6, 3), embeddings, gradients, new LossWorkspace(6, 1)).Loss));
            }
        }
    }

    [Fact]
    public void Batches_that_a_loss_is_not_defined_for_and_memory_that_does_not_fit_are_refused()
    {
        var workspace = new LossWorkspace(6, 1);
        Assert.Throws<ArgumentException>(() => new ContrastiveLoss(1f).Evaluate(new Batch(BatchStructure.Triplets, 6), new float[6], new float[6], workspace));
        Assert.Throws<ArgumentException>(() => new TripletLoss(1f).Evaluate(new Batch(BatchStructure.Pairs, 6), new float[6], new float[6], workspace));
        Assert.Throws<ArgumentException>(() => new TripletLoss(1f).Evaluate(new Batch(BatchStructure.Classes, 7), new float[7], new float[7], workspace));
        Assert.Throws<ArgumentException>(() => new TripletLoss(1f).Evaluate(new Batch(BatchStructure.Triplets, 5), new float[5], new float[5], workspace));
        Assert.Throws<ArgumentException>(() => new TripletLoss(1f).Evaluate(new Batch(BatchStructure.Classes, 6), new float[6], new float[5], workspace));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContrastiveLoss(0f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TripletLoss(float.NaN));
        Assert.Equal("distance", Assert.Throws<ArgumentOutOfRangeException>(() => new ContrastiveLoss(1f, (DistanceMetric)6)).ParamName);
        Assert.Equal("distance", Assert.Throws<ArgumentOutOfRangeException>(() => new ContrastiveLoss(1f, DistanceMetric.DotProduct)).ParamName);
        Assert.Equal("distance", Assert.Throws<ArgumentOutOfRangeException>(() => new MarginLoss(1f, 1f, DistanceMetric.DotProduct)).ParamName);
        Assert.Equal("distance", Assert.Throws<ArgumentOutOfRangeException>(() => new TripletLoss(1f, (DistanceMetric)(-1))).ParamName);
    }

    internal static Batch RandomBatch(BatchStructure structure, int count, int classes)
    {
        var batch = new Batch(structure, count);
        for (int i = 0; i < count; i++)
            batch.Classes[i] = i % classes;
        for (int i = 0; i < batch.PairLabels.Length; i++)
            batch.PairLabels[i] = i % 2 == 0 ? PairLabel.Dissimilar : PairLabel.Similar;
        return batch;
    }
}
