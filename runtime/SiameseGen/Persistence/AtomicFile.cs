namespace SiameseGen.Persistence;

/// <summary>Writes files that are there as a whole or not at all.</summary>
internal static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes beside the target and moves the result over it, so that a reader or an interrupted run never meets half a file. A symbolic link stays one: what it leads to is replaced.</summary>
    /// <param name="path">The file to write or replace. One that is replaced keeps who may read and write it, where the system has modes of files.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="isPrivate">Whether a new file is for its owner only, where the system has modes of files.</param>
    /// <exception cref="DirectoryNotFoundException">The file's folder does not exist.</exception>
    /// <exception cref="IOException">The path is a folder's, or writing failed; a file that was there before is as it was.</exception>
    public static void Write(string path, Action<Stream> write, bool isPrivate = false)
    {
        string target = Path.GetFullPath(path);
        if (Directory.Exists(target))
            throw new IOException($"{path} is a folder. Give the path of a file in it.");
        if (new FileInfo(target).LinkTarget is not null)
            target = File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder {folder} does not exist, so {Path.GetFileName(target)} cannot be written to it. Create it first.");
        string temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        try
        {
            using (FileStream stream = Create(temporary, target, isPrivate))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static FileStream Create(string temporary, string target, bool isPrivate)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (OperatingSystem.IsWindows())
            return new FileStream(temporary, options);
        UnixFileMode? mode = File.Exists(target) ? File.GetUnixFileMode(target) : null;

        // Nobody else may open it in the meantime. A mode at creation loses what the process masks; one that is set does not.
        if (mode is not null || isPrivate)
            options.UnixCreateMode = OwnerOnly;
        var stream = new FileStream(temporary, options);
        if (mode is not null)
            File.SetUnixFileMode(stream.SafeFileHandle, mode.Value);
        return stream;
    }
}
