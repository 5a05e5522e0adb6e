using SiameseGen.Imaging;
using Xunit;

namespace SiameseGen.Tests.Imaging;

public class ResizeTests
{
    [Fact]
    public void Halving_weighs_pixels_by_a_triangle_two_target_pixels_wide()
    {
        // The middle of target pixel 1 is at 2.5 among the centres 0, 1, 2, …; the weights of pixels 1 to 4 are 1, 3, 3, 1 eighths.
        var row = new Picture(1, 8, 1, [0, 80, 160, 0, 240, 0, 0, 0]);
        Assert.Equal((byte)((80 + (3 * 160) + (3 * 0) + 240) / 8.0), row.Resize(1, 4).Pixels[1]);
    }

    [Fact]
    public void At_the_border_the_weights_that_are_left_sum_to_one()
    {
        // Pixels 0, 1, 2 with 3, 3, 1 sevenths.
        var row = new Picture(1, 8, 1, [70, 140, 210, 0, 0, 0, 0, 0]);
        Assert.Equal((byte)(((3 * 70) + (3 * 140) + 210) / 7.0), row.Resize(1, 4).Pixels[0]);
    }

    [Fact]
    public void Enlarging_is_linear_between_pixels()
    {
        var row = new Picture(1, 2, 1, [0, 100]);
        Assert.Equal([0, 25, 75, 100], row.Resize(1, 4).Pixels.ToArray());
        Assert.Equal([0, 25, 75, 100], new Picture(2, 1, 1, [0, 100]).Resize(4, 1).Pixels.ToArray());
    }

    [Theory]
    [InlineData(13, 7)]
    [InlineData(5, 100)]
    [InlineData(1, 1)]
    [InlineData(64, 64)]
    public void One_colour_stays_that_colour(int height, int width)
    {
        Picture resized = new Picture(29, 31, 3, [.. Enumerable.Range(0, 29 * 31).SelectMany(_ => new byte[] { 0, 137, 255 })]).Resize(height, width);
        Assert.Equal((height, width), (resized.Height, resized.Width));
        for (int i = 0; i < resized.Pixels.Length; i++)
            Assert.Equal(i % 3 == 0 ? 0 : i % 3 == 1 ? 137 : 255, resized.Pixels[i]);
    }

    [Fact]
    public void Every_pixel_counts_when_a_picture_shrinks()
    {
        // A chessboard becomes grey; picking pixels would make it black or white.
        var board = new Picture(90, 90, 1, [.. Enumerable.Range(0, 8100).Select(i => (byte)(((i / 90) + i) % 2 * 255))]);
        foreach (byte value in board.Resize(10, 10).Pixels)
            Assert.InRange(value, 125, 130);
    }

    [Fact]
    public void A_mirrored_picture_gives_the_mirrored_result()
    {
        var random = new CounterRandom(3, CounterRandom.Purpose.Data, 0);
        byte[] pixels = new byte[37];
        foreach (ref byte value in pixels.AsSpan())
            value = (byte)random.NextUInt32();
        byte[] straight = new Picture(1, 37, 1, pixels).Resize(1, 11).Pixels.ToArray();
        byte[] mirrored = new Picture(1, 37, 1, [.. pixels.Reverse()]).Resize(1, 11).Pixels.ToArray();
        for (int i = 0; i < 11; i++)
            Assert.InRange(mirrored[10 - i] - straight[i], -1, 1); // rounding of sums in another order
    }

    [Fact]
    public void Sizes_of_nothing_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("height", () => new Picture(1, 1, 1, [0]).Resize(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => new Picture(1, 1, 1, [0]).Resize(1, 0));
    }
}
