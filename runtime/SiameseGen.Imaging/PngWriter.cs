using System.Buffers.Binary;
using System.IO.Compression;

namespace SiameseGen.Imaging;

/// <summary>Writes PNG files of 8-bit grey or colour (ISO/IEC 15948), without filters: small enough for a look, and simple.</summary>
internal static class PngWriter
{
    /// <summary>The file's content.</summary>
    /// <param name="picture">The picture.</param>
    public static byte[] Encode(Picture picture)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        header[8] = 8;
        header[9] = picture.Channels == 1 ? (byte)0 : (byte)2;
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compressed(picture));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compressed(Picture picture)
    {
        using var bytes = new MemoryStream();
        using (var compressor = new ZLibStream(bytes, CompressionLevel.Optimal))
        {
            int row = picture.Width * picture.Channels;
            for (int y = 0; y < picture.Height; y++)
            {
                compressor.WriteByte(0); // no filter
                compressor.Write(picture.Pixels.Slice(y * row, row));
            }
        }

        return bytes.ToArray();
    }

    // Length, name, content, and the checksum of name and content.
    private static void WriteChunk(Stream file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        byte[] named = [.. name, .. content];
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(named));
        file.Write(number);
    }
}
