using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using TorchSharp;

namespace SiameseGen.Benchmarks.Libtorch;

/// <summary>Loads libtorch, also where the C++ library is older than the one that TorchSharp was built with.</summary>
/// <remarks>
/// TorchSharp's own library, libLibTorchSharp.so, demands version GLIBCXX_3.4.32 of libstdc++ (GCC 13; Debian 12 has 3.4.30) because of a
/// single symbol that the header &lt;iostream&gt; mentions so that the linker checks the version. Nothing calls it: no relocation refers
/// to it. So the demand is marked weak in the copy beside this program, and the dynamic linker lets it pass.
/// </remarks>
internal static class LibtorchLibrary
{
    private const string Version = "GLIBCXX_3.4.32", Symbol = "_ZSt21ios_base_library_initv";
    private const uint VersionNeeds = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort Weak = 2; // VER_FLG_WEAK

    /// <summary>Loads libtorch.</summary>
    /// <returns>What had to be done for it, or null.</returns>
    /// <exception cref="NotSupportedException">It cannot be loaded on this machine; the message says what would help.</exception>
    public static string? Load()
    {
        string? mended = OperatingSystem.IsLinux() ? Mend(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so")) : null;
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception failure) when (failure is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            throw new NotSupportedException(
                $"libtorch cannot be loaded on {RuntimeInformation.RuntimeIdentifier}. The package TorchSharp-cpu has it for linux-x64 with "
                + $"glibc, win-x64 and osx-arm64. On Linux it needs libstdc++ with {Version}, which comes with GCC 13: on Debian 13 or newer, "
                + "'apt-get install libstdc++6'. 'ldd libLibTorchSharp.so' in the program's folder names what is missing. " + failure.Message,
                failure);
        }

        return mended;
    }

    [SupportedOSPlatform("linux")]
    private static string? Mend(string path)
    {
        if (!File.Exists(path) || LibraryIsNewEnough())
            return null;
        byte[] library = File.ReadAllBytes(path);
        if (!MakeWeak(library))
            return null;

        // Beside and then over it: the file may be a hard link into the package cache, which must stay as it is.
        string draft = path + ".mended";
        File.WriteAllBytes(draft, library);
        File.SetUnixFileMode(draft, File.GetUnixFileMode(path));
        File.Move(draft, path, overwrite: true);
        return $"libstdc++ is older than {Version}: made TorchSharp's demand for it weak in {path}";
    }

    private static bool LibraryIsNewEnough() =>
        NativeLibrary.TryLoad("libstdc++.so.6", out nint library) && NativeLibrary.TryGetExport(library, Symbol, out _);

    // Walks the table of needed versions of a 64-bit little-endian ELF file; returns whether anything was changed.
    private static bool MakeWeak(Span<byte> elf)
    {
        if (!elf.StartsWith("\u007fELF\u0002\u0001"u8))
            return false;
        bool changed = false;
        int sections = (int)Long(elf, 40), size = Short(elf, 58), count = Short(elf, 60);
        for (int i = 0; i < count; i++)
        {
            Span<byte> section = elf.Slice(sections + (i * size), size);
            if (Int(section, 4) != VersionNeeds)
                continue;
            Span<byte> names = elf[(int)Long(elf, sections + ((int)Int(section, 40) * size) + 24)..];
            int need = (int)Long(section, 24);
            for (uint library = Int(section, 44); library > 0; library--)
            {
                int version = need + (int)Int(elf, need + 8);
                for (int left = Short(elf, need + 2); left > 0; left--)
                {
                    Span<byte> name = names[(int)Int(elf, version + 8)..];
                    ushort flags = Short(elf, version + 4);
                    if ((flags & Weak) == 0 && Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]) == Version)
                    {
                        BinaryPrimitives.WriteUInt16LittleEndian(elf[(version + 4)..], (ushort)(flags | Weak));
                        changed = true;
                    }

                    version += (int)Int(elf, version + 12);
                }

                need += (int)Int(elf, need + 12);
            }
        }

        return changed;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong Long(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
