namespace SiameseGen.Compiler.Shipping;

/// <summary>Base64 into memory that is there already: what the framework of this assembly has returns a new array for every line.</summary>
internal static class Base64
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly sbyte[] Values = [.. Enumerable.Range(0, 128).Select(letter => (sbyte)Letters.IndexOf((char)letter))];

    /// <summary>Decodes a line.</summary>
    /// <param name="letters">The letters, visible ASCII.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="bytes">Receives the bytes.</param>
    /// <param name="start">Where.</param>
    /// <param name="length">How many they have to be.</param>
    /// <returns>Whether the line is base64 of so many bytes, in its only form.</returns>
    public static bool Decode(char[] letters, int count, byte[] bytes, int start, int length)
    {
        if (count != (length + 2) / 3 * 4)
            return false;
        for (int i = 0, at = 0; i < count; i += 4, at += 3)
        {
            int known = Math.Min(3, length - at), bits = 0;
            for (int k = 0; k < 4; k++)
            {
                int value = k <= known ? Values[letters[i + k]] : letters[i + k] == '=' ? 0 : -1;
                if (value < 0)
                    return false;
                bits = (bits << 6) | value;
            }

            for (int k = 0; k < 3; k++)
            {
                byte value = (byte)(bits >> (16 - (8 * k)));
                if (k < known)
                    bytes[start + at + k] = value;
                else if (value != 0)
                    return false;
            }
        }

        return true;
    }
}
