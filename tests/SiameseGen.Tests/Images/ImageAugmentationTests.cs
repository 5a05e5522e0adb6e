using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SiameseGen.Images;
using Xunit;

namespace SiameseGen.Tests.Images;

public class ImageAugmentationTests
{
    private static readonly InputShape Shape = new(10, 13, 2, IsImage: true);

    private static readonly ImageAugmentation Everything = new()
    {
        Rotation = 12f,
        Shift = 0.1f,
        Scale = 0.15f,
        Aspect = 0.12f,
        Shear = 0.25f,
        Elastic = 0.03f,
        Thickness = 1.5f,
        Noise = 0.05f,
        Cutout = 0.3f,
        FlipHorizontally = true,
        FlipVertically = true,
        Brightness = 0.2f,
        Contrast = 0.3f,
    };

    [Fact]
    public void With_all_settings_at_zero_a_picture_comes_through_as_it_is()
    {
        float[] picture = PictureReference.Picture(Shape);
        Assert.Equal(picture, Applied(new ImageAugmentation(), picture, 0));
    }

    [Theory]
    [InlineData("Rotation")]
    [InlineData("Scale")]
    [InlineData("Aspect")]
    [InlineData("Shear")]
    [InlineData("Shift")]
    [InlineData("Flip")]
    [InlineData("All")]
    public void What_moves_pixels_agrees_with_the_reference(string what)
    {
        ImageAugmentation limits = what switch
        {
            "Rotation" => new() { Rotation = 90f },
            "Scale" => new() { Scale = 0.7f },
            "Aspect" => new() { Aspect = 0.7f },
            "Shear" => new() { Shear = 0.9f },
            "Shift" => new() { Shift = 0.4f },
            "Flip" => new() { FlipHorizontally = true, FlipVertically = true },
            _ => new() { Rotation = 60f, Scale = 0.5f, Aspect = 0.4f, Shear = 0.5f, Shift = 0.2f, FlipHorizontally = true },
        };
        for (uint index = 0; index < 12; index++)
        {
            float[] picture = PictureReference.Picture(Shape, index);
            (double[] u, bool mirrored, bool upsideDown) = Drawn(index);
            double wider = Math.Exp((limits.Scale * u[1]) + (limits.Aspect * u[2] / 2)), higher = Math.Exp((limits.Scale * u[1]) - (limits.Aspect * u[2] / 2));
            var map = PictureReference.Inverse(
                Shape, Shape, limits.Rotation * u[0], mirrored && limits.FlipHorizontally ? -wider : wider, upsideDown && limits.FlipVertically ? -higher : higher,
                limits.Shear * u[3], limits.Shift * u[4], limits.Shift * u[5]);
            PictureReference.AssertClose(PictureReference.Sampled(picture, Shape, Shape, map), Applied(limits, picture, index), 2e-5);
        }
    }

    [Fact]
    public void Elastic_bends_are_cubic_between_normal_numbers_on_a_grid()
    {
        const float deviation = 0.06f;
        for (uint index = 0; index < 6; index++)
        {
            float[] picture = PictureReference.Picture(Shape, index);
            CounterRandom random = Random(index);
            for (int i = 0; i < 13; i++)
                random.NextUInt32();
            var knots = new double[50];
            foreach (ref double knot in knots.AsSpan())
                knot = random.NextGaussian();
            var expected = PictureReference.Sampled(picture, Shape, Shape, (x, y) =>
            {
                double gx = x * 4.0 / (Shape.Width - 1), gy = y * 4.0 / (Shape.Height - 1), right = 0, down = 0;
                for (int row = -1; row <= 5; row++)
                {
                    for (int column = -1; column <= 5; column++)
                    {
                        double weight = Keys(gx - column) * Keys(gy - row);
                        int at = 2 * ((5 * Math.Clamp(row, 0, 4)) + Math.Clamp(column, 0, 4));
                        right += weight * knots[at];
                        down += weight * knots[at + 1];
                    }
                }

                return (x + (deviation * Shape.Width * right), y + (deviation * Shape.Height * down));
            });
            PictureReference.AssertClose(expected, Applied(new ImageAugmentation { Elastic = deviation }, picture, index), 2e-5);
        }
    }

