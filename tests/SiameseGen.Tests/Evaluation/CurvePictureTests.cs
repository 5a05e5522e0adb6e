using System.Globalization;
using System.Xml.Linq;
using SiameseGen.Evaluation;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Tests.Evaluation;

public class CurvePictureTests
{
    private static readonly RocCurve Curve = new PairScores([1f, 2f, 2f, 4f], [2f, 3f]).Roc;

    [Fact]
    public void Det_points_are_the_normal_deviates_of_the_rates()
    {
        Assert.Equal(3, Curve.Det.Count);
        DetPoint point = Curve.Det[1];
        Assert.Equal((2f, 0.5, 0.25), (point.Threshold, point.FalseMatchRate, point.FalseNonMatchRate));
        Assert.Equal(0, point.FalseMatchDeviate, 1e-12);
        Assert.Equal(-0.6744897501960817, point.FalseNonMatchDeviate, 1e-12);
        Assert.Equal(double.NegativeInfinity, Curve.Det[0].FalseMatchDeviate);
    }

    [Fact]
    public void Normally_distributed_distances_give_a_straight_line()
    {
        // Distances at equal steps of probability of two normal distributions, 2 apart: deviates add up to −2.
        float[] Normal(float mean) => [.. Enumerable.Range(0, 4000).Select(i => mean + (float)NormalDeviate.Of((i + 0.5) / 4000))];
        DetPoint[] points = [.. new PairScores(Normal(0), Normal(2)).Roc.Det.Where(point => point.FalseMatchRate is > 0.01 and < 0.9 && point.FalseNonMatchRate is > 0.01 and < 0.9)];
        Assert.NotEmpty(points);
        Assert.All(points, point => Assert.Equal(-2, point.FalseMatchDeviate + point.FalseNonMatchDeviate, 0.02));
    }

    [Fact]
    public void A_roc_picture_goes_from_one_corner_to_the_other_through_the_points()
    {
        XDocument svg = XDocument.Parse(CurvePicture.Roc(new NamedCurve("mine", Curve)).ToSvg());
        (double X, double Y)[] line = Line(svg, 0);
        Assert.Equal([(80, 500), (80, 380), (320, 140), (560, 140), (560, 20)], line);
    }

    [Fact]
    public void A_det_picture_lies_within_its_frame_and_falls()
    {
        XDocument svg = XDocument.Parse(CurvePicture.Det(new NamedCurve("mine", Curve), new NamedCurve("<raw> & \"more\"\u0001", Curve)).ToSvg());
        (double X, double Y)[] line = Line(svg, 1);
        Assert.Equal((80, 20), line[0]);
        Assert.Equal((560, 500), line[^1]);
        Assert.All(line.Zip(line.Skip(1)), step => Assert.True(step.Second.X >= step.First.X && step.Second.Y >= step.First.Y));
        Assert.Contains("<raw> & \"more\" : EER", svg.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_points_make_no_large_file_and_the_same_one_each_time()
    {
        float[] near = [.. Enumerable.Range(0, 50_000).Select(i => (float)i)], far = [.. near.Select(distance => distance + 20_000.5f)];
        NamedCurve curve = new("many", new PairScores(near, far).Roc);
        string svg = CurvePicture.Det(curve).ToSvg();
        Assert.True(svg.Length < 200_000, $"{svg.Length} characters");
        Assert.Equal(svg, CurvePicture.Det(curve).ToSvg());
    }

    [Fact]
    public void A_picture_is_saved_as_a_whole_or_refused()
    {
        using var folder = new TemporaryFolder();
        CurvePicture picture = CurvePicture.Roc(new NamedCurve("Zoë", Curve));
        picture.Save(folder.File("roc.svg"));
        Assert.Equal(picture.ToSvg(), File.ReadAllText(folder.File("roc.svg")));
        Assert.Single(Directory.GetFiles(folder.FullName));
        Assert.Throws<DirectoryNotFoundException>(() => picture.Save(Path.Combine(folder.FullName, "none", "roc.svg")));
        Assert.Throws<ArgumentException>(() => CurvePicture.Roc());
        Assert.Throws<ArgumentException>(() => CurvePicture.Det(new NamedCurve(" ", Curve)));
        Assert.Throws<ArgumentNullException>(() => CurvePicture.Det(new NamedCurve("none", null!)));
    }

    private static (double X, double Y)[] Line(XDocument svg, int number)
    {
        XElement line = svg.Descendants().Where(element => element.Name.LocalName == "polyline").ElementAt(number);
        return [.. line.Attribute("points")!.Value.Split(' ').Select(place => place.Split(',')).Select(place => (double.Parse(place[0], CultureInfo.InvariantCulture), double.Parse(place[1], CultureInfo.InvariantCulture)))];
    }
}
