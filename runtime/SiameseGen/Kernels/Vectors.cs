using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace SiameseGen.Kernels;

/// <summary>The fused multiply-add that every kernel is made of, with the same bits on every machine.</summary>
internal static class Vectors
{
#pragma warning disable RS0030 // this is the one place that asks whether the instruction is there
    /// <summary>a·b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Fma.IsSupported ? Fma.MultiplyAdd(a, b, c)
        : AdvSimd.IsSupported ? Vector256.FusedMultiplyAdd(a, b, c)
        : Vector128.IsHardwareAccelerated ? Emulate(a, b, c) : LaneByLane(a, b, c);

    /// <summary>The same where vectors are that wide, and the instruction is always there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Avx512F.FusedMultiplyAdd(a, b, c);

    /// <summary>a·b + c where a and b are floats, widened: their product is exact, so that it does not matter whether the instruction is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        Fma.IsSupported ? Fma.MultiplyAdd(a, b, c) : (a * b) + c;
#pragma warning restore RS0030

    /// <summary>
    /// The same on a machine without the instruction, where the library would call a scalar function for each lane. In halves, because the library
    /// then makes each operation on 256 bits of two calls, too many to be inlined.
    /// </summary>
    internal static Vector256<float> Emulate(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.Create(Emulate(a.GetLower(), b.GetLower(), c.GetLower()), Emulate(a.GetUpper(), b.GetUpper(), c.GetUpper()));

    // Without any vectors, 128 bits are made of calls as well.
    private static Vector256<float> LaneByLane(Vector256<float> a, Vector256<float> b, Vector256<float> c)
    {
        for (int i = 0; i < Vector256<float>.Count; i++)
        {
            ref float sum = ref Unsafe.Add(ref Unsafe.As<Vector256<float>, float>(ref c), i);
            sum = MathF.FusedMultiplyAdd(
                Unsafe.Add(ref Unsafe.As<Vector256<float>, float>(ref a), i), Unsafe.Add(ref Unsafe.As<Vector256<float>, float>(ref b), i), sum);
        }

        return c;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Emulate(Vector128<float> a, Vector128<float> b, Vector128<float> c)
    {
        Vector128<double> low = Vector128.WidenLower(a) * Vector128.WidenLower(b), high = Vector128.WidenUpper(a) * Vector128.WidenUpper(b);
        return Vector128.Narrow(AddToOdd(low, Vector128.WidenLower(c)), AddToOdd(high, Vector128.WidenUpper(c)));
    }

    // The product of two floats is exact in double. Their sum with c is rounded to odd: when it is inexact, of the two neighbours the one whose
    // last bit is set. Rounding that to float then gives what rounding the exact sum would have given (Boldo and Melquiond, 2008).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> AddToOdd(Vector128<double> product, Vector128<double> c)
    {
        Vector128<double> sum = product + c;

        // The exact error of the sum (Knuth, 1969). It is not a number where the sum is not finite, and then not greater than 0 either.
        Vector128<double> rest = sum - product;
        Vector128<double> error = (product - (sum - rest)) + (c - rest);
        Vector128<long> inexact = Vector128.GreaterThan(Vector128.Abs(error), Vector128<double>.Zero).AsInt64();

        // All bits set where the last bit is 0. There are no comparisons or signed shifts of 64 bits before SSE4.2 and AVX-512.
        Vector128<long> bits = sum.AsInt64(), one = Vector128<long>.One, even = (bits & one) - one;

        // One step away from zero when the error has the sum's sign, one step towards it when not.
        Vector128<long> opposite = (error.AsInt64() ^ bits) >>> 63;
        return (bits + (inexact & even & (one - (opposite + opposite)))).AsDouble();
    }
}
