using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace TinyVerifier.Scores;

/// <summary>Every two of some drawings that lie in a file, their pixels one after the other: what other targets of the same artifact compare, too.</summary>
internal static class AllPairs
{
    /// <summary>Enrols the drawings and compares each with all before it.</summary>
    /// <param name="pixels">The drawings.</param>
    public static string Digest(ReadOnlySpan<byte> pixels)
    {
        var templates = new GlyphVerifier.Template[pixels.Length / GlyphVerifier.InputLength];
        for (int i = 0; i < templates.Length; i++)
            templates[i] = GlyphVerifier.Enrol(pixels.Slice(i * GlyphVerifier.InputLength, GlyphVerifier.InputLength));
        byte[] scores = new byte[sizeof(int) * (templates.Length * (templates.Length - 1) / 2)];
        int at = 0;
        for (int left = 0; left < templates.Length; left++)
        {
            for (int right = 0; right < left; right++, at += sizeof(int))
                BinaryPrimitives.WriteInt32LittleEndian(scores.AsSpan(at), GlyphVerifier.Score(templates[left], templates[right]));
        }

        return string.Create(CultureInfo.InvariantCulture, $"scores {at / sizeof(int)} {Convert.ToHexStringLower(SHA256.HashData(scores))}");
    }
}
