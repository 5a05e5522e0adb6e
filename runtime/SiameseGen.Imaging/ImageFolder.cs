using SiameseGen.Data;

namespace SiameseGen.Imaging;

/// <summary>
/// Reads labelled pictures from a folder or a zip archive: <c>class/picture.png</c>, or <c>group/class/picture.png</c> where classes belong to
/// groups, such as characters to alphabets.
/// </summary>
public sealed record ImageFolder
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".bmp", ".pgm", ".ppm"];

    /// <summary>Whether pictures of another size than the input's are resized. If not, they are an error.</summary>
    public bool Resize { get; init; } = true;

    /// <summary>Pictures that each class has at least. Below 2 a class has no similar pair and cannot be learnt; it may still be a support of one.</summary>
    public int MinimumPerClass { get; init; } = 2;

    /// <summary>Reads all pictures, in the ordinal order of their paths.</summary>
    /// <param name="path">The folder or the zip archive.</param>
    /// <param name="input">The input of the encoder, such as <c>GlyphEncoder.Info.Input</c>.</param>
    /// <param name="progress">Receives the share of pictures read so far, 0 to 1.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The pictures as 8-bit inputs, with the names of classes and groups.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder or archive.</exception>
    /// <exception cref="ImageDataException">The archive or a picture is damaged; a file is at the wrong depth or no picture; a class has too few
    /// pictures; a picture has another size and is not to be resized.</exception>
    /// <exception cref="NotSupportedException">The input is not an image of 1 or 3 channels.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was asked for.</exception>
    public ExampleSet Load(string path, InputShape input, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        using PictureFiles files = PictureFiles.Open(path);
        string[][] parts = Layout(path, files.Names);
        var builder = new ExampleSetBuilder(input.Length);
        for (int i = 0; i < parts.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            Picture picture = files.ReadPicture(files.Names[i]);
            if (!Resize && (picture.Height != input.Height || picture.Width != input.Width))
            {
                throw new ImageDataException(
                    $"'{files.Describe(files.Names[i])}' has {picture.Height}×{picture.Width} pixels, not {input.Height}×{input.Width}. Resize it, or set Resize.");
            }

            builder.Add(picture.AsInput(input), parts[i][^2], parts[i].Length == 3 ? parts[i][0] : null);
            if (i % 64 == 0)
                progress?.Report((double)i / parts.Length);
        }

        progress?.Report(1);
        return builder.Build();
    }

    // Checks everything that names tell before the first picture is read.
    private string[][] Layout(string path, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            throw new ImageDataException($"There are no files in '{path}'. Put pictures there as class/picture.png or group/class/picture.png.");
        string[][] parts = [.. names.Select(name => name.Split('/'))];
        int depth = parts[0].Length;
        for (int i = 0; i < parts.Length; i++)
        {
            if (!Extensions.Contains(Path.GetExtension(names[i]), StringComparer.OrdinalIgnoreCase))
                throw new ImageDataException($"'{names[i]}' in '{path}' is not a picture ({string.Join(", ", Extensions)}). Move it out of the folder.");
            if (parts[i].Length != depth || depth is not (2 or 3))
            {
                throw new ImageDataException(
                    $"'{names[i]}' in '{path}' is {parts[i].Length - 1} folders deep. All pictures lie in class/picture.png, or all in group/class/picture.png.");
            }
        }

        foreach (IGrouping<string, string[]> pictures in parts.GroupBy(path => string.Join('/', path[..^1])))
        {
            int count = pictures.Count();
            if (count < MinimumPerClass)
            {
                throw new ImageDataException(
                    $"Class '{pictures.Key}' in '{path}' has {count} picture{(count == 1 ? "" : "s")}; at least {MinimumPerClass} are needed. Add pictures, remove the class, or lower MinimumPerClass.");
            }
        }

        return parts;
    }
}
