using System.IO.Compression;
using SiameseGen.Data;
using SiameseGen.Imaging;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Tests.Imaging;

public sealed class ArchiveTests : IDisposable
{
    private static readonly InputShape Input = new(2, 3, 1, true);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_archive_cut_short_anywhere_is_an_error_that_names_it()
    {
        byte[] whole = Pack("a/1.pgm", "a/2.pgm");
        for (int length = 0; length < whole.Length; length++)
            Assert.Contains("pictures.zip", Assert.Throws<ImageDataException>(() => Load(whole[..length])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_archive_is_an_error_or_gives_all_its_pictures_but_nothing_else()
    {
        byte[] whole = Pack("a/1.pgm", "a/2.pgm");
        var random = new CounterRandom(4, CounterRandom.Purpose.Data, 0);
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = [.. whole];
            for (int k = random.NextInt32(3); k >= 0; k--)
                damaged[random.NextInt32(damaged.Length)] = (byte)random.NextUInt32();
            try
            {
                Assert.Equal(2, Load(damaged).Count);
            }
            catch (ImageDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 2999);
    }

    [Theory]
    [InlineData("./a/1.pgm", "./a/2.pgm")]
    [InlineData("a\\1.pgm", "a\\2.pgm")]
    public void Names_as_other_archivers_write_them_are_understood(string one, string other) =>
        Assert.Equal(["a"], Load(Pack(one, other)).ClassNames);

    [Fact]
    public void Entries_of_one_name_are_an_error_since_one_of_them_would_be_lost() =>
        Assert.Contains("a/2.pgm", Assert.Throws<ImageDataException>(() => Load(Pack("a/1.pgm", "a/2.pgm", "a/2.pgm"))).Message, StringComparison.Ordinal);

    private ExampleSet Load(byte[] archive)
    {
        string path = _folder.File("pictures.zip");
        File.WriteAllBytes(path, archive);
        return new ImageFolder().Load(path, Input, cancellationToken: TestContext.Current.CancellationToken);
    }

    private static byte[] Pack(params string[] names)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in names)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(PictureBytes.Pgm("P5 3 2 255\n", 1, 2, 3, 4, 5, 6));
            }
        }

        return stream.ToArray();
    }
}
