using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace SiameseGen.Kernels;

/// <summary>The fused multiply-add that every kernel is made of, with the same bits on every machine.</summary>
internal static class Vectors
{
    /// <summary>a·b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Fma.IsSupported || AdvSimd.IsSupported ? Vector256.FusedMultiplyAdd(a, b, c) : Emulate(a, b, c);

    /// <summary>The same on a machine without the instruction, where the library would call a scalar function for each lane.</summary>
    internal static Vector256<float> Emulate(Vector256<float> a, Vector256<float> b, Vector256<float> c)
    {
        (Vector256<double> aLow, Vector256<double> aHigh) = Vector256.Widen(a);
        (Vector256<double> bLow, Vector256<double> bHigh) = Vector256.Widen(b);
        (Vector256<double> cLow, Vector256<double> cHigh) = Vector256.Widen(c);
        return Vector256.Narrow(AddToOdd(aLow * bLow, cLow), AddToOdd(aHigh * bHigh, cHigh));
    }

    // The product of two floats is exact in double. Their sum with c is rounded to odd: when it is inexact, of the two neighbours the one whose
    // last bit is set. Rounding that to float then gives what rounding the exact sum would have given (Boldo and Melquiond, 2008).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> AddToOdd(Vector256<double> product, Vector256<double> c)
    {
        Vector256<double> sum = product + c;

        // The exact error of the sum (Knuth, 1969).
        Vector256<double> rest = sum - product;
        Vector256<double> error = (product - (sum - rest)) + (c - rest);
        Vector256<long> bits = sum.AsInt64();
        Vector256<long> inexact = (Vector256.GreaterThan(error, Vector256<double>.Zero) | Vector256.LessThan(error, Vector256<double>.Zero)).AsInt64();
        Vector256<long> even = Vector256.Equals(bits & Vector256<long>.One, Vector256<long>.Zero);

        // One step away from zero when the error has the sum's sign, one step towards it when not.
        Vector256<long> towards = (error.AsInt64() ^ bits) >> 63;
        return (bits + (inexact & even & (towards | Vector256<long>.One))).AsDouble();
    }
}
