using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace SiameseGen.Tests.Imaging;

/// <summary>Picture files made byte by byte, so that the tests need no files and know what is in them.</summary>
internal static class PictureBytes
{
    /// <summary>A PNG whose rows hold the packed pixels as the format has them, without the filter's byte.</summary>
    public static byte[] Png(int width, int height, int bitDepth, int colourType, params byte[][] rows)
    {
        using var data = new MemoryStream();
        using (var packed = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (byte[] row in rows)
                packed.Write([0, .. row]);
        }

        return PackedPng(width, height, bitDepth, colourType, data.ToArray());
    }

    /// <summary>A PNG with data packed already.</summary>
    public static byte[] PackedPng(int width, int height, int bitDepth, int colourType, byte[] data)
    {
        byte[] header = [.. BigEndian(width), .. BigEndian(height), (byte)bitDepth, (byte)colourType, 0, 0, 0];
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk("IHDR", header), .. Chunk("IDAT", data), .. Chunk("IEND", [])];
    }

    /// <summary>A PNG with chunks before its pixels, and rows with the filter's byte.</summary>
    public static byte[] ChunkedPng(int width, int height, int bitDepth, int colourType, byte[][] rows, params (string Type, byte[] Data)[] chunks) =>
        ChunkedPng(width, height, bitDepth, colourType, rows, interlaced: false, chunks);

    /// <summary>The same, with rows of one pass after another where it is interlaced.</summary>
    public static byte[] ChunkedPng(
        int width, int height, int bitDepth, int colourType, byte[][] rows, bool interlaced, params (string Type, byte[] Data)[] chunks)
    {
        using var data = new MemoryStream();
        using (var packed = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (byte[] row in rows)
                packed.Write(row);
        }

        byte[] header = [.. BigEndian(width), .. BigEndian(height), (byte)bitDepth, (byte)colourType, 0, 0, (byte)(interlaced ? 1 : 0)];
        return
        [
            0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk("IHDR", header), .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Data)),
            .. Chunk("IDAT", data.ToArray()), .. Chunk("IEND", []),
        ];
    }

    /// <summary>A grey 8-bit PNG.</summary>
    public static byte[] GreyPng(int width, int height, Func<int, int, int> value) =>
        Png(width, height, 8, 0, [.. Enumerable.Range(0, height).Select(y => Enumerable.Range(0, width).Select(x => (byte)value(y, x)).ToArray())]);

    public static byte[] Pgm(string header, params byte[] pixels) => [.. Encoding.ASCII.GetBytes(header), .. pixels];

    /// <summary>A BMP of 24 bits: rows from the bottom up, blue first, padded to four bytes.</summary>
    public static byte[] Bmp(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> colour)
    {
        int stride = ((width * 3) + 3) / 4 * 4;
        byte[] file = new byte[54 + (stride * height)];
        "BM"u8.CopyTo(file);
        int[] header = [file.Length, 0, 54, 40, width, height, 1 | (24 << 16), 0, stride * height, 2835, 2835, 0, 0];
        for (int i = 0; i < header.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2 + (4 * i)), header[i]);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (byte red, byte green, byte blue) = colour(y, x);
                int at = 54 + ((height - 1 - y) * stride) + (3 * x);
                (file[at], file[at + 1], file[at + 2]) = (blue, green, red);
            }
        }

        return file;
    }

    /// <summary>A grey baseline JPEG of blocks of 8×8 pixels, each of one value: only the mean of each block is coded, without loss.</summary>
    public static byte[] Jpeg(int blocksAcross, params byte[] values)
    {
        int blocksDown = values.Length / blocksAcross;
        var bits = new StringBuilder();
        int last = 0;
        foreach (byte value in values)
        {
            // The mean's coefficient is 8 · (value − 128), and what is coded is its difference from the last: its number of bits, then these.
            int mean = 8 * (value - 128), difference = mean - last, magnitude = Math.Abs(difference);
            int length = magnitude == 0 ? 0 : int.Log2(magnitude) + 1;
            bits.Append(Convert.ToString(length, 2).PadLeft(4, '0'));
            if (length > 0)
                bits.Append(Convert.ToString(difference > 0 ? difference : difference + (1 << length) - 1, 2).PadLeft(length, '0'));
            bits.Append('0'); // no other coefficients
            last = mean;
        }

        while (bits.Length % 8 != 0)
            bits.Append('1');
        var scan = new List<byte>();
        for (int i = 0; i < bits.Length; i += 8)
        {
            scan.Add(Convert.ToByte(bits.ToString(i, 8), 2));
            if (scan[^1] == 0xFF)
                scan.Add(0);
        }

        int height = 8 * blocksDown, width = 8 * blocksAcross;
        byte[] quantization = [0, .. Enumerable.Repeat((byte)1, 64)];
        byte[] means = [0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Enumerable.Range(0, 12).Select(i => (byte)i)];
        byte[] others = [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        return
        [
            0xFF, 0xD8, .. Segment(0xDB, quantization),
            .. Segment(0xC0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]),
            .. Segment(0xC4, means), .. Segment(0xC4, others), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), .. scan, 0xFF, 0xD9,
        ];
    }

    private static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] checkedPart = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. BigEndian(data.Length), .. checkedPart, .. BigEndian((int)Checksum(checkedPart))];
    }

    private static byte[] BigEndian(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static uint Checksum(byte[] bytes)
    {
        uint remainder = uint.MaxValue;
        foreach (byte value in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool isSet = (((value >> bit) ^ remainder) & 1) != 0;
                remainder = (remainder >> 1) ^ (isSet ? 0xEDB88320 : 0);
            }
        }

        return ~remainder;
    }
}
