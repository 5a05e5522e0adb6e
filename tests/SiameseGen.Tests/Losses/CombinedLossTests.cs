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
        Assert.Throws<ArgumentException>(() => new CombinedLoss((new ArcFaceLoss(), 1f), (new CosFaceLoss(), 1f)));
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
