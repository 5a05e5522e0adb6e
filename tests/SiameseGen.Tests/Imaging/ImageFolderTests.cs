using System.IO.Compression;
using SiameseGen.Data;
using SiameseGen.Imaging;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Tests.Imaging;

public sealed class ImageFolderTests : IDisposable
{
    private static readonly InputShape Input = new(2, 3, 1, true);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Classes_are_folders_and_pictures_come_in_ordinal_order(bool zip)
    {
        string path = Make(zip, ("b/2.png", 4), ("b/10.png", 3), ("B/z.png", 1), ("B/é.png", 2), ("a c/x.PNG", 5), ("a c/y.png", 6));
        ExampleSet set = new ImageFolder().Load(path, Input, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["B", "a c", "b"], set.ClassNames);
        Assert.Empty(set.GroupNames);
        Assert.Equal([0, 0, 1, 1, 2, 2], set.Classes.ToArray());
        Assert.Equal([1, 2, 5, 6, 3, 4], Enumerable.Range(0, 6).Select(i => Shade(set, i)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Groups_are_folders_above_classes(bool zip)
    {
        ExampleSet set = Load(Make(zip, ("Latin/a/1.png", 1), ("Latin/a/2.png", 2), ("Greek/a/1.png", 3), ("Greek/a/2.png", 4)));
        Assert.Equal(["Greek/a", "Latin/a"], set.ClassNames);
        Assert.Equal(["Greek", "Latin"], set.GroupNames);
        Assert.Equal([3, 4, 1, 2], Enumerable.Range(0, 4).Select(i => Shade(set, i)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_folder_around_everything_hidden_files_and_other_files_are_passed_over(bool zip)
    {
        string path = Make(
            zip, ("faces/s1/1.png", 1), ("faces/s1/2.png", 2), ("faces/s2/1.png", 3), ("faces/s2/2.png", 4), ("faces/README", 0), ("faces/s1/.3.png", 0),
            ("__MACOSX/faces/s1/._1.png", 0), ("faces/s1/Thumbs.db", 0), ("index.csv", 0));
        Assert.Equal(["s1", "s2"], Load(path).ClassNames);
    }

    [Fact]
    public void A_picture_of_another_size_or_colour_is_converted_unless_that_is_turned_off()
    {
        File.WriteAllBytes(Picture("a/1.png"), PictureBytes.GreyPng(30, 20, (_, _) => 77));
        File.WriteAllBytes(Picture("a/2.bmp"), PictureBytes.Bmp(3, 2, (_, _) => (50, 50, 50)));
        ExampleSet set = Load(_folder.FullName);
        Assert.Equal((6, 77, 50), (set.InputLength, Shade(set, 0), Shade(set, 1)));

        ImageDataException error = Assert.Throws<ImageDataException>(
            () => new ImageFolder { Resize = false }.Load(_folder.FullName, Input, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("1.png' has 20×30 pixels, not 2×3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_damaged_picture_is_named_with_its_path(bool zip)
    {
        ImageDataException error = Fails(Make(zip, ("a/1.png", 1), ("a/2.png", -1)));
        Assert.Contains("2.png", error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.FullName, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_with_one_picture_is_an_error_unless_it_is_allowed()
    {
        string path = Make(false, ("a/1.png", 1), ("a/2.png", 2), ("b/1.png", 3));
        ImageDataException error = Fails(path);
        Assert.Contains("Class 'b'", error.Message, StringComparison.Ordinal);
        Assert.Contains("has 1 picture;", error.Message, StringComparison.Ordinal);
        ExampleSet set = new ImageFolder { MinimumPerClass = 1 }.Load(path, Input, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(3, set.Count);
    }

    [Theory]
    [InlineData("1.png", "a/1.png")]
    [InlineData("a/1.png", "b/c/1.png")]
    [InlineData("a/b/c/1.png", "b/c/d/1.png")]
    public void Pictures_at_the_wrong_depth_are_an_error_that_says_where_they_belong(string one, string other) =>
        Assert.Contains("class/picture.png", Fails(Make(false, (one, 1), (other, 1))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_picture_of_a_format_that_cannot_be_read_is_not_passed_over() =>
        Assert.Contains("'a/3.webp'", Fails(Make(false, ("a/1.png", 1), ("a/2.png", 1), ("a/3.webp", 0))).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_missing_empty_or_no_archive_is_said()
    {
        DirectoryNotFoundException missing = Assert.Throws<DirectoryNotFoundException>(() => Load(_folder.File("nowhere")));
        Assert.Contains("nowhere", missing.Message, StringComparison.Ordinal);
        Assert.Contains("no pictures (.png", Fails(_folder.FullName).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder.File("pictures.zip"), "This is no archive.");
        Assert.Contains("pictures.zip", Fails(_folder.File("pictures.zip")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_with_any_byte_of_a_picture_changed_is_an_error()
    {
        string path = Make(true, ("a/1.pgm", 1), ("a/2.pgm", 2));
        byte[] whole = File.ReadAllBytes(path);
        int start = whole.AsSpan().IndexOf("P5"u8);
        Assert.True(start > 0);
        for (int i = start; i < start + 17; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 1;
            File.WriteAllBytes(path, damaged);
            Assert.Contains("a/2.pgm", Fails(path).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Loading_reports_its_progress_and_can_be_stopped()
    {
        string path = Make(false, [.. Enumerable.Range(0, 150).Select(i => ($"a/{i}.pgm", i))]);
        var shares = new List<double>();
        new ImageFolder().Load(path, Input, new Reporter(shares.Add), TestContext.Current.CancellationToken);
        Assert.Equal(shares.Order(), shares);
        Assert.True(shares.Count > 2);
        Assert.Equal(1.0, shares[^1]);

        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new ImageFolder().Load(path, Input, new Reporter(_ => stop.Cancel()), stop.Token));
    }

    [Fact]
    public void An_input_of_features_takes_no_pictures() =>
        Assert.Throws<NotSupportedException>(
            () => new ImageFolder().Load(Make(false, ("a/1.png", 1), ("a/2.png", 2)), new InputShape(1, 1, 6, false), cancellationToken: TestContext.Current.CancellationToken));

    private static int Shade(ExampleSet set, int index)
    {
        float[] values = new float[set.InputLength];
        var unused = default(CounterRandom);
        set.Read(index, values, ref unused);
        Assert.All(values, value => Assert.Equal(values[0], value));
        return (int)MathF.Round(values[0] * 255);
    }

    private static ExampleSet Load(string path) => new ImageFolder().Load(path, Input, cancellationToken: TestContext.Current.CancellationToken);

    private static ImageDataException Fails(string path) => Assert.Throws<ImageDataException>(() => Load(path));

    // Pictures of one shade each; a shade of −1 stands for damage.
    private string Make(bool zip, params (string Name, int Shade)[] files)
    {
        string path = _folder.File("pictures.zip");
        using ZipArchive? archive = zip ? ZipFile.Open(path, ZipArchiveMode.Create) : null;
        foreach ((string name, int shade) in files.Reverse())
        {
            byte[] bytes = name.EndsWith(".pgm", StringComparison.Ordinal)
                ? PictureBytes.Pgm("P5 3 2 255\n", [.. Enumerable.Repeat((byte)shade, 6)])
                : PictureBytes.GreyPng(3, 2, (_, _) => shade);
            bytes = shade < 0 ? bytes[..^9] : bytes;
            if (archive is null)
            {
                File.WriteAllBytes(Picture(name), bytes);
                continue;
            }

            using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(bytes);
        }

        return zip ? path : _folder.FullName;
    }

    private string Picture(string name)
    {
        string path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private sealed class Reporter(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
