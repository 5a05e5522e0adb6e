using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Kernels;

/// <summary>Logarithms by polynomials of our own, equal in every bit on any hardware, within 2 units in the last place.</summary>
internal static class Logarithm
{
    private const float Ln2 = 0.693147182f, Ln2Excess = 1.90465421e-9f;

    // Bits of ½√2: numbers are halved and doubled until they lie between it and √2.
    private const int Lowest = 0x3F3504F3;

    /// <summary>ln x for finite x that are not denormal; x must be above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        Vector256<int> exponent = Vector256.ShiftRightArithmetic(x.AsInt32() - Vector256.Create(Lowest), 23);
        Vector256<float> m = (x.AsInt32() - Vector256.ShiftLeft(exponent, 23)).AsSingle();
        Vector256<float> n = Vector256.ConvertToSingle(exponent);
        Vector256<float> s = (m - Vector256<float>.One) / (m + Vector256<float>.One);
        Vector256<float> small = Vectors.MultiplyAdd(n, Vector256.Create(-Ln2Excess), TwiceAtanh(s));
        return Vectors.MultiplyAdd(n, Vector256.Create(Ln2), small);
    }

    /// <summary>ln(1 + x) for x from 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> OnePlus(Vector256<float> x) => TwiceAtanh(x / (x + Vector256.Create(2f)));

    // ln((1 + s) / (1 − s)) = 2s + s³·P(s²) for s up to ⅓, with P interpolated at Chebyshev's nodes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> TwiceAtanh(Vector256<float> s)
    {
        Vector256<float> w = s * s;
        Vector256<float> sum = Vector256.Create(0.207876169f);
        sum = Vectors.MultiplyAdd(sum, w, Vector256.Create(0.174647025f));
        sum = Vectors.MultiplyAdd(sum, w, Vector256.Create(0.222647112f));
        sum = Vectors.MultiplyAdd(sum, w, Vector256.Create(0.285703057f));
        sum = Vectors.MultiplyAdd(sum, w, Vector256.Create(0.400000108f));
        sum = Vectors.MultiplyAdd(sum, w, Vector256.Create(0.666666667f));
        return Vectors.MultiplyAdd(s * w, sum, s + s);
    }
}