    [Fact]
    public void Thickness_is_dilation_and_erosion_by_four_neighbours()
    {
        bool thicker = false, thinner = false;
        for (uint index = 0; index < 12; index++)
        {
            float[] picture = PictureReference.Picture(Shape, index);
            double pixels = 2.5 * Drawn(index).Values[8];
            thicker |= pixels > 1;
            thinner |= pixels < -1;
            double[] expected = [.. picture.Select(value => (double)value)];
            for (double left = Math.Abs(pixels); left > 0; left--)
                expected = Moved(expected, Math.Min(left, 1), Math.Sign(pixels));
            PictureReference.AssertClose(expected, Applied(new ImageAugmentation { Thickness = 2.5f }, picture, index));
        }

        Assert.True(thicker && thinner);
    }

    [Fact]
    public void Contrast_is_about_the_mean_and_brightness_is_added_within_limits()
    {
        for (uint index = 0; index < 12; index++)
        {
            float[] picture = PictureReference.Picture(Shape, index);
            double mean = picture.Average(value => (double)value);
            double[] u = Drawn(index).Values;
            double[] expected = [.. picture.Select(value => Math.Clamp(mean + ((value - mean) * (1 + (0.8 * u[9]))) + (0.3 * u[10]), 0.1, 0.9))];
            PictureReference.AssertClose(expected, Applied(new ImageAugmentation { Contrast = 0.8f, Brightness = 0.3f, Lowest = 0.1f, Highest = 0.9f }, picture, index));
        }
    }

    [Fact]
    public void Noise_has_its_deviation_no_mean_and_no_far_outliers()
    {
        var large = new InputShape(100, 100, 1, IsImage: true);
        var noise = new float[large.Length];
        CounterRandom random = Random(0);
        new ImageAugmentation { Noise = 0.5f, Lowest = -9f, Highest = 9f }.Apply(noise, large, noise, large, ref random);
        Assert.Equal(0, noise.Average(value => (double)value), 0.02);
        Assert.Equal(0.5, Math.Sqrt(noise.Average(value => (double)value * value)), 0.01);
        Assert.InRange(noise.Max(), 1.2f, 1.7321f);
        Assert.InRange(noise.Min(), -1.7321f, -1.2f);
        Assert.InRange(noise.Count(value => MathF.Abs(value) < 0.5f) / 10_000.0, 0.64, 0.69);
    }

    [Fact]
    public void Cutout_paints_a_square_about_any_pixel_and_nothing_else()
    {
        var middles = new HashSet<(int, int)>();
        for (uint index = 0; index < 40; index++)
        {
            float[] picture = PictureReference.Picture(Shape, index), seen = Applied(new ImageAugmentation { Cutout = 0.4f, Fill = 7f }, picture, index);
            CounterRandom random = Random(index);
            for (int i = 0; i < 11; i++)
                random.NextUInt32();
            int column = random.NextInt32(Shape.Width), row = random.NextInt32(Shape.Height);
            middles.Add((column, row));
            for (int i = 0; i < seen.Length; i++)
            {
                int x = i / 2 % Shape.Width, y = i / 2 / Shape.Width;
                bool isPainted = x >= column - 2 && x < column + 2 && y >= row - 2 && y < row + 2;
                Assert.Equal(isPainted ? 7f : picture[i], seen[i]);
            }
        }

        Assert.True(middles.Count > 25);
    }

    [Theory]
    [InlineData(0f, 0)]
    [InlineData(1f, 400)]
    [InlineData(0.5f, 200)]
    public void Flips_are_as_likely_as_they_are_said_to_be(float chance, int expected)
    {
        var row = new InputShape(1, 2, 1, IsImage: true);
        int flipped = 0;
        for (uint index = 0; index < 400; index++)
        {
            float[] picture = [0f, 1f];
            CounterRandom random = Random(index);
            new ImageAugmentation { FlipHorizontally = true, FlipChance = chance }.Apply(picture, row, picture, row, ref random);
            flipped += picture[0] == 1f ? 1 : 0;
        }

        Assert.InRange(flipped, expected - 40, expected + 40);
    }

    [Fact]
    public void Values_stay_between_the_least_and_the_largest()
    {
        for (uint index = 0; index < 60; index++)
            Assert.All(Applied(Everything with { Noise = 0.6f, Elastic = 0.2f, Rotation = 180f, Scale = 2f }, PictureReference.Picture(Shape, index), index), value => Assert.InRange(value, 0f, 1f));
    }

    [Fact]
    public void One_setting_does_not_change_what_another_draws()
    {
        float[] picture = PictureReference.Picture(Shape);
        float[] alone = Applied(new ImageAugmentation { Rotation = 30f }, picture, 4), both = Applied(new ImageAugmentation { Rotation = 30f, Cutout = 0.2f, Fill = 0f }, picture, 4);
        Assert.All(alone.Zip(both), pair => Assert.True(pair.First == pair.Second || pair.Second == 0f));
    }

