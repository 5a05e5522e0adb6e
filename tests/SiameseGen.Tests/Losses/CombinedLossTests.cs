using SiameseGen.Losses;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Tests.Losses;

public class CombinedLossTests
{
    [Fact]
    public void A_sum_says_what_cannot_be_added()
    {
        Assert.Throws<ArgumentException>(() => new CombinedLoss());
        Assert.Throws<ArgumentOutOfRangeException>(() => new CombinedLoss((new TripletLoss(), 0f)));
        Assert.Throws<ArgumentException>(() => new CombinedLoss((new CombinedLoss((new TripletLoss(), 1f)), 1f)));
        Assert.Throws<ArgumentException>(() => new CombinedLoss((new TripletLoss(), 1f), (new RegularFaceRegularizer(), 1f)));
        Assert.Throws<InvalidOperationException>(() => new RegularFaceRegularizer().Evaluate(new Batch(BatchStructure.Classes, 2), new float[2], new float[2], new LossWorkspace(2, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NormRegularizer(0.5f));
        var sum = new CombinedLoss((new TripletLoss(), 1f), (new ContrastiveLoss(), 0.5f));
        Assert.Equal("1 · Triplet + 0.5 · Contrastive", sum.Name);
        Assert.Equal([BatchStructure.Classes], Enum.GetValues<BatchStructure>().Where(sum.Accepts));
        Assert.True(sum.AcceptsMiner);
        Assert.True(new CombinedLoss((new TripletLoss(), 1f), (new ArcFaceLoss(), 0.5f)).AcceptsMiner);
        Assert.False(new CombinedLoss((new NPairsLoss(), 1f), (new ArcFaceLoss(), 0.5f)).AcceptsMiner);
        Assert.False(new CombinedLoss((new TripletLoss(), 1f), (new CircleLoss(), 0.5f)).HasExactGradient);
    }

    [Fact]
    public void Several_parts_learn_weights_each_its_own()
    {
        const int items = 8, length = 6, classes = 3;
        (EmbeddingLoss Loss, float Weight)[] parts =
        [
            (new ArcFaceLoss(scale: 8f), 0.5f), (new TripletLoss(), 1f), (new MarginLoss(0.3f, 1.1f, learned: LearnedBoundary.PerClass), 0.7f), (new SubCenterArcFaceLoss(centers: 2, scale: 8f), 0.25f),
            (new SupervisedContrastiveLoss(0.3f, LearnedScale.One), 2f),
        ];
        var batch = new Batch(BatchStructure.Classes, items);
        float[] embeddings = new float[items * length];
        var random = new CounterRandom(3, CounterRandom.Purpose.Data, 0);
        for (int i = 0; i < items; i++)
            batch.Classes[i] = i % classes;
        foreach (ref float value in embeddings.AsSpan())
            value = random.NextGaussian();

        var sum = new CombinedLoss(parts);
        LossWeights whole = sum.CreateWeights(classes, length, seed: 5)!;
        float[] actual = new float[embeddings.Length], expected = new float[embeddings.Length], own = new float[embeddings.Length];
        var workspace = new LossWorkspace(items, length) { Learned = whole };
        LossResult result = sum.Evaluate(batch, embeddings, actual, workspace);
        Assert.Equal(4, whole.Parts.Count);
        Assert.Equal((classes * length) + classes + (2 * classes * length) + 1, whole.Values.Length);
        Assert.Same(whole, workspace.Learned);

        double loss = 0;
        List<float> gradients = [];
        foreach ((EmbeddingLoss part, float weight) in parts)
        {
            LossWeights? learned = part.CreateWeights(classes, length, seed: 5);
            loss += weight * part.Evaluate(batch, embeddings, own, new LossWorkspace(items, length) { Learned = learned }).Loss;
            for (int i = 0; i < own.Length; i++)
                expected[i] += weight * own[i];
            if (learned is null)
                continue;
            LossWeights inSum = whole.Parts[gradients.Count == 0 ? 0 : gradients.Count == classes * length ? 1 : gradients.Count == (classes * length) + classes ? 2 : 3];
            Assert.Equal(learned.Values.ToArray(), inSum.Values.ToArray());
            Assert.True(learned.Gradients.ToArray().Any(gradient => gradient != 0), $"{part.Name} learns nothing.");
            gradients.AddRange(learned.Gradients.ToArray().Select(gradient => weight * gradient));
        }

        Assert.Equal(loss, result.Loss, 1e-4);
        Assert.Equal(expected, actual);
        Assert.Equal([.. gradients], whole.Gradients.ToArray());

        // What is changed in the whole is changed in the part.
        whole.Values[^1] = 42f;
        Assert.Equal(42f, whole.Parts[3].Values[0]);
        Assert.Throws<InvalidOperationException>(() => whole.Parts[0].Save("never"));
        Assert.ThrowsAny<ArgumentException>(() => new ArcFaceLoss().Evaluate(batch, embeddings, own, workspace));
        Assert.ThrowsAny<ArgumentException>(() => sum.Evaluate(batch, embeddings, own, new LossWorkspace(items, length) { Learned = new ArcFaceLoss().CreateWeights(classes, length, 1) }));

        // A batch that is refused leaves the workspace as it was.
        batch.Classes[0] = 77;
        Assert.Throws<ArgumentException>(() => sum.Evaluate(batch, embeddings, own, workspace));
        batch.Classes[0] = 0;
        whole.Values[^1] = whole.Parts[3].Values[0] = -MathF.Log(0.3f);
        Assert.Equal(result.Loss, sum.Evaluate(batch, embeddings, own, workspace).Loss, 1e-4f);

        // Tensors of any name get one of their own.
        LossWeights views = new CombinedLoss((new SimSiamLoss(), 1f), (new NTXentLoss(0.3f, LearnedScale.One), 1f)).CreateWeights(classes, length, seed: 1)!;
        Assert.Contains("part1.predictor.hidden.weight", views.Parameters.Info.Tensors.Select(tensor => tensor.Name));
        Assert.Contains("part2.loss.log_scale", views.Parameters.Info.Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void A_regularizer_is_about_the_vectors_of_every_part()
    {
        const int items = 4, length = 5, classes = 2;
        var batch = new Batch(BatchStructure.Classes, items);
        ((int[])[0, 0, 1, 1]).CopyTo(batch.Classes);
        float[] embeddings = [.. Enumerable.Range(1, items * length).Select(i => MathF.Sin(i))], gradients = new float[embeddings.Length];
        (EmbeddingLoss, float) one = (new ArcFaceLoss(scale: 8f), 1f), two = (new CosFaceLoss(scale: 4f), 1f), regularizer = (new RegularFaceRegularizer(), 0.5f);
        float Of(int seed, params (EmbeddingLoss, float)[] parts)
        {
            var sum = new CombinedLoss(parts);
            return sum.Evaluate(batch, embeddings, gradients, new LossWorkspace(items, length) { Learned = sum.CreateWeights(classes, length, seed) }).Loss;
        }

        // Both begin with the same vectors, so that it counts twice.
        float ofOne = Of(1, one, regularizer) - Of(1, one);
        Assert.NotEqual(0f, ofOne);
        Assert.Equal(2 * ofOne, Of(1, one, two, regularizer) - Of(1, one, two), 1e-5f);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_active_share_is_the_largest_of_the_parts(bool satisfiedFirst)
    {
        // Two classes that are far apart: all triplets are satisfied, and a contrastive margin beyond is not.
        var batch = new Batch(BatchStructure.Classes, 4);
        ((int[])[0, 0, 1, 1]).CopyTo(batch.Classes);
        float[] embeddings = [0f, 0.1f, 5f, 5.1f], gradients = new float[4];
        (EmbeddingLoss, float) satisfied = (new TripletLoss(margin: 0.2f), 0.001f), active = (new ContrastiveLoss(margin: 100f), 1f), regularizer = (new NormRegularizer(), 1f);
        LossResult Of(params (EmbeddingLoss, float)[] parts) => new CombinedLoss(parts).Evaluate(batch, embeddings, gradients, new LossWorkspace(4, 1));
        Assert.Equal(0f, Of(satisfied).ActiveShare);
        float share = Of(active).ActiveShare;
        Assert.True(share > 0.5f);
        LossResult both = satisfiedFirst ? Of(satisfied, active, regularizer) : Of(active, satisfied, regularizer);
        Assert.Equal(share, both.ActiveShare);

        // A regularizer has no pairs, and always something to do.
        Assert.Equal((1f, 0f), (Of(regularizer).ActiveShare, Of(satisfied, regularizer).ActiveShare));
    }
}
