using Glyphs.Pictures;
using Xunit;

namespace SiameseGen.Glyphs.Tests.Pictures;

public class AffineTests
{
    [Fact]
    public void There_are_eight_symmetries_of_a_square()
    {
        (float, float)[] corners = [(1f, 1f), (-1f, 1f), (-1f, -1f), (1f, -1f)];
        var images = Enumerable.Range(0, 8).Select(index => corners.Select(corner => Map(Affine.Symmetry(index), corner)).ToArray()).ToArray();
        Assert.All(images, image => Assert.Equal(corners.Order(), image.Order()));
        Assert.Equal(8, images.Select(image => string.Join(" ", image)).Distinct().Count());
        Assert.Equal(Affine.Identity, Affine.Symmetry(0));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.105f)]
    [InlineData(-1f)]
    public void A_rotation_turns_by_twice_the_angle_of_its_tangent(float t)
    {
        double angle = 2 * Math.Atan(t);
        (float x, float y) = Map(Affine.Rotation(t), (1f, 0f));
        Assert.Equal(Math.Cos(angle), x, 1e-6);
        Assert.Equal(Math.Sin(angle), y, 1e-6);
        Assert.Equal((-y, x), Map(Affine.Rotation(t), (0f, 1f)));
    }

    [Fact]
    public void One_map_after_another_is_a_map()
    {
        var first = new Affine(1f, 2f, 3f, 4f, 5f, 6f);
        var second = new Affine(7f, -1f, 2f, 0.5f, 3f, -4f);
        Assert.Equal(Map(second, Map(first, (2f, 3f))), Map(first.Then(second), (2f, 3f)));
    }

    private static (float X, float Y) Map(Affine map, (float X, float Y) point) =>
        ((map.Xx * point.X) + (map.Xy * point.Y) + map.X, (map.Yx * point.X) + (map.Yy * point.Y) + map.Y);
}