    [Fact]
    public void The_same_numbers_give_the_same_bits_on_every_system()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (uint index = 0; index < 50; index++)
            hash.AppendData(MemoryMarshal.AsBytes(Applied(Everything, PictureReference.Picture(Shape, index), index).AsSpan()));
        Assert.Equal("515247C99181DBC8", Convert.ToHexString(hash.GetHashAndReset())[..16]);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        float[] picture = PictureReference.Picture(Shape), result = new float[Shape.Length];
        uint index = 0;
        Assert.Equal(0, Allocation.Least(() =>
        {
            CounterRandom random = Random(index++);
            Everything.Apply(picture, Shape, result, Shape, ref random);
        }));
    }

    [Fact]
    public void Settings_outside_their_range_are_refused_by_name()
    {
        AssertRefused(() => new ImageAugmentation { Rotation = -1f }, "Rotation is the largest angle in degrees, from 0 to 180.");
        AssertRefused(() => new ImageAugmentation { Shift = 1.01f }, "Shift is");
        AssertRefused(() => new ImageAugmentation { Scale = float.NaN }, "Scale is");
        AssertRefused(() => new ImageAugmentation { Aspect = 2.5f }, "Aspect is");
        AssertRefused(() => new ImageAugmentation { Shear = -0.1f }, "Shear is");
        AssertRefused(() => new ImageAugmentation { Elastic = 0.3f }, "Elastic is");
        AssertRefused(() => new ImageAugmentation { Thickness = 9f }, "Thickness is");
        AssertRefused(() => new ImageAugmentation { Contrast = 1f }, "Contrast is");
        AssertRefused(() => new ImageAugmentation { Brightness = float.PositiveInfinity }, "Brightness is");
        AssertRefused(() => new ImageAugmentation { Noise = 1.5f }, "Noise is");
        AssertRefused(() => new ImageAugmentation { Cutout = 2f }, "Cutout is");
        AssertRefused(() => new ImageAugmentation { FlipChance = -0.5f }, "FlipChance is");
        AssertRefused(() => new ImageAugmentation { Fill = float.NaN }, "Fill is");
        AssertRefused(() => new ImageAugmentation { Lowest = float.NaN }, "Lowest is");
        AssertRefused(() => new ImageAugmentation { Highest = float.NaN }, "Highest is");
    }

    private static void AssertRefused(Func<object?> make, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);

    private static CounterRandom Random(uint index) => new(3, CounterRandom.Purpose.Augmentation, index, 11);

    private static float[] Applied(ImageAugmentation augmentation, float[] picture, uint index)
    {
        var result = new float[picture.Length];
        CounterRandom random = Random(index);
        augmentation.Apply(picture, Shape, result, Shape, ref random);
        return result;
    }

    // What is drawn for a picture, from −1 to 1: turn, size, aspect, shear, right, down, two chances of a flip, thickness, contrast, brightness.
    private static (double[] Values, bool Mirrored, bool UpsideDown) Drawn(uint index)
    {
        CounterRandom random = Random(index);
        float[] uniform = new float[11];
        foreach (ref float value in uniform.AsSpan())
            value = random.NextSingle();
        return ([.. uniform.Select(value => (2.0 * value) - 1)], uniform[6] < 0.5f, uniform[7] < 0.5f);
    }

    // Keys's kernel with a = −½.
    private static double Keys(double distance)
    {
        double x = Math.Abs(distance);
        return x < 1 ? (((1.5 * x) - 2.5) * x * x) + 1 : x < 2 ? (((((-0.5 * x) + 2.5) * x) - 4) * x) + 2 : 0;
    }

    private static double[] Moved(double[] from, double share, int sign)
    {
        double At(int x, int y, int channel) =>
            x < 0 || y < 0 || x >= Shape.Width || y >= Shape.Height ? double.NegativeInfinity : sign * from[(((y * Shape.Width) + x) * 2) + channel];
        return [.. Enumerable.Range(0, from.Length).Select(i =>
        {
            int channel = i % 2, x = i / 2 % Shape.Width, y = i / 2 / Shape.Width;
            double most = new[] { At(x, y, channel), At(x - 1, y, channel), At(x + 1, y, channel), At(x, y - 1, channel), At(x, y + 1, channel) }.Max();
            return ((1 - share) * from[i]) + (share * sign * most);
        })];
    }
}
