using SiameseGen.Imaging;
using Xunit;

namespace SiameseGen.Tests.Imaging;

public class PictureTests
{
    [Fact]
    public void One_bit_grey_png_gives_black_and_white()
    {
        Picture picture = Read(PictureBytes.Png(10, 2, 1, 0, [0b10100000, 0b01000000], [0b00000000, 0b11000000]));
        Assert.Equal((2, 10, 1), (picture.Height, picture.Width, picture.Channels));
        Assert.Equal([255, 0, 255, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255], picture.Pixels.ToArray());
    }

    [Fact]
    public void Grey_and_colour_png_keep_their_values()
    {
        Assert.Equal([0, 7, 100, 255], Read(PictureBytes.Png(2, 2, 8, 0, [0, 7], [100, 255])).Pixels.ToArray());
        Picture colour = Read(PictureBytes.Png(2, 1, 8, 2, [1, 2, 3, 250, 251, 252]));
        Assert.Equal(3, colour.Channels);
        Assert.Equal([1, 2, 3, 250, 251, 252], colour.Pixels.ToArray());
    }

    [Fact]
    public void Sixteen_bit_png_is_reduced_to_eight() =>
        Assert.Equal([0x12, 0xFE], Read(PictureBytes.Png(2, 1, 16, 0, [0x12, 0x34, 0xFE, 0x01])).Pixels.ToArray());

    [Fact]
    public void What_is_transparent_is_laid_on_white()
    {
        // Black at alpha 0, half and 1; then a colour at a third: 255 − (255 − value) / 3.
        Assert.Equal([255, 127, 0], Read(PictureBytes.Png(3, 1, 8, 4, [0, 0, 0, 128, 0, 255])).Pixels.ToArray());
        Picture colour = Read(PictureBytes.Png(1, 1, 8, 6, [0, 150, 255, 85]));
        Assert.Equal([170, 220, 255], colour.Pixels.ToArray());
    }

    [Fact]
    public void Bmp_rows_come_from_the_top_and_red_comes_first()
    {
        Picture picture = Read(PictureBytes.Bmp(3, 2, (y, x) => ((byte)(10 * y), (byte)x, 99)));
        Assert.Equal((2, 3, 3), (picture.Height, picture.Width, picture.Channels));
        Assert.Equal([0, 0, 99, 0, 1, 99, 0, 2, 99, 10, 0, 99, 10, 1, 99, 10, 2, 99], picture.Pixels.ToArray());
    }

    [Fact]
    public void Jpeg_of_flat_blocks_is_read_exactly()
    {
        byte[] values = [0, 255, 64, 200, 129, 128];
        Picture picture = Read(PictureBytes.Jpeg(3, values));
        Assert.Equal((16, 24, 1), (picture.Height, picture.Width, picture.Channels));
        for (int i = 0; i < picture.Pixels.Length; i++)
            Assert.Equal(values[(i / 24 / 8 * 3) + (i % 24 / 8)], picture.Pixels[i]);
    }

    [Theory]
    [InlineData("P5\n2 2\n255\n", new byte[] { 0, 50, 100, 255 }, new byte[] { 0, 50, 100, 255 })]
    [InlineData("P5 # made by hand\n# 9 9\n2\t2 # more\n100\n", new byte[] { 0, 50, 100, 20 }, new byte[] { 0, 128, 255, 51 })]
    [InlineData("P5\n1 2\n65535\n", new byte[] { 0xFF, 0xFF, 0x80, 0x00 }, new byte[] { 255, 128 })]
    [InlineData("P2\n3 1\n15\n0 5\n# half way\n15\n", new byte[0], new byte[] { 0, 85, 255 })]
    public void Pgm_is_scaled_from_its_highest_value(string header, byte[] pixels, byte[] expected)
    {
        Picture picture = Read(PictureBytes.Pgm(header, pixels));
        Assert.Equal(1, picture.Channels);
        Assert.Equal(expected, picture.Pixels.ToArray());
    }

    // As text, "10" must not be taken for the line feed that ends a header: the first pixel is the first byte after one blank.
    [Fact]
    public void A_first_pixel_that_looks_like_a_blank_is_a_pixel() =>
        Assert.Equal([10, 32], Read(PictureBytes.Pgm("P5 2 1 255\n", 10, 32)).Pixels.ToArray());

    [Fact]
    public void Ppm_has_three_channels()
    {
        Assert.Equal([1, 2, 3], Read(PictureBytes.Pgm("P6 1 1 255\n", 1, 2, 3)).Pixels.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], Read(PictureBytes.Pgm("P3 2 1 255\n1 2 3 4 5 6")).Pixels.ToArray());
    }

    [Fact]
    public void Grey_is_weighed_as_itu_r_601_says_and_colour_repeats_grey()
    {
        var colour = new Picture(1, 4, 3, [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]);
        Assert.Equal([76, 150, 29, 9], colour.ToChannels(1).Pixels.ToArray());
        Assert.Equal([5, 5, 5, 6, 6, 6], new Picture(1, 2, 1, [5, 6]).ToChannels(3).Pixels.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => colour.ToChannels(2));
    }

    [Fact]
    public void A_picture_is_loaded_from_a_path_and_a_missing_one_is_named()
    {
        using var folder = new Persistence.TemporaryFolder();
        File.WriteAllBytes(folder.File("a.png"), PictureBytes.GreyPng(2, 1, (_, x) => x));
        Assert.Equal([0, 1], Picture.Load(folder.File("a.png")).Pixels.ToArray());
        Assert.Contains("b.png", Assert.Throws<FileNotFoundException>(() => Picture.Load(folder.File("b.png"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_that_do_not_fill_a_picture_are_refused()
    {
        Assert.Throws<ArgumentException>("pixels", () => new Picture(2, 2, 1, [1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>("channels", () => new Picture(1, 1, 2, [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => new Picture(0, 1, 1, []));
    }

    private static Picture Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Picture.Load(stream, "picture");
    }
}
