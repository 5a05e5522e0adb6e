using SiameseGen.Losses;
using SiameseGen.Sampling;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>Worked examples, through the loss that a generated class declares.</summary>
public class PublishedExampleTests
{
    [Theory]
    [InlineData(0.5f, PairLabel.Similar, 0.25f)]
    [InlineData(0.3f, PairLabel.Dissimilar, 0.49f)]
    [InlineData(1.5f, PairLabel.Dissimilar, 0f)]
    public void Contrastive_with_margin_1(float distance, PairLabel label, float expected)
    {
        Assert.Equal(expected, PublishedContrastive.Loss.Value(distance, label), 1e-6f);

        var batch = new Batch(BatchStructure.Pairs, 2);
        batch.PairLabels[0] = label;
        float[] embeddings = [2f, 2f + distance], gradients = new float[2];
        Assert.Equal(expected, PublishedContrastive.Info.Loss!.Evaluate(batch, embeddings, gradients, new LossWorkspace(2, 1)).Loss, 1e-6f);
    }

    [Theory]
    [InlineData(0.5f, 0.6f, 0.2f)]
    [InlineData(0.5f, 0.9f, 0f)]
    public void Triplet_with_margin_0_3(float positive, float negative, float expected)
    {
        Assert.Equal(expected, PublishedTriplet.Loss.Value(positive, negative), 1e-6f);

        float[] embeddings = [2f, 2f + positive, 2f - negative], gradients = new float[3];
        Assert.Equal(expected, PublishedTriplet.Info.Loss!.Evaluate(new Batch(BatchStructure.Triplets, 3), embeddings, gradients, new LossWorkspace(3, 1)).Loss, 1e-6f);
    }

    [Fact]
    public void Labels_are_0_for_similar_and_1_for_dissimilar() => Assert.Equal((0, 1), ((int)PairLabel.Similar, (int)PairLabel.Dissimilar));

    [Fact]
    public void Defaults_are_as_documented()
    {
        Assert.Equal((1f, DistanceMetric.Euclidean), (DefaultContrastive.Loss.Margin, DefaultContrastive.Loss.Distance));
        Assert.Equal((0.2f, DistanceMetric.Euclidean), (DefaultTriplet.Loss.Margin, DefaultTriplet.Loss.Distance));
        Assert.Equal((0.9f, DistanceMetric.Cosine), (ContrastiveCosine.Loss.Margin, ContrastiveCosine.Loss.Distance));
    }
}
