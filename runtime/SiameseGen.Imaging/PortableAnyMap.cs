namespace SiameseGen.Imaging;

/// <summary>
/// The formats of Netpbm: PGM, grey, as text (P2) or bytes (P5), and PPM, colour (P3, P6), which StbImageSharp does not read. Values are scaled
/// from 0…maxval to 0…255; those above 255 take two bytes, the higher one first.
/// </summary>
internal static class PortableAnyMap
{
    public static bool Recognises(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 2 && bytes[0] == 'P' && bytes[1] is (byte)'2' or (byte)'3' or (byte)'5' or (byte)'6' && IsSpace(bytes[2]);

    public static Picture Decode(ReadOnlySpan<byte> bytes)
    {
        bool isText = bytes[1] is (byte)'2' or (byte)'3';
        int channels = bytes[1] is (byte)'2' or (byte)'5' ? 1 : 3;
        int position = 2;
        int width = ReadNumber(bytes, ref position), height = ReadNumber(bytes, ref position), highest = ReadNumber(bytes, ref position);
        PictureDecoder.CheckSize(width, height);
        if (highest is < 1 or > 65535)
            throw new InvalidDataException($"its highest value is {highest}, not 1 to 65535");
        position++; // exactly one blank ends the header
        int size = highest > 255 && !isText ? 2 : 1; // as text, a digit at least
        long needed = (long)width * height * channels * size;
        if (bytes.Length - position < needed)
            throw new InvalidDataException($"it ends after {Math.Max(0, bytes.Length - position)} of {needed} bytes of pixels");
        byte[] pixels = new byte[width * height * channels];
        for (int i = 0; i < pixels.Length; i++)
        {
            int value;
            if (isText)
            {
                value = ReadNumber(bytes, ref position);
            }
            else
            {
                value = size == 1 ? bytes[position] : (bytes[position] << 8) | bytes[position + 1];
                position += size;
            }

            if (value > highest)
                throw new InvalidDataException($"it has the value {value}, above its highest value {highest}");
            pixels[i] = (byte)(((value * 255) + (highest / 2)) / highest);
        }

        return new Picture(height, width, channels, pixels);
    }

    private static int ReadNumber(ReadOnlySpan<byte> bytes, ref int position)
    {
        while (position < bytes.Length && (IsSpace(bytes[position]) || bytes[position] == '#'))
        {
            bool isComment = bytes[position] == '#';
            position++;
            while (isComment && position < bytes.Length && bytes[position - 1] != '\n')
                position++;
        }

        int start = position;
        int value = 0;
        for (; position < bytes.Length && bytes[position] is >= (byte)'0' and <= (byte)'9' && value < 100_000_000; position++)
            value = (value * 10) + (bytes[position] - '0');
        return position > start ? value : throw new InvalidDataException($"a number is missing at byte {position}");
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 11 or 12;
}
