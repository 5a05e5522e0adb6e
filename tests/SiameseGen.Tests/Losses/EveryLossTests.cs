using SiameseGen.Losses;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Losses;

/// <summary>What every loss over batches of classes has to bear, and that it allocates nothing.</summary>
public class EveryLossTests
{
    public static TheoryData<int> Pairwise => [.. Enumerable.Range(0, PairwiseLosses.Length)];

    private static readonly EmbeddingLoss[] PairwiseLosses =
    [
        new TripletLoss(0.3f), new TripletLoss(0.3f, swap: true, soft: true), new NTXentLoss(), new SupervisedContrastiveLoss(), new NPairsLoss(), new MultiSimilarityLoss(), new CircleLoss(), new MarginLoss(),
        new LiftedStructureLoss(), new GeneralizedLiftedStructureLoss(), new AngularLoss(), new FastAPLoss(), new NCALoss(), new SignalToNoiseRatioLoss(), new ContrastiveLoss(squared: false),
        new ArcFaceLoss(), new SubCenterArcFaceLoss(), new CosFaceLoss(), new SphereFaceLoss(), new NormalizedSoftmaxLoss(), new ProxyNCALoss(), new ProxyAnchorLoss(), new SoftTripleLoss(),
        new CombinedLoss((new NTXentLoss(), 1f), (new ArcFaceLoss(), 0.5f)), new MarginLoss(learned: LearnedBoundary.One), new MarginLoss(learned: LearnedBoundary.PerClass),
        new NTXentLoss(reduction: LossReduction.MeanOfAnchors), new NTXentLoss(0.2f, LearnedScale.One), new SupervisedContrastiveLoss(0.2f, LearnedScale.One, reduction: LossReduction.MeanOfAnchors), new AngularLoss(reduction: LossReduction.MeanOfAnchors), new TripletLoss(0.3f, swap: true, reduction: LossReduction.MeanOfAnchors),
        new MarginLoss(learned: LearnedBoundary.PerClass, reduction: LossReduction.MeanOfAnchors), new LiftedStructureLoss(reduction: LossReduction.MeanOfActive), new ContrastiveLoss(reduction: LossReduction.MeanOfAnchors),
        new ContrastiveLoss(reduction: LossReduction.MeanOfActive), new CircleLoss(reduction: LossReduction.Sum),
        new CombinedLoss((new NTXentLoss(), 1f), (new NormRegularizer(1.5f), 0.5f), (new ZeroMeanRegularizer(), 0.5f), (new CenterInvariantRegularizer(), 0.5f)),
        new CombinedLoss((new SoftTripleLoss(), 1f), (new SparseCentersRegularizer(), 0.5f), (new RegularFaceRegularizer(), 0.5f)), new NormRegularizer(), new CenterInvariantRegularizer(),
        new WeightedL1Loss(), new TripletLoss(0.3f, DistanceMetric.SignalToNoise, swap: true), new TripletLoss(0.3f, DistanceMetric.DotProduct),
        new LiftedStructureLoss(1f, DistanceMetric.SignalToNoise), new GeneralizedLiftedStructureLoss(1f, DistanceMetric.DotProduct), new MarginLoss(0.2f, 1.5f, DistanceMetric.SignalToNoise),
    ];

    [Theory]
    [MemberData(nameof(Pairwise))]
    public void Identical_embeddings_one_class_and_no_positives_are_no_trouble(int index)
    {
        EmbeddingLoss loss = PairwiseLosses[index];
        const int count = 9, length = 5;
        var random = new CounterRandom(3, CounterRandom.Purpose.Data, 1);
        foreach (int classes in (int[])[1, 3, count])
        {
            foreach (bool coincide in (bool[])[false, true])
            {
                var batch = new Batch(BatchStructure.Classes, count);
                for (int i = 0; i < count; i++)
                    batch.Classes[i] = i % classes;
                float[] embeddings = new float[count * length], gradients = new float[count * length];
                LossWeights? learned = loss.CreateWeights(classes, length, seed: 1);
                foreach (ref float value in embeddings.AsSpan())
                    value = random.NextSingle(-1f, 1f);
                if (coincide)
                    embeddings.AsSpan(0, 2 * length).Fill(0.25f);
                Array.Fill(gradients, float.NaN);
                LossResult result = loss.Evaluate(batch, embeddings, gradients, new LossWorkspace(count, length) { Learned = learned });
                float[] learnedGradients = learned is null ? [] : learned.Gradients.ToArray();
                Assert.True(float.IsFinite(result.Loss), $"{loss.Name}: {result}");
                Assert.All(learnedGradients, gradient => Assert.True(float.IsFinite(gradient), $"{loss.Name}: {gradient}"));
                Assert.All(gradients, gradient => Assert.True(float.IsFinite(gradient), $"{loss.Name}: {gradient}"));

                // Without a negative, or without a positive, a loss of triplets has nothing to do.
                if (classes is 1 or count && loss is TripletLoss or NTXentLoss or CircleLoss or MarginLoss or LiftedStructureLoss or GeneralizedLiftedStructureLoss or AngularLoss or NCALoss or FastAPLoss)
                {
                    Assert.Equal((0f, 0f), (result.Loss, result.ActiveShare));
                    Assert.All([.. gradients, .. learnedGradients], gradient => Assert.Equal(0f, gradient));
                }
            }
        }
    }

