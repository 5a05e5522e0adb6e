namespace SiameseGen.Shipping;

/// <summary>Inputs as 8-bit codes.</summary>
public static class Int8Input
{
    /// <summary>The codes of 8-bit pixels: each less 128.</summary>
    /// <param name="pixels">The pixels.</param>
    /// <param name="codes">Receives the codes, as many.</param>
    public static void FromBytes(ReadOnlySpan<byte> pixels, Span<sbyte> codes)
    {
        for (int i = 0; i < pixels.Length; i++)
            codes[i] = (sbyte)(pixels[i] ^ 0x80);
    }

    /// <summary>The codes of floats: value / scale, rounded to the nearest whole number and away from 0 between two, plus zero, clamped to −128…127.</summary>
    /// <param name="values">The values; what is not a number counts as 0.</param>
    /// <param name="scale">What one code stands for.</param>
    /// <param name="zero">The code for 0.</param>
    /// <param name="codes">Receives the codes, as many.</param>
    public static void FromFloats(ReadOnlySpan<float> values, float scale, int zero, Span<sbyte> codes)
    {
        for (int i = 0; i < values.Length; i++)
        {
            float quotient = values[i] / scale;
            quotient = quotient > 1024f ? 1024f : quotient < -1024f ? -1024f : quotient;
            int rounded = quotient >= 0f ? (int)(quotient + 0.5f) : quotient < 0f ? -(int)(0.5f - quotient) : 0;
            codes[i] = (sbyte)Math.Clamp(rounded + zero, sbyte.MinValue, sbyte.MaxValue);
        }
    }
}
