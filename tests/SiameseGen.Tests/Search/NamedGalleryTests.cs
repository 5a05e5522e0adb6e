using SiameseGen.Search;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Tests.Search;

public sealed class NamedGalleryTests : IDisposable
{
    private static readonly string Model = new('a', 64);
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<DistanceMetric, GalleryPrecision> Kinds() => GalleryReference.Kinds();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_are_found_changed_and_removed()
    {
        var gallery = new NamedGallery<Embedding<Length3>>(DistanceMetric.Euclidean, Model);
        Assert.False(gallery.TryFindNearest(Of(0), out _));
        gallery.Add("Ada", Of(1));
        gallery.Add("Bob", Of(5));
        gallery.Set("Cyd", Of(9));
        Assert.Equal(["Ada", "Bob", "Cyd"], gallery.Names);
        Assert.True(gallery.TryFindNearest(Of(6), out NamedNeighbor nearest));
        Assert.Equal("Bob", nearest.Name);

        Assert.True(gallery.Update("Ada", Of(6)));
        Assert.False(gallery.Update("Eve", Of(6)));
        gallery.Set("Bob", Of(20));
        var found = new NamedNeighbor[5];
        Assert.Equal(3, gallery.Search(Of(6), found));
        Assert.Equal(["Ada", "Cyd", "Bob"], found[..3].Select(neighbor => neighbor.Name));
        Assert.Equal(0f, found[0].Distance.Value);

        Assert.True(gallery.Remove("Ada"));
        Assert.False(gallery.Remove("Ada"));
        Assert.False(gallery.Contains("Ada"));
        Assert.True(gallery.Contains("Cyd"));
        Assert.Equal(2, gallery.Search(Of(6), found));
        Assert.Equal(["Cyd", "Bob"], found[..2].Select(neighbor => neighbor.Name));
        Assert.True(gallery.Remove("Bob") && gallery.Remove("Cyd"));
        Assert.Equal(0, gallery.Search(Of(6), found));
        Assert.Equal(0, gallery.Count);
        gallery.Add("Ada", Of(1));
        gallery.Clear();
        Assert.Equal(0, gallery.Search(Of(1), found));
        gallery.Add("Ada", Of(2));
        Assert.Equal(["Ada"], gallery.Names);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void After_many_changes_it_finds_what_a_new_gallery_does(DistanceMetric metric, GalleryPrecision precision)
    {
        // Some 870 rows of 1,200 numbers are a segment of floats: changes and removals are in several.
        var gallery = new NamedGallery<Embedding<Length1200>>(metric, Model, precision);
        var expected = new Dictionary<string, Embedding<Length1200>>();
        var random = new CounterRandom(3, CounterRandom.Purpose.Data, 0);
        for (int i = 0; i < 700; i++)
        {
            string name = $"name {random.NextInt32(450)}";
            Embedding<Length1200> embedding = Random<Length1200>(ref random);
            if (random.NextInt32(3) == 0)
            {
                Assert.Equal(expected.Remove(name), gallery.Remove(name));
                continue;
            }

            gallery.Set(name, embedding);
            expected[name] = embedding;
        }

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), gallery.Names.Order(StringComparer.Ordinal));
        var fresh = new Gallery<Embedding<Length1200>>(metric, precision);
        string[] names = [.. expected.Keys];
        foreach (string name in names)
            fresh.Add(expected[name]);
        var found = new NamedNeighbor[names.Length];
        var reference = new Neighbor[names.Length];
        for (int query = 0; query < 3; query++)
        {
            Embedding<Length1200> asked = Random<Length1200>(ref random);
            Assert.Equal(fresh.Search(asked, reference), gallery.Search(asked, found));
            Assert.Equal(reference.Select(neighbor => (names[neighbor.Index], neighbor.Distance)).Order(), found.Select(neighbor => (neighbor.Name, neighbor.Distance)).Order());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_gallery_is_read_as_it_was_written(DistanceMetric metric, GalleryPrecision precision)
    {
        NamedGallery<Embedding<Length37>> written = Made<Length37>(metric, precision, 70);
        written.Remove("name 3");
        written.Save(_folder.File("gallery"));
        written.Save(_folder.File("again"));
        NamedGallery<Embedding<Length37>> read = NamedGallery<Embedding<Length37>>.Load(Model, _folder.File("gallery"));
        Assert.Equal(File.ReadAllBytes(_folder.File("gallery")), File.ReadAllBytes(_folder.File("again")));
        Assert.Equal(written.Names, read.Names);
        Assert.Equal((metric, precision, Model), (read.Metric, read.Precision, read.Model));
        var random = new CounterRandom(9, CounterRandom.Purpose.Data, 0);
        NamedNeighbor[] before = new NamedNeighbor[69], after = new NamedNeighbor[69];
        for (int query = 0; query < 3; query++)
        {
            Embedding<Length37> asked = Random<Length37>(ref random);
            written.Search(asked, before);
            read.Search(asked, after);
            Assert.Equal(before, after);
        }

        Embedding<Length37> another = Random<Length37>(ref random);
        read.Add("another", another);
        Assert.True(read.TryGet("another", out Embedding<Length37> kept));
        double[] stored = GalleryReference.Stored(another.Values.ToArray(), metric, precision);
        double length = metric is DistanceMetric.Cosine ? Math.Sqrt(stored.Sum(x => x * x)) : 1;
        for (int i = 0; i < stored.Length; i++)
            Assert.Equal(stored[i] / length, kept.Values[i], 1e-6);
        Assert.False(read.TryGet("nobody", out _));
        Assert.True(read.Remove("name 60"));
        Assert.Equal(69, read.Count);
    }

    [Fact]
    public void An_empty_gallery_is_one_too()
    {
        new NamedGallery<Embedding<Length3>>(DistanceMetric.Cosine, Model).Save(_folder.File("empty"));
        Assert.Equal(0, NamedGallery<Embedding<Length3>>.Load(Model, _folder.File("empty")).Count);
    }

    [Fact]
    public void A_file_that_ends_anywhere_is_refused()
    {
        byte[] whole = Bytes();
        for (int length = 0; length < whole.Length; length++)
            Refused(whole[..length]);
        Refused([.. whole, 0]);
    }

    [Fact]
    public void A_bit_that_is_turned_anywhere_is_found()
    {
        byte[] whole = Bytes();
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] broken = [.. whole];
            broken[at] ^= (byte)(1 << (at % 8));
            Refused(broken);
        }
    }

    [Fact]
    public void Files_with_a_right_checksum_and_wrong_contents_are_refused()
    {
        byte[] whole = Bytes();
        foreach ((int at, byte[] bytes) in new (int, byte[])[]
        {
            (44, [9, 0, 0, 0]), (48, [9, 0, 0, 0]), (52, [4, 0, 0, 0]), (56, [255, 255, 255, 127]), (56, [255, 255, 255, 255]), (56, [1, 0, 0, 0]),
            (60, [0, 0, 0, 0]), (60, [255, 255, 255, 127]), (60, [255, 255, 255, 255]), (64, [0xff]), (70, [0, 0, 0xc0, 0x7f]),
        })
        {
            byte[] broken = [.. whole];
            bytes.CopyTo(broken, at);
            System.Security.Cryptography.SHA256.HashData(broken.AsSpan(..^32)).CopyTo(broken, broken.Length - 32);
            Refused(broken);
        }
    }

    [Fact]
    public void A_gallery_of_other_weights_or_another_length_is_refused()
    {
        File.WriteAllBytes(_folder.File("gallery"), Bytes());
        Assert.Contains("other", Assert.Throws<InvalidDataException>(() => NamedGallery<Embedding<Length3>>.Load(new string('b', 64), _folder.File("gallery"))).Message.Replace("each other", "other", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => NamedGallery<Embedding<Length16>>.Load(Model, _folder.File("gallery")));
        Assert.Throws<FileNotFoundException>(() => NamedGallery<Embedding<Length3>>.Load(Model, _folder.File("none")));
        Assert.Throws<IOException>(() => NamedGallery<Embedding<Length3>>.Load(Model, _folder.FullName));
    }

    [Fact]
    public void What_makes_no_sense_is_refused_and_changes_nothing()
    {
        var gallery = new NamedGallery<Embedding<Length3>>(DistanceMetric.Euclidean, Model, GalleryPrecision.Float16);
        gallery.Add("Ada", Of(1));
        Assert.Throws<ArgumentException>(() => gallery.Add("Ada", Of(2)));
        Assert.Throws<ArgumentException>(() => gallery.Add(" ", Of(2)));
        Assert.Throws<ArgumentException>(() => gallery.Set("half \uD800", Of(2)));
        string longest = new('é', 1 << 19);
        Assert.Throws<ArgumentException>(() => gallery.Add(longest + "x", Of(2)));
        Assert.Throws<ArgumentException>(() => gallery.Set(longest + "x", Of(2)));
        Assert.Throws<ArgumentException>(() => gallery.Update("Ada", Of(1e6f)));
        Assert.Throws<ArgumentException>(() => gallery.Set("Bob", Of(float.NaN)));
        Assert.Throws<ArgumentException>(() => gallery.Search(Of(1), []));
        Assert.Equal(["Ada"], gallery.Names);
        Assert.True(gallery.TryFindNearest(Of(1), out NamedNeighbor nearest));
        Assert.Equal(new NamedNeighbor("Ada", new Distance(0f)), nearest);
        Assert.Throws<ArgumentException>(() => new NamedGallery<Embedding<Length3>>(DistanceMetric.Euclidean, "weights"));
        Assert.Throws<ArgumentException>(() => new NamedGallery<Embedding<Length3>>(DistanceMetric.Euclidean, new string('A', 64)));
    }

    [Fact]
    public async Task Readers_see_whole_changes_while_one_writes()
    {
        // Every embedding lies at the number that its name says, with a version of thousandths: a torn row or a name beside the wrong row would show.
        const int Names = 40;
        var gallery = new NamedGallery<Embedding<Length1200>>(DistanceMetric.Euclidean, Model);
        for (int i = 0; i < Names; i++)
            gallery.Add($"{i}", Level(i, 0));
        using var done = new CancellationTokenSource();
        using var started = new Barrier(4);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Task<int>[] readers =
        [
            .. Enumerable.Range(0, 3).Select(reader => Task.Run(
                () =>
                {
                    var found = new NamedNeighbor[Names + 1];
                    int searches = 0;
                    started.SignalAndWait(cancellation);
                    while (searches < 10 || !done.IsCancellationRequested)
                    {
                        int count = gallery.Search(Level(reader, 0), found);
                        Assert.InRange(count, Names - 1, Names + 1);
                        Assert.Equal(count, found[..count].Select(neighbor => neighbor.Name).Distinct().Count());
                        foreach (NamedNeighbor neighbor in found.AsSpan(0, count))
                        {
                            // All numbers of a row are alike, so that its distance is √1200 times a whole number of eighths.
                            double eighths = 8 * neighbor.Distance.Value / Math.Sqrt(1200);
                            Assert.Equal(Math.Round(eighths), eighths, 1e-2);
                            Assert.InRange(eighths - (8 * Math.Abs(int.Parse(neighbor.Name, System.Globalization.CultureInfo.InvariantCulture) - reader)), -7.01, 7.01);
                        }

                        searches++;
                    }

                    return searches;
                },
                cancellation)),
        ];
        started.SignalAndWait(cancellation);
        for (int i = 0; i < 400; i++)
        {
            string name = $"{i % Names}";
            if (i % 3 == 0)
                gallery.Remove(name);
            gallery.Set(name, Level(i % Names, i % 8));
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(readers), searches => Assert.True(searches >= 10));
        Assert.Equal(Names, gallery.Count);
    }

    [Fact]
    public async Task A_file_has_the_gallery_as_it_was_at_one_moment_while_others_change_it()
    {
        // Names are given one version after another, in turn, so that at any moment those before the place of the writer have the next version, those after it the last, and one at most is missing.
        const int Names = 30, Files = 12;
        var gallery = new NamedGallery<Embedding<Length1200>>(DistanceMetric.Euclidean, Model);
        for (int i = 0; i < Names; i++)
            gallery.Add($"{i}", Level(0, 0));
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using var saved = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var changed = new SemaphoreSlim(0);
        Task writer = Task.Run(
            () =>
            {
                for (int round = 1; !saved.IsCancellationRequested; round++)
                {
                    for (int i = 0; i < Names; i++)
                    {
                        if (i % 5 == 0)
                            gallery.Remove($"{i}");
                        gallery.Set($"{i}", Level(round, 0));
                    }

                    changed.Release();
                }
            },
            cancellation);
        var moments = new HashSet<float>();
        for (int file = 0; file < Files; file++)
        {
            await changed.WaitAsync(cancellation); // at least a round has passed since the last file
            gallery.Save(_folder.File("moment"));
            NamedGallery<Embedding<Length1200>> read = NamedGallery<Embedding<Length1200>>.Load(Model, _folder.File("moment"));
            float[] versions = [.. Enumerable.Range(0, Names).Where(i => read.Contains($"{i}")).Select(i => VersionOf(read, $"{i}"))];
            Assert.InRange(versions.Length, Names - 1, Names);
            Assert.Equal(versions.Length, read.Count);
            Assert.Equal(versions.OrderDescending(), versions);
            Assert.InRange(versions[0] - versions[^1], 0f, 1f);
            moments.Add(versions[0]);
        }

        await saved.CancelAsync();
        await writer;
        Assert.True(moments.Count > 1, "Nothing changed between one file and the next.");
    }

    private static float VersionOf(NamedGallery<Embedding<Length1200>> gallery, string name)
    {
        Assert.True(gallery.TryGet(name, out Embedding<Length1200> embedding));
        float version = embedding.Values[0];
        Assert.Equal(-1, embedding.Values.IndexOfAnyExcept(version)); // a row of two changes
        return version;
    }

    private static Embedding<Length1200> Level(int number, int version)
    {
        float[] values = new float[1200];
        Array.Fill(values, number + (version / 8f));
        return Embedding<Length1200>.From(values);
    }

    private static Embedding<Length3> Of(float value) => Embedding<Length3>.From([value, 0f, 0f]);

    private static Embedding<TLength> Random<TLength>(ref CounterRandom random)
        where TLength : struct, ILength
    {
        float[] values = new float[TLength.Length];
        foreach (ref float value in values.AsSpan())
            value = random.NextSingle(-1, 1);
        return Embedding<TLength>.From(values);
    }

    private static NamedGallery<Embedding<TLength>> Made<TLength>(DistanceMetric metric, GalleryPrecision precision, int count)
        where TLength : struct, ILength
    {
        var gallery = new NamedGallery<Embedding<TLength>>(metric, Model, precision);
        var random = new CounterRandom(4, CounterRandom.Purpose.Data, 0);
        for (int i = 0; i < count; i++)
            gallery.Add($"name {i}", Random<TLength>(ref random));
        return gallery;
    }

    private byte[] Bytes()
    {
        Made<Length3>(DistanceMetric.Euclidean, GalleryPrecision.Float32, 3).Save(_folder.File("whole"));
        return File.ReadAllBytes(_folder.File("whole"));
    }

    private void Refused(byte[] bytes)
    {
        File.WriteAllBytes(_folder.File("broken"), bytes);
        Assert.Throws<InvalidDataException>(() => NamedGallery<Embedding<Length3>>.Load(Model, _folder.File("broken")));
    }
}
