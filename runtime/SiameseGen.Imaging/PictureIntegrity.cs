using System.Buffers.Binary;
using System.IO.Compression;

namespace SiameseGen.Imaging;

/// <summary>
/// Recognises a file's format and finds the damage that StbImageSharp overlooks: it reads zeros beyond the end of a file and checks no
/// checksum, so that a picture cut short would be learnt from as one that is partly grey.
/// </summary>
internal static class PictureIntegrity
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Checks a PNG, JPEG or BMP file.</summary>
    /// <returns>False when it is none of these.</returns>
    /// <exception cref="InvalidDataException">It is damaged; the message continues "the picture is damaged (…)".</exception>
    public static bool Check(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith(PngSignature))
            CheckPng(bytes);
        else if (bytes is [0xFF, 0xD8, 0xFF, ..])
            CheckJpeg(bytes);
        else if (bytes is [(byte)'B', (byte)'M', ..])
            CheckBmp(bytes);
        else
            return false;
        return true;
    }

    // Chunks: length, type, data, checksum of type and data (RFC 2083).
    private static void CheckPng(byte[] bytes)
    {
        ReadOnlySpan<byte> rest = bytes.AsSpan(PngSignature.Length);
        (int Start, int Length) header = default;
        var data = new List<ArraySegment<byte>>();
        while (true)
        {
            if (rest.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(rest) > rest.Length - 12)
                throw new InvalidDataException("it is cut short");
            int length = (int)BinaryPrimitives.ReadUInt32BigEndian(rest), start = bytes.Length - rest.Length + 8;
            ReadOnlySpan<byte> type = rest.Slice(4, 4);
            if (Crc32.Of(rest.Slice(4, length + 4)) != BinaryPrimitives.ReadUInt32BigEndian(rest[(length + 8)..]))
                throw new InvalidDataException($"the checksum of what is at byte {start} is wrong");
            if (type.SequenceEqual("IEND"u8))
                break;
            if (type.SequenceEqual("IHDR"u8))
                header = (start, length);
            else if (type.SequenceEqual("IDAT"u8))
                data.Add(new ArraySegment<byte>(bytes, start, length));
            rest = rest[(length + 12)..];
        }

        if (header.Length != 13 || data.Count == 0)
            throw new InvalidDataException("it has no header or no pixels");
        long width = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(header.Start));
        long height = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(header.Start + 4));
        PictureDecoder.CheckSize(width, height);

        // Deflate shrinks to a 1032nd at best (a bit each for the code of a length of 258 and its distance), so that a few bytes hold no large picture.
        // The decoder would ask for memory by the size that is claimed.
        long channels = bytes[header.Start + 9] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 }, bits = bytes[header.Start + 8] * channels;
        if (width * height * bits / 8 > (1032 * data.Sum(part => (long)part.Count)) + 64)
            throw new InvalidDataException("it is cut short");
        CheckInflation(width, height, data);
    }

    // A megabyte can inflate to a gigabyte whatever size the header claims. Less is not worth inflating twice.
    private static void CheckInflation(long width, long height, List<ArraySegment<byte>> data)
    {
        if (data.Sum(part => (long)part.Count) < 1 << 18)
            return;

        // Up to four channels of two bytes, a filter's byte a row, and interlacing has up to twice as many rows.
        long most = (8 * width * height) + (2 * height) + 16;
        using var packed = new MemoryStream();
        foreach (ArraySegment<byte> part in data)
            packed.Write(part);
        packed.Position = 0;
        using var inflated = new ZLibStream(packed, CompressionMode.Decompress);
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = inflated.Read(buffer)) > 0;)
        {
            most -= read;
            if (most < 0)
                throw new InvalidDataException("it unpacks to more than its size has pixels");
        }
    }

    // Segments: marker, length, data; after a scan's header come entropy-coded bytes, in which 0xFF is followed by 0 or a restart marker (ITU-T T.81).
    private static void CheckJpeg(byte[] bytes)
    {
        int position = 2;
        while (position + 1 < bytes.Length)
        {
            byte marker = bytes[position + 1];
            if (bytes[position] != 0xFF || marker is 0x00 or 0xFF or (>= 0xD0 and <= 0xD7))
            {
                position++;
                continue;
            }

            if (marker == 0xD9)
                return;
            if (position + 4 > bytes.Length)
                break;

            // A block of 8×8 takes a bit at least, and a component has a block for 4×4 of them at least: fewer bytes hold no such picture.
            if (marker is 0xC0 or 0xC1 or 0xC2 && position + 9 <= bytes.Length)
            {
                long height = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(position + 5)), width = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(position + 7));
                if (width * height > 64L * 16 * 8 * bytes.Length)
                    break;
            }

            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(position + 2));
        }

        throw new InvalidDataException("it is cut short");
    }

    // Where pixels start, the size of the header, width, height, bits a pixel; rows are padded to four bytes.
    private static void CheckBmp(byte[] bytes)
    {
        if (bytes.Length < 26)
            throw new InvalidDataException("it is cut short");
        long start = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(10));
        bool isOld = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(14)) == 12;
        if (!isOld && bytes.Length < 30)
            throw new InvalidDataException("it is cut short");
        long width = isOld ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(18)) : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(18));
        long height = isOld
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(20))
            : Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(22)));
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(isOld ? 24 : 28));
        if (!isOld && bytes.Length >= 34 && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(30)) is 1 or 2)
            throw new InvalidDataException("its pixels are packed (RLE), which is not read");
        PictureDecoder.CheckSize(width, height);
        if (start + (((((width * bits) + 31) / 32) * 4) * height) > bytes.Length)
            throw new InvalidDataException("it is cut short");
    }
}
