using System.IO.Compression;

namespace SiameseGen.Imaging;

/// <summary>The files of a folder or of a zip archive, by their relative paths with '/', in ordinal order.</summary>
internal sealed class PictureFiles : IDisposable
{
    private readonly string _path;
    private readonly ZipArchive? _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    private PictureFiles(string path)
    {
        _path = path;
        if (Directory.Exists(path))
        {
            Names = Sorted(Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/')));
            return;
        }

        try
        {
            _archive = ZipFile.OpenRead(path);
            foreach (ZipArchiveEntry entry in _archive.Entries)
            {
                // Some archivers write .\ or ./ before each path.
                string name = entry.FullName.Replace('\\', '/');
                name = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
                if (name.Length > 0 && !name.EndsWith('/') && !_entries.TryAdd(name, entry))
                    throw new InvalidDataException($"it has two files '{name}'");
            }
        }
        catch (InvalidDataException damage)
        {
            _archive?.Dispose();
            throw new ImageDataException($"'{path}' is not a zip archive, or is damaged ({damage.Message.TrimEnd('.')}). Download it again.", damage);
        }

        Names = Sorted(_entries.Keys);
    }

    /// <summary>Relative paths; hidden files and what archivers add are left out.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Opens a folder or a zip archive.</summary>
    /// <exception cref="DirectoryNotFoundException">There is neither.</exception>
    /// <exception cref="ImageDataException">The archive is damaged.</exception>
    public static PictureFiles Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path) && !File.Exists(path))
            throw new DirectoryNotFoundException($"There is no folder and no zip archive '{path}'. Check the path.");
        return new PictureFiles(path);
    }

    /// <summary>What to call a file in messages.</summary>
    public string Describe(string name) => _archive is null ? Path.Combine(_path, name) : $"{_path}: {name}";

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImageDataException">It is missing or damaged.</exception>
    public byte[] Read(string name)
    {
        try
        {
            if (_archive is null)
                return File.ReadAllBytes(Path.Combine(_path, name));
            if (!_entries.TryGetValue(name, out ZipArchiveEntry? entry))
                throw new ImageDataException($"'{_path}' has no '{name}'. Download it again.");
            return Unpack(entry);
        }
        catch (InvalidDataException damage)
        {
            throw new ImageDataException($"'{Describe(name)}' is damaged ({damage.Message.TrimEnd('.')}). Download '{_path}' again.", damage);
        }
        catch (FileNotFoundException missing)
        {
            throw new ImageDataException($"'{_path}' has no '{name}'. Restore it.", missing);
        }
    }

    /// <summary>Reads and decodes a picture.</summary>
    /// <exception cref="ImageDataException">It is missing, no picture or damaged.</exception>
    public Picture ReadPicture(string name) => PictureDecoder.Decode(Read(name), Describe(name));

    public void Dispose() => _archive?.Dispose();

    // Neither the length nor the checksum is checked by the archive itself.
    private static byte[] Unpack(ZipArchiveEntry entry)
    {
        const int most = 1 << 28;
        if (entry.Length > most)
            throw new InvalidDataException($"it unpacks to {entry.Length:#,0} bytes; up to {most:#,0} are read");
        byte[] bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read != bytes.Length || stream.ReadByte() >= 0 || Crc32.Of(bytes) != entry.Crc32)
            throw new InvalidDataException("its length or checksum is wrong");
        return bytes;
    }

    private static string[] Sorted(IEnumerable<string> names)
    {
        string[] visible = [.. names.Where(name => !name.Split('/').Any(part => part.StartsWith('.') || part == "__MACOSX"))];
        Array.Sort(visible, StringComparer.Ordinal);
        return visible;
    }
}
