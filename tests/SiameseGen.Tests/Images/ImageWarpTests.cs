using SiameseGen.Images;
using Xunit;

namespace SiameseGen.Tests.Images;

public class ImageWarpTests
{
    private static readonly InputShape Shape = new(9, 12, 3, IsImage: true);

    public static TheoryData<ImageWarp> Warps =>
    [
        new ImageWarp { Rotation = 30f },
        new ImageWarp { Rotation = -135f, Fill = 0.25f },
        new ImageWarp { Scale = 1.3f },
        new ImageWarp { Scale = 0.6f },
        new ImageWarp { Aspect = 1.5f },
        new ImageWarp { Shear = 0.4f },
        new ImageWarp { ShiftRight = 0.13f, ShiftDown = -0.2f },
        new ImageWarp { Mirrored = true, Rotation = 10f },
        new ImageWarp { Rotation = 17f, Scale = 1.2f, Aspect = 0.8f, Shear = -0.3f, ShiftRight = 0.05f, ShiftDown = 0.08f },
    ];

    [Theory]
    [MemberData(nameof(Warps))]
    public void A_warp_is_the_inverse_of_the_chain_of_its_parts(ImageWarp warp)
    {
        float[] picture = PictureReference.Picture(Shape), result = new float[Shape.Length];
        warp.Apply(picture, Shape, result, Shape);
        PictureReference.AssertClose(PictureReference.Sampled(picture, Shape, Shape, Inverse(warp, Shape, Shape), warp.Fill), result);
    }

    [Theory]
    [InlineData(14, 17)]
    [InlineData(6, 8)]
    public void Another_size_is_resampled_in_the_same_pass(int height, int width)
    {
        InputShape result = Shape with { Height = height, Width = width };
        var warp = new ImageWarp { Rotation = 12f, ShiftRight = 0.1f };
        float[] picture = PictureReference.Picture(Shape), seen = new float[result.Length];
        warp.Apply(picture, Shape, seen, result);
        PictureReference.AssertClose(PictureReference.Sampled(picture, Shape, result, Inverse(warp, Shape, result)), seen);
    }

    [Fact]
    public void Of_a_picture_many_times_as_large_every_pixel_counts()
    {
        var large = new InputShape(32, 32, 1, IsImage: true);
        var small = new InputShape(8, 8, 1, IsImage: true);
        float[] picture = PictureReference.Picture(large), seen = new float[small.Length];
        new ImageWarp().Apply(picture, large, seen, small);
        for (int i = 0; i < seen.Length; i++)
        {
            double mean = 0;
            for (int k = 0; k < 16; k++)
                mean += picture[(((4 * (i / 8)) + (k / 4)) * 32) + (4 * (i % 8)) + (k % 4)] / 16.0;
            Assert.Equal(mean, seen[i], 1e-5);
        }
    }

    [Fact]
    public void As_it_is_made_it_changes_no_bit()
    {
        float[] picture = PictureReference.Picture(Shape), result = new float[Shape.Length];
        new ImageWarp().Apply(picture, Shape, result, Shape);
        Assert.Equal(picture, result);
    }

    [Fact]
    public void A_quarter_turn_moves_pixels_and_changes_none()
    {
        var square = new InputShape(7, 7, 1, IsImage: true);
        float[] picture = PictureReference.Picture(square), result = new float[square.Length];
        new ImageWarp { Rotation = 90f }.Apply(picture, square, result, square);
        for (int i = 0; i < result.Length; i++)
            Assert.Equal(picture[((6 - (i % 7)) * 7) + (i / 7)], result[i]); // clockwise: the first column, from below, is the first row
    }

    [Fact]
    public void A_picture_may_be_changed_in_place()
    {
        var warp = new ImageWarp { Rotation = 40f, Scale = 1.1f };
        float[] picture = PictureReference.Picture(Shape), apart = new float[Shape.Length];
        warp.Apply(picture, Shape, apart, Shape);
        warp.Apply(picture, Shape, picture, Shape);
        Assert.Equal(apart, picture);
    }

    [Theory]
    [InlineData(-725.0)]
    [InlineData(-180.0)]
    [InlineData(-44.9)]
    [InlineData(0.0)]
    [InlineData(45.0)]
    [InlineData(90.0)]
    [InlineData(133.7)]
    [InlineData(359.0)]
    public void Sine_and_cosine_are_those_of_the_library_to_twelve_digits(double degrees)
    {
        (double sin, double cos) = Angle.SinCos(degrees);
        Assert.Equal(Math.Sin(degrees * Math.PI / 180), sin, 1e-12);
        Assert.Equal(Math.Cos(degrees * Math.PI / 180), cos, 1e-12);
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        AssertRefused(() => new ImageWarp { Rotation = 181f }, "Rotation");
        AssertRefused(() => new ImageWarp { Scale = 0f }, "Scale");
        AssertRefused(() => new ImageWarp { Aspect = float.NaN }, "Aspect");
        AssertRefused(() => new ImageWarp { Shear = 3f }, "Shear");
        AssertRefused(() => new ImageWarp { ShiftRight = -1.5f }, "ShiftRight");
        AssertRefused(() => new ImageWarp { ShiftDown = 2f }, "ShiftDown");
        AssertRefused(() => new ImageWarp { Fill = float.PositiveInfinity }, "Fill");
    }

    [Fact]
    public void Lengths_that_are_not_of_the_shape_are_refused()
    {
        var warp = new ImageWarp();
        Assert.Contains("has 324 values; this one has 5", Assert.Throws<ArgumentException>(() => warp.Apply(new float[5], Shape, new float[324], Shape)).Message, StringComparison.Ordinal);
        Assert.Contains("the destination has 5", Assert.Throws<ArgumentException>(() => warp.Apply(new float[324], Shape, new float[5], Shape)).Message, StringComparison.Ordinal);
        Assert.Contains("3 channels and the result 1", Assert.Throws<ArgumentException>(() => warp.Apply(new float[324], Shape, new float[108], Shape with { Channels = 1 })).Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(Func<object?> make, string setting) => Assert.Equal(setting, Assert.Throws<ArgumentOutOfRangeException>(make).ParamName);

    private static Func<int, int, (double X, double Y)> Inverse(ImageWarp warp, InputShape stored, InputShape result)
    {
        double part = Math.Sqrt(warp.Aspect);
        return PictureReference.Inverse(
            stored, result, warp.Rotation, warp.Scale * part * (warp.Mirrored ? -1 : 1), warp.Scale / part, warp.Shear, warp.ShiftRight, warp.ShiftDown);
    }
}
