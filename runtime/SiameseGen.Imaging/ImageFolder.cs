using SiameseGen.Data;

namespace SiameseGen.Imaging;

/// <summary>
/// Reads labelled pictures from a folder or a zip archive: <c>class/picture.png</c>, or <c>group/class/picture.png</c> where classes belong to
/// groups, such as characters to alphabets.
/// </summary>
/// <remarks>
/// Hidden files and files that are no pictures, such as a README, are passed over. So is a folder that holds all others, such as the one that many
/// archives start with.
/// </remarks>
public sealed record ImageFolder
{
    private static readonly string[] Readable = [".png", ".jpg", ".jpeg", ".bmp", ".pgm", ".ppm"];
    private static readonly string[] Unreadable = [".gif", ".tif", ".tiff", ".webp", ".heic", ".avif", ".tga", ".psd", ".pbm"];

    /// <summary>Whether pictures of another size than the input's are resized. If not, they are an error.</summary>
    public bool Resize { get; init; } = true;

    /// <summary>Pictures that each class has at least. Below 2 a class has no similar pair and cannot be learnt; it may still be a support of one.</summary>
    public int MinimumPerClass { get; init; } = 2;

    /// <summary>Reads all pictures, in the ordinal order of their paths.</summary>
    /// <param name="path">The folder or the zip archive.</param>
    /// <param name="input">The input of the encoder, such as <c>GlyphEncoder.Info.Input</c>.</param>
    /// <param name="progress">Receives the share of pictures read so far, 0 to 1.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The pictures as 8-bit inputs, with the names of classes and groups.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder or archive.</exception>
    /// <exception cref="ImageDataException">The archive or a picture is damaged; there are no pictures, or one is at the wrong depth or of a format
    /// that cannot be read; a class has too few pictures; a picture has another size and is not to be resized.</exception>
    /// <exception cref="NotSupportedException">The input is not an image of 1 or 3 channels.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was asked for.</exception>
    public ExampleSet Load(string path, InputShape input, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        using PictureFiles files = PictureFiles.Open(path);
        string[] names = Pictures(path, files.Names);
        string[][] parts = Layout(path, names);
        var builder = new ExampleSetBuilder(input.Length);
        for (int i = 0; i < names.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Picture picture = files.ReadPicture(names[i]);
            if (!Resize && (picture.Height != input.Height || picture.Width != input.Width))
            {
                throw new ImageDataException(
                    $"'{files.Describe(names[i])}' has {picture.Height}×{picture.Width} pixels, not {input.Height}×{input.Width}. Resize it, or set Resize.");
            }

            builder.Add(picture.AsInput(input), parts[i][^2], parts[i].Length == 3 ? parts[i][0] : null);
            if (i % 64 == 0)
                progress?.Report((double)i / names.Length);
        }

        progress?.Report(1);
        return builder.Build();
    }

    private static string[] Pictures(string path, IReadOnlyList<string> names)
    {
        string? unreadable = names.FirstOrDefault(name => Unreadable.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase));
        if (unreadable is not null)
            throw new ImageDataException($"'{unreadable}' in '{path}' is of a format that cannot be read. Convert it to PNG, or move it out of the folder.");
        string[] pictures = [.. names.Where(name => Readable.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))];
        return pictures.Length > 0
            ? pictures
            : throw new ImageDataException(
                $"There are no pictures ({string.Join(", ", Readable)}) in '{path}'. Put them there as class/picture.png or group/class/picture.png.");
    }

    // Checks everything that names tell before the first picture is read.
    private string[][] Layout(string path, string[] names)
    {
        string[][] parts = [.. names.Select(name => name.Split('/'))];
        while (parts.All(part => part.Length >= 3 && part[0] == parts[0][0]))
            parts = [.. parts.Select(part => part[1..])];
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length != parts[0].Length || parts[i].Length is not (2 or 3))
            {
                throw new ImageDataException(
                    $"'{names[i]}' in '{path}' is not where it should be. All pictures lie in class/picture.png, or all in group/class/picture.png.");
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
