using SiameseGen.Data;
using SiameseGen.Images;
using SiameseGen.Tests.Training;
using Xunit;

namespace SiameseGen.Tests.Images;

public class AugmentedImageSetTests
{
    private static readonly InputShape Stored = new(5, 7, 1, IsImage: true);

    [Fact]
    public void A_set_shows_what_the_augmentation_makes_of_its_pictures()
    {
        var augmentation = new ImageAugmentation { Rotation = 30f, Noise = 0.1f };
        foreach (InputShape stored in new[] { Stored, ViewedEncoder.Shape })
        {
            AugmentedImageSet seen = Pictures(stored).Augmented<ViewedEncoder>(augmentation, stored.Height, stored.Width);
            float[] read = new float[seen.InputLength], expected = new float[12];
            CounterRandom random = Random(4), same = Random(4);
            seen.Read(2, read, ref random);
            augmentation.Apply(PictureReference.Picture(stored, 2), stored, expected, ViewedEncoder.Shape, ref same);
            Assert.Equal(expected, read);
        }
    }

    [Fact]
    public void Everything_else_is_the_sets()
    {
        ExampleSet pictures = Pictures(ViewedEncoder.Shape);
        AugmentedImageSet seen = pictures.Augmented<ViewedEncoder>(new ImageAugmentation());
        Assert.Equal((6, 12), (seen.Count, seen.InputLength));
        Assert.Equal(pictures.Classes.ToArray(), seen.Classes.ToArray());
        Assert.Equal(pictures.ClassNames, seen.ClassNames);
        Assert.Equal(pictures.GroupNames, seen.GroupNames);
        Assert.Throws<ArgumentException>(() => ClassSplit.EnsureDisjoint(seen, pictures));
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        AugmentedImageSet seen = Pictures(Stored).Augmented<ViewedEncoder>(new ImageAugmentation { Rotation = 30f, Elastic = 0.02f, Thickness = 1f }, 5, 7);
        float[] read = new float[12];
        Assert.Equal(0, Allocation.Least(() =>
        {
            CounterRandom random = Random(1);
            seen.Read(3, read, ref random);
        }));
    }

    [Fact]
    public void Sets_that_do_not_fit_are_refused()
    {
        ExampleSet pictures = Pictures(Stored);
        Assert.Contains("this one has 35", Assert.Throws<ArgumentException>(() => pictures.Augmented<ViewedEncoder>(new ImageAugmentation())).Message, StringComparison.Ordinal);
        Assert.Contains(
            "takes features, not images",
            Assert.Throws<ArgumentException>(() => pictures.Augmented<DenseEncoder<DeclaredNothing>>(new ImageAugmentation())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ImageViewSet(pictures, new ImageWarp(), ViewedEncoder.Shape, ViewedEncoder.Shape));
    }

    private static CounterRandom Random(uint index) => new(3, CounterRandom.Purpose.Augmentation, index);

    private static ExampleSet Pictures(InputShape shape)
    {
        var builder = new ExampleSetBuilder(shape.Length);
        for (uint i = 0; i < 6; i++)
            builder.Add(PictureReference.Picture(shape, i), $"class {i / 2}", "group");
        return builder.Build();
    }
}
