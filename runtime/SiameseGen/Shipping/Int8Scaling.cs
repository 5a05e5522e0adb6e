using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SiameseGen.Shipping;

/// <summary>How a step in integers turns sums into 8-bit codes: clamp(zero + ((sum · multiplier + 2^(shift − 1)) &gt;&gt; shift), low, 127), with a product of 64 bits and a shift that rounds down.</summary>
/// <param name="Shift">Bits, 31 to 62.</param>
/// <param name="Border">The code outside of an image.</param>
/// <param name="Zero">The result's code for 0.</param>
/// <param name="Low">The result's lowest code: its zero after a ReLU, else −128.</param>
public readonly record struct Int8Scaling(int Shift, int Border, int Zero, int Low)
{
    /// <summary>The code of a sum.</summary>
    /// <param name="sum">The sum, its bias included.</param>
    /// <param name="multiplier">The multiplier, 0 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public sbyte Code(int sum, int multiplier)
    {
        int code = Zero + (int)((((long)sum * multiplier) + (1L << (Shift - 1))) >> Shift);
        return (sbyte)(code < Low ? Low : code > sbyte.MaxValue ? sbyte.MaxValue : code);
    }

    // The same for eight sums, as whole numbers of 32 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<int> Codes(Vector256<int> sums, Vector256<int> multipliers)
    {
        // There is no shift of 64 bits that keeps the sign, so numbers are made positive before and moved back after.
        Vector256<long> lift = Vector256.Create((1L << 62) + (1L << (Shift - 1)));
        Vector256<ulong> even = (Avx2.Multiply(sums, multipliers) + lift).AsUInt64() >>> Shift;
        Vector256<ulong> odd = (Avx2.Multiply((sums.AsUInt64() >>> 32).AsInt32(), (multipliers.AsUInt64() >>> 32).AsInt32()) + lift).AsUInt64() >>> Shift;
        Vector256<int> codes = Avx2.Blend(even.AsInt32(), (odd << 32).AsInt32(), 0b1010_1010) - Vector256.Create(unchecked((int)(1L << (62 - Shift)))) + Vector256.Create(Zero);
        return Vector256.Min(Vector256.Max(codes, Vector256.Create(Low)), Vector256.Create((int)sbyte.MaxValue));
    }
}
