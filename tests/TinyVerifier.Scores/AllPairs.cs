using System.Buffers.Binary;

namespace TinyVerifier.Scores;

/// <summary>Every two of some drawings: what other targets of the same artifact compare, too.</summary>
internal static class AllPairs
{
    /// <summary>Enrols the drawings and compares each with all before it.</summary>
    /// <param name="pixels">The drawings, one after the other.</param>
    /// <returns>The scores, of 32 bits each, little-endian.</returns>
    public static byte[] Scores(ReadOnlySpan<byte> pixels)
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

        return scores;
    }
}
