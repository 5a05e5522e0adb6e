using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiameseGen.Kernels;

namespace SiameseGen;

/// <summary>
/// Sums over two vectors in one fixed order, whatever the width of the hardware's registers: element i goes to lane i mod 16 by a fused
/// multiply-add, and the lanes are added as one fixed tree. Swapping the vectors changes no bit.
/// </summary>
internal static class LaneSums
{
    private const int Lanes = 16;

    /// <summary>Σ(aᵢ − bᵢ)².</summary>
    public static float SquaredDifference(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Sum<Squares>(a, b);

    /// <summary>Σ|aᵢ − bᵢ|.</summary>
    public static float AbsoluteDifference(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Sum<Absolutes>(a, b);

    /// <summary>Σ aᵢ·bᵢ.</summary>
    public static float Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Sum<Products>(a, b);

    private static float Sum<TTerm>(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
        where TTerm : struct, ITerm
    {
        if (a.Length != b.Length)
            throw new ArgumentException($"Embeddings of {a.Length} and {b.Length} floats have no distance.", nameof(b));
        ref float left = ref MemoryMarshal.GetReference(a), right = ref MemoryMarshal.GetReference(b);
        Vector256<float> low = default, high = default;
        int i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
        {
            low = TTerm.Add(low, Vector256.LoadUnsafe(ref left, (nuint)i), Vector256.LoadUnsafe(ref right, (nuint)i));
            high = TTerm.Add(high, Vector256.LoadUnsafe(ref left, (nuint)i + 8), Vector256.LoadUnsafe(ref right, (nuint)i + 8));
        }

        if (i < a.Length)
        {
            // Absent elements are zeros on both sides and leave their lanes as they are.
            Tail leftTail = default, rightTail = default;
            a[i..].CopyTo(leftTail);
            b[i..].CopyTo(rightTail);
            low = TTerm.Add(low, Vector256.LoadUnsafe(ref leftTail[0]), Vector256.LoadUnsafe(ref rightTail[0]));
            high = TTerm.Add(high, Vector256.LoadUnsafe(ref leftTail[8]), Vector256.LoadUnsafe(ref rightTail[8]));
        }

        return Tree(low + high);
    }

    /// <summary>The sum of eight lanes, as one fixed tree.</summary>
    public static float Tree(Vector256<float> eight)
    {
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    private interface ITerm
    {
        static abstract Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b);
    }

    private readonly struct Squares : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b)
        {
            Vector256<float> difference = a - b;
            return Vectors.MultiplyAdd(difference, difference, sum);
        }
    }

    private readonly struct Absolutes : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => sum + Vector256.Abs(a - b);
    }

    private readonly struct Products : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => Vectors.MultiplyAdd(a, b, sum);
    }

    [InlineArray(Lanes)]
    private struct Tail
    {
        private float _first;
    }
}
