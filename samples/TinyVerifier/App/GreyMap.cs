namespace TinyVerifier;

/// <summary>Reads PGM pictures of the verifier's size (P5, 8 bits): dark ink on white paper.</summary>
internal static class GreyMap
{
    private const int Side = 28, MostHeader = 1024;

    /// <summary>Reads a picture as the network wants it, 0 for paper to 255 for ink.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ink">Receives 28 × 28 values.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Read(string path, Span<byte> ink)
    {
        Span<byte> file = stackalloc byte[(Side * Side) + MostHeader];
        int length = 0;
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path);
            int read;
            while (length < file.Length && (read = RandomAccess.Read(handle, file[length..], length)) > 0)
                length += read;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return "there is no such file";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return "the file cannot be read";
        }

        return Parse(file[..length], ink);
    }

    private static string? Parse(ReadOnlySpan<byte> file, Span<byte> ink)
    {
        if (!file.StartsWith("P5"u8))
            return "it is not a binary PGM file (P5)";
        int at = 2;
        if (Number(file, ref at) is not { } width || Number(file, ref at) is not { } height || Number(file, ref at) is not { } white || at >= file.Length)
            return "its header is damaged";
        if (width != Side || height != Side)
            return "it is not 28 by 28 pixels";
        if (white != byte.MaxValue)
            return "its pixels are not of 8 bits: the largest value has to be 255";

        // One white space ends the header; after it come the pixels and nothing else.
        ReadOnlySpan<byte> pixels = file[(at + 1)..];
        if (pixels.Length != ink.Length)
            return pixels.Length < ink.Length ? "it ends before its last pixel" : "it goes on after its last pixel";
        for (int i = 0; i < ink.Length; i++)
            ink[i] = (byte)(byte.MaxValue - pixels[i]);
        return null;
    }

    // A number after white space and comments; null when there is none, or one that no picture has.
    private static int? Number(ReadOnlySpan<byte> file, ref int at)
    {
        int start = at;
        while (at < file.Length && (file[at] is (byte)' ' or (byte)'#' or (>= (byte)'\t' and <= (byte)'\r')))
        {
            if (file[at++] == '#')
            {
                while (at < file.Length && file[at] is not ((byte)'\n' or (byte)'\r'))
                    at++;
            }
        }

        if (at == start)
            return null;
        int digits = at, value = 0;
        for (; at < file.Length && file[at] is >= (byte)'0' and <= (byte)'9' && at - digits < 6; at++)
            value = (10 * value) + file[at] - '0';
        return at == digits ? null : value;
    }
}
