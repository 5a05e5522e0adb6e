using Glyphs.Alphabets;
using Xunit;

namespace SiameseGen.Glyphs.Tests.Alphabets;

public class StrokeTests
{
    [Fact]
    public void A_curve_of_three_points_is_the_parabola_of_Bezier()
    {
        List<Point> path = Trace(new Stroke(StrokeShape.Curved, [new(0f, 0f), new(1f, 2f), new(2f, 0f)]));
        Assert.Equal(new Point(0f, 0f), path[0]);
        Assert.Equal(new Point(2f, 0f), path[^1]);
        Assert.Equal(1f, path.Max(point => point.Y), 1e-6f);
        foreach (Point point in path)
            Assert.Equal(point.X * (2f - point.X), point.Y, 1e-5f);
    }

    [Fact]
    public void A_longer_curve_starts_at_its_first_point_and_ends_at_its_last()
    {
        List<Point> path = Trace(new Stroke(StrokeShape.Curved, [new(0f, 0f), new(1f, 1f), new(2f, -1f), new(3f, 0f)]));
        Assert.Equal(new Point(0f, 0f), path[0]);
        Assert.Equal(new Point(3f, 0f), path[^1]);
        Assert.Contains(path, point => point == new Point(1.5f, 0f));
    }

    [Fact]
    public void A_loop_ends_where_it_started_and_stays_within_its_guides()
    {
        List<Point> path = Trace(new Stroke(StrokeShape.Closed, [new(0f, 0f), new(1f, 0f), new(1f, 1f), new(0f, 1f)]));
        Assert.Equal(path[0], path[^1]);
        Assert.All(path, point => Assert.True(point is { X: >= 0f and <= 1f, Y: >= 0f and <= 1f }));
    }

    [Fact]
    public void Distance_is_to_the_path()
    {
        var line = new Stroke(StrokeShape.Straight, [new(0f, 0f), new(1f, 0f)]);
        Assert.Equal(0f, line.DistanceTo(new(0.5f, 0f)));
        Assert.Equal(0.3f, line.DistanceTo(new(1f, 0.3f)));
        Assert.Equal(5f, new Stroke(StrokeShape.Straight, [new(3f, 4f)]).DistanceTo(default));
    }

    private static List<Point> Trace(Stroke stroke)
    {
        var path = new List<Point>();
        stroke.Trace(stroke.Guides, path);
        return path;
    }
}
