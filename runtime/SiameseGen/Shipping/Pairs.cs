using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace SiameseGen.Shipping;

/// <summary>Products of 16-bit numbers whose pairs are added in 32 bits, as processors do it in one instruction.</summary>
internal static class Pairs
{
    /// <summary>Sixteen codes as 16-bit numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Widen(ref sbyte codes) => Widen(Vector128.LoadUnsafe(ref codes));

    /// <summary>Sixteen codes as 16-bit numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Widen(Vector128<sbyte> codes) =>
        Avx2.IsSupported ? Avx2.ConvertToVector256Int16(codes) : Vector256.Create(Vector128.WidenLower(codes), Vector128.WidenUpper(codes));

    /// <summary>A pair of numbers, eight times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Repeat(ref short numbers, int index) =>
        Vector256.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.As<short, byte>(ref Unsafe.Add(ref numbers, index)))).AsInt16();

    /// <summary>To each sum the products of a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> sums, Vector256<short> left, Vector256<short> right) => Avx2.IsSupported
        ? sums + Avx2.MultiplyAddAdjacent(left, right)
        : sums + Vector256.Create(Multiply(left.GetLower(), right.GetLower()), Multiply(left.GetUpper(), right.GetUpper()));

    private static Vector128<int> Multiply(Vector128<short> left, Vector128<short> right)
    {
        if (Sse2.IsSupported)
            return Sse2.MultiplyAddAdjacent(left, right);
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.AddPairwise(AdvSimd.MultiplyWideningLower(left.GetLower(), right.GetLower()), AdvSimd.MultiplyWideningUpper(left, right));

        // A number of 32 bits holds the pair: its second one above, its first one below.
        Vector128<int> l = left.AsInt32(), r = right.AsInt32();
        return ((l >> 16) * (r >> 16)) + (((l << 16) >> 16) * ((r << 16) >> 16));
    }
}
