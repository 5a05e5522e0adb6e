using SiameseGen.Imaging;
using Xunit;

namespace SiameseGen.Tests.Imaging;

public class ResizePropertyTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Shrinking_by_a_whole_number_keeps_the_mean_wherever_the_light_is(int factor)
    {
        // Away from the border every source pixel has the same share of all target pixels: 1/factor an axis.
        int side = 8 * factor;
        for (int place = 2 * factor; place < 6 * factor; place++)
        {
            byte[] pixels = new byte[side * side];
            foreach (int y in Enumerable.Range(place - factor, 2 * factor))
                pixels.AsSpan((y * side) + place - factor, 2 * factor).Fill(250);
            double before = pixels.Average(value => value);
            double after = new Picture(side, side, 1, pixels).Resize(8, 8).Pixels.ToArray().Average(value => value);
            Assert.InRange(after - before, -0.5, 0.5);
        }
    }

    [Theory]
    [InlineData(60, 20)]
    [InlineData(60, 43)]
    [InlineData(20, 57)]
    public void A_slope_stays_a_straight_slope_between_the_borders(int from, int to)
    {
        byte[] slope = [.. Enumerable.Range(0, from).Select(x => (byte)(4 * x))];
        ReadOnlySpan<byte> resized = new Picture(1, from, 1, slope).Resize(1, to).Pixels;
        int border = 2 + (2 * to / from);
        for (int x = border; x < to - border; x++)
        {
            // Where the target pixel's middle lies in the source; between pixels of a slope a triangle's mean is its middle, if pixels lie evenly.
            double middle = ((x + 0.5) * from / to) - 0.5;
            Assert.InRange(resized[x] - (4 * middle), -1.0, 1.0);
        }
    }

    [Fact]
    public void Rows_are_treated_as_columns_are()
    {
        byte[] pixels = Noise(23 * 17), turned = new byte[pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
            turned[((i % 17) * 23) + (i / 17)] = pixels[i];
        ReadOnlySpan<byte> one = new Picture(23, 17, 1, pixels).Resize(9, 31).Pixels, other = new Picture(17, 23, 1, turned).Resize(31, 9).Pixels;
        for (int i = 0; i < one.Length; i++)
            Assert.InRange(one[i] - other[((i % 31) * 9) + (i / 31)], -1, 1);
    }

    [Fact]
    public void Channels_are_resized_each_for_itself()
    {
        byte[] grey = Noise(13 * 11);
        byte[] colour = [.. grey.SelectMany(value => new byte[] { value, 77, (byte)(255 - value) })];
        byte[] alone = new Picture(13, 11, 1, grey).Resize(5, 19).Pixels.ToArray();
        ReadOnlySpan<byte> together = new Picture(13, 11, 3, colour).Resize(5, 19).Pixels;
        for (int i = 0; i < alone.Length; i++)
        {
            Assert.Equal(alone[i], together[3 * i]);
            Assert.Equal(77, together[(3 * i) + 1]);
            Assert.InRange(together[(3 * i) + 2] - (255 - alone[i]), -1, 1);
        }
    }

    [Fact]
    public void The_same_size_gives_the_same_picture()
    {
        var picture = new Picture(13, 11, 1, Noise(13 * 11));
        Assert.Same(picture, picture.Resize(13, 11));
        Assert.Equal(picture.Pixels.ToArray(), picture.AsInput(new InputShape(13, 11, 1, true)).ToArray());
    }

    [Fact]
    public void A_result_is_the_same_on_every_machine()
    {
        // A checksum of all pixels; it may only change with the filter.
        uint sum = 0;
        foreach (byte value in new Picture(64, 48, 1, Noise(64 * 48)).Resize(37, 91).Pixels)
            sum = (sum * 31) + value;
        Assert.Equal(1530052401u, sum);
    }

    [Fact]
    public void The_memory_of_a_very_tall_picture_is_no_multiple_of_it()
    {
        var tall = new Picture(30_000_000, 1, 1, new byte[30_000_000]);
        Assert.Equal(100 * 105, tall.Resize(105, 100).Pixels.Length);
        var wide = new Picture(1, 30_000_000, 1, new byte[30_000_000]);
        Assert.Equal(100 * 105, wide.Resize(105, 100).Pixels.Length);
    }

    private static byte[] Noise(int length)
    {
        var random = new CounterRandom(6, CounterRandom.Purpose.Data, 0);
        byte[] values = new byte[length];
        foreach (ref byte value in values.AsSpan())
            value = (byte)random.NextUInt32();
        return values;
    }
}
