using System.Runtime.InteropServices;

namespace SiameseGen.Benchmarks.Libtorch;

/// <summary>
/// The memory that libtorch allocates for every tensor of every step. glibc gives large blocks back to the system and gets them again, page fault by
/// page fault, which costs libtorch a good part of a step. Told to keep them, it is considerably faster; few users know to ask for it.
/// </summary>
internal static class LibtorchMemory
{
    private const int TrimThreshold = -1, TopPad = -2, MapThreshold = -3; // M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD of malloc.h
    private const int Plenty = 1 << 30, Step = 1 << 28;

    /// <summary>Lets the C library keep freed memory, from now on.</summary>
    /// <returns>Whether the C library is one that can be told so.</returns>
    public static bool Keep()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return SetOption(MapThreshold, Plenty) == 1 && SetOption(TrimThreshold, int.MaxValue) == 1 && SetOption(TopPad, Step) == 1;
        }
        catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
        {
            return false; // not glibc
        }
    }

    [DllImport("libc", EntryPoint = "mallopt", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}