    public static TheoryData<EmbeddingLoss> WithMargins =>
    [
        new TripletLoss(0.3f), new TripletLoss(0.3f, swap: true), new MarginLoss(), new LiftedStructureLoss(), new GeneralizedLiftedStructureLoss(), new ContrastiveLoss(), new ContrastiveLoss(squared: false),
        new SignalToNoiseRatioLoss(), new MarginLoss(learned: LearnedBoundary.PerClass), new TripletLoss(0.3f, reduction: LossReduction.MeanOfAnchors),
        new CombinedLoss((new TripletLoss(0.3f), 1f), (new ContrastiveLoss(), 0.5f)),
    ];

    [Theory]
    [MemberData(nameof(WithMargins), DisableDiscoveryEnumeration = true)]
    public void Where_every_margin_is_kept_loss_and_gradients_are_0(EmbeddingLoss loss)
    {
        // Each class in one point, far from all others.
        const int count = 9, length = 3;
        var batch = new Batch(BatchStructure.Classes, count);
        float[] embeddings = new float[count * length], gradients = new float[count * length];
        for (int i = 0; i < count; i++)
        {
            batch.Classes[i] = i % length;
            embeddings[(i * length) + (i % length)] = 9f;
        }

        LossWeights? learned = loss.CreateWeights(length, length, seed: 1);
        Array.Fill(gradients, float.NaN);
        LossResult result = loss.Evaluate(batch, embeddings, gradients, new LossWorkspace(count, length) { Learned = learned });
        Assert.Equal((0f, 0f), (result.Loss, result.ActiveShare));
        Assert.All([.. gradients, .. learned is null ? [] : learned.Gradients.ToArray()], gradient => Assert.Equal(0f, gradient));
    }

    [Fact]
    public void A_loss_close_to_0_keeps_its_digits()
    {
        // Two classes that lie far apart, each in two points that nearly coincide: e to the gap is far below what a float's 1 + e can hold.
        const int length = 2;
        var batch = new Batch(BatchStructure.Classes, 4);
        batch.Classes[0] = batch.Classes[1] = 0;
        batch.Classes[2] = batch.Classes[3] = 1;
        float[] embeddings = [1f, 0f, 0.8f, 0.6f, 0f, 1f, -0.6f, 0.8f], gradients = new float[8];
        double Similarity(int a, int b) => (embeddings[2 * a] * (double)embeddings[2 * b]) + (embeddings[(2 * a) + 1] * (double)embeddings[(2 * b) + 1]);
        double Mean(Func<int, int, double> similarity, double scale) => Enumerable.Range(0, 4).Average(a =>
            Math.Log(1 + Enumerable.Range(0, 4).Where(n => n / 2 != a / 2).Sum(n => Math.Exp(scale * (similarity(a, n) - similarity(a, a ^ 1))))));

        double contrastive = Mean(Similarity, 100), components = Mean((a, b) => -2 * (1 - Similarity(a, b)), 60);
        Assert.InRange(contrastive, 1e-10, 1e-7);
        Assert.InRange(components, 1e-13, 1e-8);
        LossResult result = new SupervisedContrastiveLoss(0.01f).Evaluate(batch, embeddings, gradients, new LossWorkspace(4, length));
        Assert.InRange(result.Loss / contrastive, 1 - 1e-4, 1 + 1e-4);
        Assert.Contains(gradients, gradient => gradient != 0f);
        result = new NCALoss(60f).Evaluate(batch, embeddings, gradients, new LossWorkspace(4, length));
        Assert.InRange(result.Loss / components, 1 - 1e-4, 1 + 1e-4);
        Assert.Contains(gradients, gradient => gradient != 0f);

        // A classifier whose vectors are the axes.
        var axes = new CosFaceLoss(0.1f, 30f);
        LossWeights weights = axes.CreateWeights(2, length, seed: 1)!;
        ((float[])[1f, 0f, 0f, 1f]).CopyTo(weights.Values);
        float[] own = [1f, 0f, 1f, 0f, 0f, 1f, 0f, 1f];
        result = axes.Evaluate(batch, own, gradients, new LossWorkspace(4, length) { Learned = weights });
        Assert.InRange(result.Loss / Math.Log(1 + Math.Exp(-30 * 0.9)), 1 - 1e-4, 1 + 1e-4);
        Assert.Equal(1f, result.ActiveShare);
    }

    [Theory]
    [MemberData(nameof(Pairwise))]
    public void A_batch_of_many_items_allocates_nothing(int index)
    {
        EmbeddingLoss loss = PairwiseLosses[index];
        const int count = 256, length = 16;
        var batch = new Batch(BatchStructure.Classes, count);
        for (int i = 0; i < count; i++)
            batch.Classes[i] = i / 4;
        var random = new CounterRandom(4, CounterRandom.Purpose.Data, 1);
        float[] embeddings = new float[count * length], gradients = new float[count * length];
        foreach (ref float value in embeddings.AsSpan())
            value = random.NextSingle(-1f, 1f);
        var workspace = new LossWorkspace(count, length) { Learned = loss.CreateWeights(count / 4, length, seed: 1) };
        LossResult first = loss.Evaluate(batch, embeddings, gradients, workspace);
        Assert.Equal(0, Allocation.Least(() => loss.Evaluate(batch, embeddings, gradients, workspace)));
        Assert.Equal(first, loss.Evaluate(batch, embeddings, gradients, workspace));
        Assert.InRange(first.ActiveShare, 0.001f, 1f);
    }
}
