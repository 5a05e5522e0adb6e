using SiameseGen.Losses;
using SiameseGen.Sampling;
using SiameseGen.Tests.Training;
using SiameseGen.Training;
using Xunit;

namespace SiameseGen.Tests.Sampling;

public class ViewSamplerTests
{
    private static readonly Clusters Examples = new(classes: 5, perClass: 4, inputLength: 3);

    [Fact]
    public void Every_example_is_drawn_twice_and_is_a_class_of_its_own()
    {
        var sampler = new ViewSampler(Examples, 6, seed: 3);
        var batch = new Batch(BatchStructure.Classes, sampler.BatchSize);
        Assert.Equal((12, 4), (sampler.BatchSize, sampler.BatchesPerEpoch));
        List<int> seen = [];
        for (int index = 0; index < sampler.BatchesPerEpoch; index++)
        {
            sampler.Fill(batch, 0, index);
            int[] items = batch.Items.ToArray();
            Assert.Equal(items[..6], items[6..]);
            Assert.Equal(6, items.Distinct().Count());
            Assert.Equal(items, batch.Classes.ToArray());
            seen.AddRange(items[..6]);
        }

        Assert.Equal(Enumerable.Range(0, 20), seen.Take(20).Order());
        sampler.Fill(batch, 1, 0);
        Assert.NotEqual(seen[..6], batch.Items[..6].ToArray());
        int[] first = batch.Items.ToArray();
        new ViewSampler(Examples, 6, seed: 3).Fill(batch, 1, 0);
        Assert.Equal(first, batch.Items.ToArray());
        Assert.Equal(0, Allocation.Least(() => sampler.Fill(batch, 2, 1)));
    }

    [Fact]
    public void Too_few_or_too_many_examples_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ViewSampler(Examples, 1, seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ViewSampler(Examples, 21, seed: 1));
    }

    [Fact]
    public void Training_makes_one_for_a_loss_over_views()
    {
        var options = new TrainingOptions { BatchSize = 16 };
        Assert.Equal(16, Assert.IsType<ViewSampler>(DefaultSampler.For(new BarlowTwinsLoss(), Examples, options)).BatchSize);
        Assert.Equal(40, DefaultSampler.For(new BarlowTwinsLoss(), Examples, new TrainingOptions()).BatchSize); // there are no more than 20 examples
        Assert.Throws<ArgumentException>(() => DefaultSampler.For(new BarlowTwinsLoss(), Examples, new TrainingOptions { BatchSize = 3 }));
        ArgumentException refused = Assert.Throws<ArgumentException>(() => Requirements.SamplerFits(new VICRegLoss(), new ClassBalancedSampler(Examples, 2, 2, 1), null, "sampler"));
        Assert.Contains("ViewSampler", refused.Message, StringComparison.Ordinal);
    }
}
