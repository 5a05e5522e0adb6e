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
}
