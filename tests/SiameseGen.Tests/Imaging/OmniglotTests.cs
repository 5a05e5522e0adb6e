using System.IO.Compression;
using SiameseGen.Imaging;
using SiameseGen.Tests.Persistence;
using Xunit;

namespace SiameseGen.Tests.Imaging;

public sealed class OmniglotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Layouts() => ["zips", "folders", "repository", "python"];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Drawings_have_alphabet_character_drawer_and_pixels_in_every_layout(string layout)
    {
        Omniglot omniglot = Make(layout);
        OmniglotDrawing[] background = [.. omniglot.ReadBackground()];
        Assert.Equal(
            ["Greek/character01/1", "Greek/character01/2", "Greek/character02/1", "Latin/character01/3"],
            background.Select(drawing => $"{drawing.Alphabet}/{drawing.Character}/{drawing.Drawer}"));
        Assert.Equal((105, 105, 1), (background[3].Picture.Height, background[3].Picture.Width, background[3].Picture.Channels));
        Assert.Equal(11025 - 4, background[3].Picture.Pixels.Count((byte)255));
        Assert.Equal(["Tibetan"], omniglot.ReadEvaluation().Select(drawing => drawing.Alphabet));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Runs_have_support_queries_and_answers_in_every_layout(string layout)
    {
        IReadOnlyList<OmniglotRun> runs = Make(layout).ReadRuns();
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"run{number:00}"), runs.Select(run => run.Name));
        for (int query = 0; query < 20; query++)
        {
            // The picture of item q has as much ink as that of its class.
            int answer = runs[1].Answers[query];
            Assert.Equal((3 * query + 2) % 20, answer);
            Assert.Equal(runs[1].Support[answer].Pixels.Count((byte)0), runs[1].Queries[query].Pixels.Count((byte)0));
        }
    }

    [Fact]
    public void A_missing_part_is_named_with_what_was_looked_for()
    {
        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(() => new Omniglot(_folder.File("nowhere"))).Message, StringComparison.Ordinal);
        DirectoryNotFoundException missing = Assert.Throws<DirectoryNotFoundException>(() => new Omniglot(_folder.FullName));
        Assert.Contains("no images_background.zip and no folder images_background", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_do_not_fit_their_run_are_an_error()
    {
        Make("folders");
        string list = _folder.File("all_runs/run02/class_labels.txt");
        string[] lines = File.ReadAllLines(list);
        string[][] damages =
        [
            lines[1..], [.. lines[1..], "run02/test/item01.png"], [.. lines[1..], "run02/test/item01.png run02/training/class21.png"],
            [.. lines[1..], lines[1]], [.. lines[1..], "run02/test/item01.png run02/training/class06.png"], // a line or an answer twice
        ];
        foreach (string[] wrong in damages)
        {
            File.WriteAllLines(list, wrong);
            ImageDataException error = Assert.Throws<ImageDataException>(() => new Omniglot(_folder.FullName).ReadRuns());
            Assert.Contains("class_labels.txt", error.Message, StringComparison.Ordinal);
        }

        File.WriteAllLines(list, [.. lines[1..], "run02/test/item99.png run02/training/class03.png"]);
        Assert.Contains("item99.png", Assert.Throws<ImageDataException>(() => new Omniglot(_folder.FullName).ReadRuns()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nineteen_runs_are_an_error()
    {
        Make("folders");
        Directory.Delete(_folder.File("all_runs/run07"), recursive: true);
        ImageDataException error = Assert.Throws<ImageDataException>(() => new Omniglot(_folder.FullName).ReadRuns());
        Assert.Contains("19 of 20 runs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drawing_at_another_place_is_an_error()
    {
        Make("folders");
        File.WriteAllBytes(_folder.File("images_background/Greek/stray.png"), Ink(1));
        ImageDataException error = Assert.Throws<ImageDataException>(() => new Omniglot(_folder.FullName).ReadBackground().Count());
        Assert.Contains("stray.png", error.Message, StringComparison.Ordinal);
    }

    private Omniglot Make(string layout)
    {
        string place = layout is "repository" or "python" ? "python/" : "", runs = place.Length > 0 ? "one-shot-classification/" : "";
        bool zip = layout is not "folders";
        Write(place + "images_background", zip, "images_background/", [
            ("Latin/character01/0003_03.png", Ink(4)), ("Greek/character02/0002_01.png", Ink(2)), ("Greek/character01/0001_02.png", Ink(1)),
            ("Greek/character01/0001_01.png", Ink(1))]);
        Write(place + "images_evaluation", zip, "images_evaluation/", [("Tibetan/character01/0965_01.png", Ink(5))]);
        var files = new List<(string, byte[])>();
        foreach (string run in Enumerable.Range(1, 20).Select(number => $"run{number:00}").Reverse())
        {
            var lines = new List<string>();
            for (int i = 0; i < 20; i++)
            {
                int answer = ((3 * i) + 2) % 20;
                files.Add(($"{run}/training/class{i + 1:00}.png", Ink(i + 1)));
                files.Add(($"{run}/test/item{i + 1:00}.png", Ink(answer + 1)));
                lines.Add($"{run}/test/item{i + 1:00}.png {run}/training/class{answer + 1:00}.png\n");
            }

            files.Add(($"{run}/class_labels.txt", System.Text.Encoding.ASCII.GetBytes(string.Concat(lines))));
        }

        Write(place + runs + "all_runs", zip, "", [.. files]);
        return new Omniglot(layout is "python" ? _folder.File("python") : _folder.FullName);
    }

    // In an archive, drawings lie below a folder named as it is; runs do not.
    private void Write(string part, bool zip, string prefix, (string Name, byte[] Bytes)[] files)
    {
        string path = _folder.File(part);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using ZipArchive? archive = zip ? ZipFile.Open(path + ".zip", ZipArchiveMode.Create) : null;
        foreach ((string name, byte[] bytes) in files)
        {
            if (archive is not null)
            {
                using Stream entry = archive.CreateEntry(prefix + name).Open();
                entry.Write(bytes);
                continue;
            }

            string file = Path.Combine(path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }
    }

    // 105×105, one bit a pixel, paper 1, with so many pixels of ink at the start of a row.
    private static byte[] Ink(int pixels)
    {
        byte[] paper = [.. Enumerable.Repeat((byte)0xFF, 14)], drawn = [.. paper];
        for (int x = 0; x < pixels; x++)
            drawn[x / 8] &= (byte)~(0x80 >> (x % 8));
        return PictureBytes.Png(105, 105, 1, 0, [.. Enumerable.Range(0, 105).Select(y => y == 50 ? drawn : paper)]);
    }
}
