using SiameseGen.Data;
using SiameseGen.Images;
using SiameseGen.Tests.Training;
using Xunit;

namespace SiameseGen.Tests.Images;

public class AveragedViewsTests
{
    private static readonly ViewedEncoder Encoder = new(seed: 2);
    private static readonly ImageWarp[] Views = [new(), new() { Rotation = 20f }, new() { ShiftRight = 0.2f, Fill = 0.5f }];

    [Fact]
    public void An_embedding_is_the_mean_of_the_views_at_length_1()
    {
        float[] picture = PictureReference.Picture(ViewedEncoder.Shape), embedding = new float[5];
        new AveragedViews<ViewedEncoder>(Encoder, Views).Embed(picture, embedding);
        double[] mean = Mean(picture, ViewedEncoder.Shape);
        double length = Math.Sqrt(mean.Sum(value => value * value));
        PictureReference.AssertClose([.. mean.Select(value => value / length)], embedding, 1e-6);
    }

    [Fact]
    public void It_keeps_the_length_of_the_mean_if_asked_to()
    {
        float[] picture = PictureReference.Picture(ViewedEncoder.Shape), embedding = new float[5];
        new AveragedViews<ViewedEncoder>(Encoder, Views, normalize: false).Embed(picture, embedding);
        PictureReference.AssertClose(Mean(picture, ViewedEncoder.Shape), embedding, 1e-6);
    }

    [Fact]
    public void A_set_is_embedded_as_each_of_its_pictures_is_whatever_size_they_have()
    {
        var stored = new InputShape(5, 7, 1, IsImage: true);
        var builder = new ExampleSetBuilder(stored.Length);
        for (uint i = 0; i < 9; i++)
            builder.Add(PictureReference.Picture(stored, i), $"class {i / 3}");
        var views = new AveragedViews<ViewedEncoder>(Encoder, Views, stored);
        using var team = new WorkerTeam(2);
        EmbeddingMatrix rows = views.EmbedAll(builder.Build(), team, TestContext.Current.CancellationToken);
        float[] embedding = new float[5];
        for (int i = 0; i < rows.Count; i++)
        {
            views.Embed(PictureReference.Picture(stored, (uint)i), embedding);
            PictureReference.AssertClose([.. embedding.Select(value => (double)value)], rows.Row(i).ToArray(), 1e-6);
        }

        Assert.Equal([0, 0, 0, 1, 1, 1, 2, 2, 2], views.Evaluated(builder.Build(), team, TestContext.Current.CancellationToken).Classes.ToArray());
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        float[] picture = PictureReference.Picture(ViewedEncoder.Shape), embedding = new float[5];
        var views = new AveragedViews<ViewedEncoder>(Encoder, ImageViews.Slight);
        Assert.Equal(0, Allocation.Least(() => views.Embed(picture, embedding)));
    }

    [Fact]
    public void Slight_views_are_thirteen_and_come_in_opposites_about_the_first()
    {
        Assert.Equal(13, ImageViews.Slight.Count);
        Assert.Equal(new ImageWarp(), ImageViews.Slight[0]);
        Assert.Equal(13, ImageViews.Slight.Distinct().Count());
        Assert.Equal(0f, ImageViews.Slight.Sum(view => view.Rotation + view.Shear + view.ShiftRight + view.ShiftDown));
    }

    [Fact]
    public void What_has_no_views_is_refused()
    {
        Assert.Contains("no views to average", Assert.Throws<ArgumentException>(() => new AveragedViews<ViewedEncoder>(Encoder, [])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "takes features, not images",
            Assert.Throws<ArgumentException>(() => new AveragedViews<DenseEncoder<DeclaredNothing>>(new DenseEncoder<DeclaredNothing>(1), Views)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new AveragedViews<ViewedEncoder>(Encoder, Views, new InputShape(3, 4, 3, IsImage: true)));
        var views = new AveragedViews<ViewedEncoder>(Encoder, Views);
        Assert.Throws<ArgumentException>(() => views.Embed(new float[11], new float[5]));
        Assert.Throws<ArgumentException>(() => views.Embed(new float[12], new float[6]));
    }

    private static double[] Mean(float[] picture, InputShape stored)
    {
        double[] mean = new double[5];
        foreach (ImageWarp warp in Views)
        {
            float[] view = new float[12], embedding = new float[5];
            warp.Apply(picture, stored, view, ViewedEncoder.Shape);
            Encoder.Embed(view, embedding);
            for (int i = 0; i < mean.Length; i++)
                mean[i] += embedding[i] / (double)Views.Length;
        }

        return mean;
    }
}
