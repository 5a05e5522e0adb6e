using Glyphs.Pictures;
using Xunit;

namespace SiameseGen.Glyphs.Tests.Pictures;

public class CentringTests
{
    private const int Canvas = Centring.CanvasSide;
    private const int Side = DrawingSet.Side;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(11, -3)]
    [InlineData(-9, 20)]
    public void Where_a_character_stands_does_not_matter(int right, int down)
    {
        Assert.Equal(Centred(Rectangle(30, 35, 31, 26)), Centred(Rectangle(30 + right, 35 + down, 31, 26)));
    }

    [Fact]
    public void Ink_comes_to_the_middle()
    {
        byte[] drawing = Centred(Rectangle(5, 50, 40, 22));
        double x = 0, y = 0, all = 0;
        for (int i = 0; i < drawing.Length; i++)
        {
            x += drawing[i] * ((i % Side) + 0.5);
            y += drawing[i] * ((i / Side) + 0.5);
            all += drawing[i];
        }

        Assert.Equal(Side / 2.0, x / all, 0.02);
        Assert.Equal(Side / 2.0, y / all, 0.02);
    }

    [Fact]
    public void Paper_stays_paper_and_ink_stays_ink()
    {
        byte[] drawing = Centred(Rectangle(30, 30, 40, 40));
        Assert.Equal(255, drawing[(Side / 2 * Side) + (Side / 2)]);
        Assert.Equal(0, drawing[0]);
    }

    [Fact]
    public void A_larger_character_stays_larger_but_by_less()
    {
        double ratio = Math.Sqrt(Centred(Rectangle(20, 20, 60, 60)).Sum(ink => ink) / (double)Centred(Rectangle(20, 20, 30, 30)).Sum(ink => ink));
        Assert.InRange(ratio, 1.1, 1.4);
    }

    [Fact]
    public void A_page_without_ink_is_paper()
    {
        var drawing = new byte[Side * Side];
        drawing.AsSpan().Fill(7);
        Assert.False(Centring.Centre(new byte[Canvas * Canvas], drawing));
        Assert.Equal(new byte[Side * Side], drawing);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(60)]
    [InlineData(105)]
    public void The_window_is_a_mean_of_the_ink_and_a_typical_window(int inkSide)
    {
        double size = (1.15 * Math.Max(inkSide, 25)) + 3;
        Assert.Equal(Math.Pow(80, 0.25) * Math.Pow(size, 0.75), Centring.WindowWidth(inkSide), 1e-3);
    }

    [Fact]
    public void Ink_at_the_edge_of_the_page_is_kept()
    {
        byte[] corner = Centred(Rectangle(0, 0, 12, 12)), middle = Centred(Rectangle(40, 40, 12, 12));
        Assert.Equal(middle, corner);
    }

    private static byte[] Rectangle(int left, int top, int width, int height)
    {
        var canvas = new byte[Canvas * Canvas];
        for (int y = top; y < top + height; y++)
            canvas.AsSpan((y * Canvas) + left, width).Fill(255);
        return canvas;
    }

    private static byte[] Centred(byte[] canvas)
    {
        var drawing = new byte[Side * Side];
        Assert.True(Centring.Centre(canvas, drawing));
        return drawing;
    }
}
