using System.IO.Compression;
using SiameseGen.Imaging;
using Xunit;

namespace SiameseGen.Tests.Imaging;

public class DamagedPictureTests
{
    public static TheoryData<string> Formats() => [.. Files.Keys];

    private static readonly Dictionary<string, byte[]> Files = new()
    {
        ["png"] = PictureBytes.GreyPng(9, 7, (y, x) => (31 * y) + (7 * x)),
        ["jpeg"] = PictureBytes.Jpeg(3, 0, 255, 64, 200, 129, 128),
        ["bmp"] = PictureBytes.Bmp(5, 4, (y, x) => ((byte)y, (byte)x, 5)),
        ["pgm"] = PictureBytes.Pgm("P5\n4 4\n255\n", new byte[16]),
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_picture_cut_short_anywhere_is_an_error_that_names_it(string format)
    {
        for (int length = 0; length < Files[format].Length; length++)
        {
            ImageDataException error = Refused(Files[format][..length]);
            Assert.Contains("holiday", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_png_with_any_bit_changed_is_an_error()
    {
        for (int i = 0; i < Files["png"].Length * 8; i++)
        {
            byte[] damaged = [.. Files["png"]];
            damaged[i / 8] ^= (byte)(1 << (i % 8));
            Refused(damaged);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Damage_is_an_error_or_gives_a_picture_but_nothing_else(string format)
    {
        var random = new CounterRandom(8, CounterRandom.Purpose.Data, 0);
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. Files[format]];
            for (int k = random.NextInt32(4); k >= 0; k--)
                damaged[random.NextInt32(damaged.Length)] = (byte)random.NextUInt32();
            try
            {
                using var stream = new MemoryStream(damaged);
                Picture.Load(stream, "holiday");
            }
            catch (ImageDataException)
            {
                // as it should be
            }
        }
    }

    [Fact]
    public void Formats_that_cannot_be_read_are_refused_with_those_that_can()
    {
        foreach (byte[] file in new byte[][] { [.. "GIF89a"u8, .. new byte[50]], [0, 0, 2, .. new byte[60]], [.. "8BPS"u8, .. new byte[50]], [.. "hello, picture"u8] })
            Assert.Contains("PNG, JPEG, BMP, PGM and PPM", Refused(file).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P5 100000 100000 255\n")]
    [InlineData("P2 10000 10000 255\n0 0")]
    [InlineData("P5 0 5 255\n")]
    [InlineData("P5 2 2 70000\n")]
    [InlineData("P5 2 2 0\n")]
    [InlineData("P2 2 1 9\n5 10")]
    [InlineData("P2 2 1 9\n5 -1")]
    public void Absurd_headers_are_refused(string header) => Refused(PictureBytes.Pgm(header, 1, 2, 3, 4));

    [Fact]
    public void A_png_that_claims_a_huge_size_is_refused_before_memory_is_asked_for()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ImageDataException error = Refused(PictureBytes.PackedPng(60_000, 60_000, 8, 0, [1, 2, 3]));
        Assert.Contains("60000 rows and 60000 columns", error.Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void A_png_that_unpacks_to_more_than_its_size_is_refused()
    {
        using var bomb = new MemoryStream();
        using (var packed = new ZLibStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int i = 0; i < 800; i++)
                packed.Write(new byte[1 << 20]);
        }

        Assert.True(bomb.Length < 10_000_000);
        Assert.Contains("unpacks to more", Refused(PictureBytes.PackedPng(16, 16, 8, 0, bomb.ToArray())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_picture_is_no_bomb()
    {
        var random = new CounterRandom(1, CounterRandom.Purpose.Data, 0);
        byte[][] rows = new byte[700][];
        for (int y = 0; y < rows.Length; y++)
        {
            rows[y] = new byte[700 * 4];
            foreach (ref byte value in rows[y].AsSpan())
                value = (byte)random.NextUInt32();
        }

        using var stream = new MemoryStream(PictureBytes.Png(700, 700, 8, 6, rows));
        Assert.Equal(700, Picture.Load(stream, "noise").Width);
    }

    private static ImageDataException Refused(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Assert.Throws<ImageDataException>(() => Picture.Load(stream, "holiday"));
    }
}
