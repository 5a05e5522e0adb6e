using System.Buffers.Binary;
using SiameseGen.Imaging;
using Xunit;

namespace SiameseGen.Tests.Imaging;

/// <summary>The less common ways in which PNG and BMP lay out pixels: palettes, few bits, interlacing, rows from the top.</summary>
public class PixelLayoutTests
{
    private static readonly byte[] Palette = [10, 20, 30, 40, 50, 60, 70, 80, 90, 200, 210, 220];

    [Theory]
    [InlineData(1, new byte[] { 0b0101_0000 }, new[] { 0, 1, 0, 1 })]
    [InlineData(2, new byte[] { 0b00_01_10_11 }, new[] { 0, 1, 2, 3 })]
    [InlineData(4, new byte[] { 0x01, 0x32 }, new[] { 0, 1, 3, 2 })]
    [InlineData(8, new byte[] { 3, 0, 2, 1 }, new[] { 3, 0, 2, 1 })]
    public void Png_with_a_palette_gives_its_colours(int bits, byte[] row, int[] expected)
    {
        Picture picture = Read(PictureBytes.ChunkedPng(4, 1, bits, 3, [[0, .. row]], ("PLTE", Palette)));
        Assert.Equal(3, picture.Channels);
        Assert.Equal(expected.SelectMany(colour => Palette[(3 * colour)..((3 * colour) + 3)]), picture.Pixels.ToArray());
    }

    [Fact]
    public void Png_with_a_transparent_colour_in_its_palette_is_laid_on_white() =>
        Assert.Equal(
            [255, 255, 255, 40, 50, 60, 70, 80, 90],
            Read(PictureBytes.ChunkedPng(3, 1, 8, 3, [[0, 0, 1, 2]], ("PLTE", Palette), ("tRNS", [0, 255]))).Pixels.ToArray());

    [Fact]
    public void Png_with_a_shade_that_is_transparent_is_laid_on_white() =>
        Assert.Equal([7, 255, 9], Read(PictureBytes.ChunkedPng(3, 1, 8, 0, [[0, 7, 8, 9]], ("tRNS", [0, 8]))).Pixels.ToArray());

    [Theory]
    [InlineData(2, new byte[] { 0b00_01_10_11 }, new byte[] { 0, 85, 170, 255 })]
    [InlineData(4, new byte[] { 0x01, 0x8F }, new byte[] { 0, 17, 136, 255 })]
    public void Png_of_few_bits_spans_black_to_white(int bits, byte[] row, byte[] expected) =>
        Assert.Equal(expected, Read(PictureBytes.Png(4, 1, bits, 0, row)).Pixels.ToArray());

    // None, left, above, their mean, Paeth's choice of the nearest: each row is 1 more than what it is predicted from.
    [Fact]
    public void Png_filters_are_undone() =>
        Assert.Equal(
            [10, 20, 30, 1, 2, 3, 2, 3, 4, 2, 3, 4, 3, 4, 5],
            Read(PictureBytes.ChunkedPng(3, 5, 8, 0, [[0, 10, 20, 30], [1, 1, 1, 1], [2, 1, 1, 1], [3, 1, 1, 1], [4, 1, 1, 1]])).Pixels.ToArray());

    // Adam7: pass 1 has pixel (0,0), pass 2 (0,4), pass 3 the rest of row 4 …; each pixel's value is its place.
    [Fact]
    public void Interlaced_png_is_put_in_order()
    {
        (int Y, int X, int DownStep, int AcrossStep)[] passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)];
        var rows = new List<byte[]>();
        foreach ((int top, int left, int down, int across) in passes)
        {
            for (int y = top; y < 5; y += down)
            {
                byte[] row = [.. Enumerable.Range(0, 6).Where(x => x >= left && (x - left) % across == 0).Select(x => (byte)((10 * y) + x))];
                if (row.Length > 0)
                    rows.Add([0, .. row]);
            }
        }

        Picture picture = Read(PictureBytes.ChunkedPng(6, 5, 8, 0, [.. rows], interlaced: true));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (byte)((10 * (i / 6)) + (i % 6))), picture.Pixels.ToArray());
    }

    [Fact]
    public void A_png_of_few_bytes_that_claims_a_large_picture_is_refused_before_memory_is_asked_for() =>
        Assert.Contains("cut short", Refused(PictureBytes.PackedPng(9000, 9000, 16, 6, [0x78, 0x9C, 3, 0, 0, 0, 0, 1])), StringComparison.Ordinal);

    [Fact]
    public void The_best_packed_png_is_not_taken_for_one_cut_short() =>
        Assert.Equal(0, Read(PictureBytes.GreyPng(3000, 3000, (_, _) => 0)).Pixels[^1]);

    [Fact]
    public void Bmp_rows_may_come_from_the_top()
    {
        byte[] file = PictureBytes.Bmp(3, 2, (y, x) => ((byte)(10 * y), (byte)x, 99));
        byte[] fromBottom = Read(file).Pixels.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), -2);
        Picture fromTop = Read(file);
        Assert.Equal((2, 3), (fromTop.Height, fromTop.Width));
        Assert.Equal([.. fromBottom[9..], .. fromBottom[..9]], fromTop.Pixels.ToArray());
    }

    [Theory]
    [InlineData(1, new byte[] { 0b0100_0000 }, new[] { 0, 1 })]
    [InlineData(4, new byte[] { 0x32 }, new[] { 3, 2 })]
    [InlineData(8, new byte[] { 1, 3 }, new[] { 1, 3 })]
    public void Bmp_with_a_palette_gives_its_colours(int bits, byte[] row, int[] expected)
    {
        byte[] palette = [.. Enumerable.Range(0, 4).SelectMany(i => new byte[] { Palette[(3 * i) + 2], Palette[(3 * i) + 1], Palette[3 * i], 0 })];
        byte[] file = BmpWithPalette(bits, compression: 0, bits == 1 ? palette[..8] : palette, [.. row, .. new byte[4 - row.Length]]);
        Assert.Equal(expected.SelectMany(colour => Palette[(3 * colour)..((3 * colour) + 3)]), Read(file).Pixels.ToArray());
    }

    [Fact]
    public void A_packed_bmp_is_said_to_be_one_and_not_to_be_cut_short() =>
        Assert.Contains("RLE", Refused(BmpWithPalette(8, compression: 1, new byte[16], [2, 1, 0, 1])), StringComparison.Ordinal);

    // 2×1 pixels.
    private static byte[] BmpWithPalette(int bits, int compression, byte[] palette, byte[] row)
    {
        byte[] file = [.. new byte[54], .. palette, .. row];
        "BM"u8.CopyTo(file);
        int[] header = [file.Length, 0, 54 + palette.Length, 40, 2, 1, 1 | (bits << 16), compression, row.Length, 2835, 2835, palette.Length / 4, 0];
        for (int i = 0; i < header.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2 + (4 * i)), header[i]);
        return file;
    }

    private static Picture Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Picture.Load(stream, "picture");
    }

    private static string Refused(byte[] bytes) => Assert.Throws<ImageDataException>(() => Read(bytes)).Message;
}
