namespace Glyphs;

/// <summary>The files a run writes. Whether they can be written is found out before training, not after it, and files come into being whole or not at all.</summary>
internal sealed class Outputs
{
    private readonly string? _json;

    /// <summary>Checks that everything can be written; leaves nothing behind.</summary>
    /// <param name="folder">The folder for the weights.</param>
    /// <param name="json">The file for the figures, or null.</param>
    /// <exception cref="UserErrorException">Something cannot be written.</exception>
    public Outputs(string folder, string? json)
    {
        Folder = Full(folder, "--out");
        _json = json is null ? null : Full(json, "--json");
        Weights = Path.Combine(Folder, "glyphs.safetensors");
        if (_json == Weights || IsInside(Weights, _json) || IsInside(_json, Weights))
            throw new UserErrorException($"--json: '{_json}' is in the way of the weights, '{Weights}'. Choose another file.");
        CheckFile(Weights, "--out");
        if (_json is { } file)
            CheckFile(file, "--json");
    }

    /// <summary>The folder for the weights.</summary>
    public string Folder { get; }

    /// <summary>The weights' file.</summary>
    public string Weights { get; }

    /// <summary>Saves the weights, by a method that writes a file whole or not at all.</summary>
    /// <param name="save">Writes a file of the name it is given.</param>
    public void SaveWeights(Action<string> save)
    {
        Directory.CreateDirectory(Folder);
        save(Weights);
    }

    /// <summary>Writes the figures, if a file was asked for.</summary>
    /// <param name="json">The figures.</param>
    public void SaveJson(byte[] json)
    {
        if (_json is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(_json)!);
        string beside = $"{_json}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(beside, json);
            File.Move(beside, _json, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static bool IsInside(string? path, string? folder) =>
        path is not null && folder is not null && path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Full(string path, string option)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (ArgumentException cause)
        {
            throw new UserErrorException($"{option} '{path}' is not a path. Give a path that this system allows.", cause);
        }
    }

    // Tries it: makes the folders and a file beside the target, and takes them away again.
    private static void CheckFile(string path, string option)
    {
        if (Directory.Exists(path))
            throw new UserErrorException($"{option}: '{path}' is a folder, and a file is to be written there. Choose another place.");
        var made = new Stack<string>();
        try
        {
            string folder = Path.GetDirectoryName(path) ?? path;
            for (string? missing = folder; missing is not null && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing))
                made.Push(missing);
            Directory.CreateDirectory(folder);
            using FileStream attempt = new($"{path}.{Guid.NewGuid():N}.tmp", FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{option}: '{path}' cannot be written: {cause.Message} Choose a folder that you may write to.", cause);
        }
        finally
        {
            foreach (string folder in made.Reverse().Where(Directory.Exists))
                Directory.Delete(folder);
        }
    }
}
