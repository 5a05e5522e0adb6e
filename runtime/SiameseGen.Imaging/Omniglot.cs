using System.Text;

namespace SiameseGen.Imaging;

/// <summary>
/// Reads Omniglot, 1,623 characters of 50 alphabets drawn by 20 people each (Lake, Salakhutdinov and Tenenbaum, 2015): a folder with
/// <c>images_background</c>, <c>images_evaluation</c> and <c>all_runs</c>, each as a zip archive or unpacked, or a copy of the official repository,
/// which has them in <c>python</c> and <c>python/one-shot-classification</c>.
/// </summary>
public sealed class Omniglot
{
    private const int Runs = 20;
    private const int RunSize = 20;
    private readonly string _background;
    private readonly string _evaluation;
    private readonly string _runs;

    /// <summary>Finds the parts.</summary>
    /// <param name="folder">The folder with the parts, or with a <c>python</c> folder that has them.</param>
    /// <exception cref="DirectoryNotFoundException">The folder or a part is missing.</exception>
    public Omniglot(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'. Give the folder with images_background.zip, images_evaluation.zip and all_runs.zip.");
        _background = Find(folder, "images_background");
        _evaluation = Find(folder, "images_evaluation");
        _runs = Find(folder, "all_runs");
    }

    /// <summary>Reads the drawings of the 30 alphabets to learn from, one after another in the ordinal order of their paths.</summary>
    /// <exception cref="ImageDataException">The archive or a picture is damaged, or a file is at the wrong place.</exception>
    public IEnumerable<OmniglotDrawing> ReadBackground() => Read(_background);

    /// <summary>Reads the drawings of the 20 alphabets to be judged by, likewise.</summary>
    /// <exception cref="ImageDataException">The archive or a picture is damaged, or a file is at the wrong place.</exception>
    public IEnumerable<OmniglotDrawing> ReadEvaluation() => Read(_evaluation);

    /// <summary>Reads Lake's 20 runs of 20-way one-shot classification.</summary>
    /// <exception cref="ImageDataException">The archive or a picture is damaged, or the runs are not complete.</exception>
    public IReadOnlyList<OmniglotRun> ReadRuns()
    {
        using PictureFiles files = PictureFiles.Open(_runs);
        const string labels = "class_labels.txt";
        string[] lists = [.. files.Names.Where(name => name.EndsWith("/" + labels, StringComparison.Ordinal))];
        if (lists.Length != Runs)
            throw new ImageDataException($"'{_runs}' has {lists.Length} of {Runs} runs, run01/{labels} to run20/{labels}. Download it again.");
        return [.. lists.Select(list => ReadRun(files, list))];
    }

    // One line a query: the query's path, a blank, the path of the one training picture of the same character.
    private static OmniglotRun ReadRun(PictureFiles files, string list)
    {
        string folder = list[..list.LastIndexOf('/')];
        string root = folder.Contains('/', StringComparison.Ordinal) ? folder[..(folder.LastIndexOf('/') + 1)] : "";
        string[] support = [.. files.Names.Where(name => name.StartsWith(folder + "/training/", StringComparison.Ordinal))];
        string[][] pairs = [.. Encoding.UTF8.GetString(files.Read(list))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        int[] answers = [.. pairs.Select(pair => pair.Length == 2 ? Array.IndexOf(support, root + pair[1]) : -1)];
        bool isComplete = support.Length == RunSize && answers.Length == RunSize && !answers.Contains(-1)
            && answers.Distinct().Count() == RunSize && pairs.DistinctBy(pair => pair[0]).Count() == RunSize;
        if (!isComplete)
        {
            throw new ImageDataException(
                $"'{files.Describe(list)}' does not match its folder: it needs {RunSize} lines of a query and its training picture, each once, and there are {answers.Length} lines and {support.Length} training pictures. Download the runs again.");
        }

        return new OmniglotRun(
            folder[root.Length..], [.. support.Select(files.ReadPicture)], [.. pairs.Select(pair => files.ReadPicture(root + pair[0]))], answers);
    }

    private static IEnumerable<OmniglotDrawing> Read(string path)
    {
        using PictureFiles files = PictureFiles.Open(path);
        int count = 0;
        foreach (string name in files.Names)
        {
            // alphabet/character/0123_04.png, below a folder named as the archive or not
            string[] parts = name.Split('/');
            string[] number = Path.GetFileNameWithoutExtension(name).Split('_');
            if (parts.Length < 3 || number.Length != 2 || !int.TryParse(number[1], out int drawer))
                throw new ImageDataException($"'{files.Describe(name)}' is not where a drawing of Omniglot would be: alphabet/character/0001_01.png. Remove it.");
            yield return new OmniglotDrawing(parts[^3], parts[^2], drawer, files.ReadPicture(name));
            count++;
        }

        if (count == 0)
            throw new ImageDataException($"There are no drawings in '{path}'. Download it again.");
    }

    private static string Find(string folder, string part)
    {
        string[] places =
        [
            folder, Path.Combine(folder, "one-shot-classification"), Path.Combine(folder, "python"),
            Path.Combine(folder, "python", "one-shot-classification"),
        ];
        foreach (string place in places)
        {
            string path = Path.Combine(place, part);
            if (File.Exists(path + ".zip"))
                return path + ".zip";
            if (Directory.Exists(path))
                return path;
        }

        throw new DirectoryNotFoundException(
            $"There is no {part}.zip and no folder {part} in '{folder}', nor in its python folder. Omniglot is at github.com/brendenlake/omniglot.");
    }
}

/// <summary>A drawing of Omniglot: 105×105, grey, ink 0, paper 255.</summary>
/// <param name="Alphabet">Its alphabet.</param>
/// <param name="Character">Its character, unique in the alphabet.</param>
/// <param name="Drawer">Who drew it, 1 to 20.</param>
/// <param name="Picture">The drawing.</param>
public sealed record OmniglotDrawing(string Alphabet, string Character, int Drawer, Picture Picture);

/// <summary>One of Lake's runs.</summary>
/// <param name="Name">Its name, such as <c>run01</c>.</param>
/// <param name="Support">One drawing of each of 20 characters, by one person.</param>
/// <param name="Queries">One drawing of each, by another person.</param>
/// <param name="Answers">For each query the position in <paramref name="Support"/> of its character.</param>
public sealed record OmniglotRun(string Name, IReadOnlyList<Picture> Support, IReadOnlyList<Picture> Queries, IReadOnlyList<int> Answers);
