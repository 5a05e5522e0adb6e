using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Tests.Training;

public class TrainingHealthTests
{
    [Theory]
    [InlineData(DistanceMetric.Euclidean, 1f, 1f, true)]
    [InlineData(DistanceMetric.Euclidean, 0.98f, 1f, false)]
    [InlineData(DistanceMetric.Euclidean, 1f, 0f, false)] // no negatives
    [InlineData(DistanceMetric.DotProduct, -0.6f, -0.6f, true)] // as most are: embeddings lie on one side of the origin
    [InlineData(DistanceMetric.DotProduct, -0.001f, 0.0001f, true)] // or all around it
    [InlineData(DistanceMetric.DotProduct, 0.001f, -0.001f, true)]
    [InlineData(DistanceMetric.DotProduct, -0.62f, -0.6f, false)]
    [InlineData(DistanceMetric.DotProduct, -0.02f, 0.0001f, false)]
    [InlineData(DistanceMetric.DotProduct, 0.5f, 0.5f, true)]
    [InlineData(DistanceMetric.DotProduct, 0f, 0f, false)] // not measured
    public void Positives_as_far_as_negatives_are_noticed_with_every_distance(DistanceMetric metric, float positive, float negative, bool isNoticed)
    {
        var health = new TrainingHealth(metric);
        health.Check(epoch: 1, meanLoss: 0.7f, active: 1f, positive, negative, spread: 1f, norm: 1f);
        Assert.Equal(isNoticed ? [TrainingWarningKind.LossAtMargin] : [], health.Warnings.Select(warning => warning.Kind));
    }

    [Fact]
    public void Dot_products_are_measured_by_the_spread_of_what_is_multiplied()
    {
        // Ten times as long: dot products are a hundred times as far apart, and a gap of 0.02 is nothing any more.
        var health = new TrainingHealth(DistanceMetric.DotProduct);
        health.Check(epoch: 1, meanLoss: 0.7f, active: 1f, positive: -60.02f, negative: -60f, spread: 10f, norm: 10f);
        Assert.Equal(TrainingWarningKind.LossAtMargin, Assert.Single(health.Warnings).Kind);
    }
}
