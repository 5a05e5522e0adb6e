using System.Runtime.InteropServices;
using System.Text;

namespace TinyVerifier;

/// <summary>Writes a line to the shell. <c>System.Console</c> would be a third of the program: it brings encodings, terminals and signals.</summary>
internal static class StandardStreams
{
    private const int Output = 1, Error = 2;

    /// <summary>Writes an answer.</summary>
    /// <param name="line">The line.</param>
    public static void Answer(string line) => WriteLine(Output, line);

    /// <summary>Writes a complaint.</summary>
    /// <param name="line">The line.</param>
    public static void Complain(string line) => WriteLine(Error, line);

    // A shell that does not listen is no reason to fail: the exit code says the same.
    private static void WriteLine(int stream, string line)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(line + "\n");
        while (!rest.IsEmpty)
        {
            // Not through a FileStream: it would write a file that several programs write in turn from its start.
            nint written = OperatingSystem.IsWindows()
                ? WriteOnWindows(stream, in MemoryMarshal.GetReference(rest), (uint)rest.Length)
                : Write(stream, in MemoryMarshal.GetReference(rest), rest.Length);
            if (written <= 0)
                return;
            rest = rest[(int)written..];
        }
    }

    [DllImport("libc", EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(int descriptor, in byte bytes, nint count);

    [DllImport("ucrtbase", EntryPoint = "_write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int WriteOnWindows(int descriptor, in byte bytes, uint count);
}
