using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>
/// Exponential functions by polynomials of our own, equal in every bit on any hardware; the C library's differ from system to system.
/// They are within 1 (eˣ), 2 (tanh, eˣ − 1) and 2½ (logistic) units in the last place, saturate as the functions do, and pass on what is not a number.
/// </summary>
internal static class Exponential
{
    // ln 2 as a float and what that float is too large by: n · ln 2 is subtracted without loss for every n that occurs.
    private const float Ln2 = 0.693147182f, Ln2Excess = 1.90465421e-9f, Log2E = 1.44269502f;

    // Adding 1.5 · 2²³ rounds to an integer, which then stands in the low bits.
    private const float Rounder = 12582912f;

    // Below −104 the result rounds to 0 and above 89 to infinity.
    private const float Lowest = -104f, Highest = 89f;

    // Where tanh turns from its series to exponentials; there it is ½.
    private const float TanhSwitch = 0.55f;

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        // x = n · ln 2 + r, |r| ≤ ½ ln 2, so that eˣ = 2ⁿ · eʳ. Comparisons with what is not a number are false and leave it as it is.
        Vector256<float> highest = Vector256.Create(Highest), lowest = Vector256.Create(Lowest), rounder = Vector256.Create(Rounder);
        x = Vector256.ConditionalSelect(Vector256.GreaterThan(x, highest), highest, x);
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, lowest), lowest, x);
        Vector256<float> shifted = Vectors.MultiplyAdd(x, Vector256.Create(Log2E), rounder);
        Vector256<float> n = shifted - rounder;
        Vector256<float> r = Vectors.MultiplyAdd(n, Vector256.Create(-Ln2), x);
        r = Vectors.MultiplyAdd(n, Vector256.Create(Ln2Excess), r);

        // Taylor's series; the first term left out is below 2⁻²⁷ of the sum.
        Vector256<float> sum = Vector256.Create(1f / 5040);
        sum = Vectors.MultiplyAdd(sum, r, Vector256.Create(1f / 720));
        sum = Vectors.MultiplyAdd(sum, r, Vector256.Create(1f / 120));
        sum = Vectors.MultiplyAdd(sum, r, Vector256.Create(1f / 24));
        sum = Vectors.MultiplyAdd(sum, r, Vector256.Create(1f / 6));
        sum = Vectors.MultiplyAdd(sum, r, Vector256.Create(0.5f));
        sum = Vectors.MultiplyAdd(sum, r, Vector256<float>.One);
        sum = Vectors.MultiplyAdd(sum, r, Vector256<float>.One);

        // Two factors, because 2ⁿ itself may be too large or too small for a float where the result is not.
        Vector256<int> exponent = shifted.AsInt32() - rounder.AsInt32();
        Vector256<int> half = Vector256.ShiftRightArithmetic(exponent, 1);
        return sum * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    /// <summary>eˣ − 1 for x up to 0, where near 0 the 1 would take all digits away; 0 for x above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MinusOne(Vector256<float> x)
    {
        // Below −20 the result rounds to −1.
        Vector256<float> lowest = Vector256.Create(-20f), rounder = Vector256.Create(Rounder);
        x = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), Vector256<float>.Zero, x);
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, lowest), lowest, x);
        Vector256<float> shifted = Vectors.MultiplyAdd(x, Vector256.Create(Log2E), rounder);
        Vector256<float> n = shifted - rounder;
        Vector256<float> r = Vectors.MultiplyAdd(n, Vector256.Create(-Ln2), x);
        r = Vectors.MultiplyAdd(n, Vector256.Create(Ln2Excess), r);

        // eʳ − 1 = r + r²·P(r), with P interpolated at Chebyshev's nodes; then 2ⁿ·(eʳ − 1) + (2ⁿ − 1).
        Vector256<float> sum = Vector256.Create(0.000198993163f);
        sum = Vectors.MultiplyAdd(sum, r, Vector256.Create(0.0013888854f));
        sum = Vectors.MultiplyAdd(sum, r, Vector256.Create(0.00833329843f));
        sum = Vectors.MultiplyAdd(sum, r, Vector256.Create(0.0416666667f));
        sum = Vectors.MultiplyAdd(sum, r, Vector256.Create(0.166666667f));
        sum = Vectors.MultiplyAdd(sum, r, Vector256.Create(0.5f));
        Vector256<float> rest = Vectors.MultiplyAdd(r * r, sum, r);
        Vector256<float> power = PowerOfTwo(shifted.AsInt32() - rounder.AsInt32());
        return Vectors.MultiplyAdd(power, rest, power - Vector256<float>.One);
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x)
    {
        // With e = exp(−|x|), which cannot overflow: 1 / (1 + e) on the right and e / (1 + e) on the left.
        Vector256<float> e = Exp(-Vector256.Abs(x));
        Vector256<float> numerator = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), e, Vector256<float>.One);
        return numerator / (Vector256<float>.One + e);
    }

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        Vector256<float> magnitude = Vector256.Abs(x);

        // Near 0: x + x·z·P(z) with z = x² and P interpolated at Chebyshev's nodes, wrong by less than 2⁻²⁷ of the value.
        Vector256<float> z = magnitude * magnitude;
        Vector256<float> sum = Vector256.Create(-0.00660837116f);
        sum = Vectors.MultiplyAdd(sum, z, Vector256.Create(0.0213084016f));
        sum = Vectors.MultiplyAdd(sum, z, Vector256.Create(-0.0539092682f));
        sum = Vectors.MultiplyAdd(sum, z, Vector256.Create(0.133331135f));
        sum = Vectors.MultiplyAdd(sum, z, Vector256.Create(-0.333333313f));
        Vector256<float> near = Vectors.MultiplyAdd(magnitude, z * sum, magnitude);

        // Elsewhere: 1 − 2 / (e²ˣ + 1).
        Vector256<float> far = Vector256<float>.One - (Vector256.Create(2f) / (Exp(magnitude + magnitude) + Vector256<float>.One));
        Vector256<float> result = Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(TanhSwitch)), near, far);
        return result | (x & Vector256.Create(-0f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<int> exponent) =>
        Vector256.ShiftLeft(exponent + Vector256.Create(127), 23).AsSingle();
}
