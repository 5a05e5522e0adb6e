using System.Runtime.Intrinsics;

namespace SiameseGen.Shipping;

/// <summary>Steps on 8-bit codes that treat each value for itself.</summary>
public static class Int8Elements
{
    /// <summary>Another code for each code.</summary>
    /// <param name="table">256 codes from that of −128 to that of 127, for all channels or for each one after the other.</param>
    /// <param name="channels">Channels with a table of their own; 1 for one table.</param>
    /// <param name="input">The codes of the input, channels last.</param>
    /// <param name="output">Receives the codes of the output; may be the input.</param>
    public static void Table(ReadOnlySpan<byte> table, int channels, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        for (int start = 0; start < input.Length; start += channels)
        {
            for (int channel = 0; channel < channels; channel++)
                output[start + channel] = (sbyte)table[(channel * 256) + input[start + channel] + 128];
        }
    }

    /// <summary>The sum of two branches: clamp(zero + ((left · leftMultiplier + right · rightMultiplier + bias + 2^(shift − 1)) &gt;&gt; shift), low, 127), all of 32 bits.</summary>
    /// <param name="scaling">The shift, 1 to 30, and how codes end.</param>
    /// <param name="leftMultiplier">The multiplier of the first branch.</param>
    /// <param name="rightMultiplier">The multiplier of the second branch.</param>
    /// <param name="bias">What is added.</param>
    /// <param name="left">The codes of one branch.</param>
    /// <param name="right">The codes of the other, as many.</param>
    /// <param name="output">Receives the codes of the sum.</param>
    public static void Sum(
        in Int8Scaling scaling, int leftMultiplier, int rightMultiplier, int bias, ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output)
    {
        int rounded = bias + (1 << (scaling.Shift - 1)), i = 0;
        for (; i <= output.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            Vector256<short> l = Pairs.Widen(Vector128.Create(left[i..])), r = Pairs.Widen(Vector128.Create(right[i..]));
            Vector256<int> low = Codes(scaling, Vector256.WidenLower(l) * leftMultiplier + (Vector256.WidenLower(r) * rightMultiplier), rounded);
            Vector256<int> high = Codes(scaling, Vector256.WidenUpper(l) * leftMultiplier + (Vector256.WidenUpper(r) * rightMultiplier), rounded);
            Vector256<short> both = Vector256.Narrow(low, high);
            Vector128.Narrow(both.GetLower(), both.GetUpper()).CopyTo(output[i..]);
        }

        for (; i < output.Length; i++)
            output[i] = (sbyte)Math.Clamp(scaling.Zero + (((left[i] * leftMultiplier) + (right[i] * rightMultiplier) + rounded) >> scaling.Shift), scaling.Low, sbyte.MaxValue);
    }

    /// <summary>The product of each value with the other branch's value for its channel, each less its zero, scaled.</summary>
    /// <param name="scaling">How products become codes.</param>
    /// <param name="multiplier">The multiplier.</param>
    /// <param name="inputBias">What is added to the codes of the input: less their zero.</param>
    /// <param name="gateBias">What is added to the codes of the other branch, likewise.</param>
    /// <param name="input">The codes of the input, channels last.</param>
    /// <param name="gates">The codes of the other branch, one for each channel.</param>
    /// <param name="output">Receives the codes of the output.</param>
    public static void ChannelProduct(
        in Int8Scaling scaling, int multiplier, int inputBias, int gateBias, ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> gates, Span<sbyte> output)
    {
        for (int start = 0; start < input.Length; start += gates.Length)
        {
            for (int channel = 0; channel < gates.Length; channel++)
                output[start + channel] = scaling.Code((input[start + channel] + inputBias) * (gates[channel] + gateBias), multiplier);
        }
    }

    private static Vector256<int> Codes(in Int8Scaling scaling, Vector256<int> sums, int rounded)
    {
        Vector256<int> codes = ((sums + Vector256.Create(rounded)) >> scaling.Shift) + Vector256.Create(scaling.Zero);
        return Vector256.Min(Vector256.Max(codes, Vector256.Create(scaling.Low)), Vector256.Create((int)sbyte.MaxValue));
    }
}
