using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiameseGen.Mining;

/// <summary>Marks the distances of a row that lie in a range, 32 at a time.</summary>
internal static class Marks
{
    /// <summary>mark[i] = above &lt; distance[i] − origin ≤ upTo.</summary>
    public static void Between(ReadOnlySpan<float> distances, float origin, float above, float upTo, Span<bool> marks)
    {
        ref float first = ref MemoryMarshal.GetReference(distances);
        ref byte mark = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(marks));
        Vector256<float> shift = Vector256.Create(origin), low = Vector256.Create(above), high = Vector256.Create(upTo);
        int i = 0;
        for (; i <= distances.Length - 32; i += 32)
        {
            Vector256<short> one = Vector256.Narrow(In(ref first, i), In(ref first, i + 8)), two = Vector256.Narrow(In(ref first, i + 16), In(ref first, i + 24));
            (Vector256.Narrow(one, two) & Vector256<sbyte>.One).AsByte().StoreUnsafe(ref mark, (nuint)i);
        }

        for (; i < distances.Length; i++)
        {
            float gap = distances[i] - origin;
            marks[i] = gap > above && gap <= upTo;
        }

        Vector256<int> In(ref float from, int at)
        {
            Vector256<float> gap = Vector256.LoadUnsafe(ref from, (nuint)at) - shift;
            return (Vector256.GreaterThan(gap, low) & Vector256.LessThanOrEqual(gap, high)).AsInt32();
        }
    }

    /// <summary>mark[i] = square > limit · (2 (one[i]² + other[i]²) − square).</summary>
    public static void Wide(ReadOnlySpan<float> one, ReadOnlySpan<float> other, float square, float limit, Span<bool> marks)
    {
        ref float left = ref MemoryMarshal.GetReference(one), right = ref MemoryMarshal.GetReference(other);
        ref byte mark = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(marks));
        Vector256<float> squares = Vector256.Create(square), limits = Vector256.Create(limit);
        int i = 0;
        for (; i <= one.Length - 32; i += 32)
        {
            Vector256<short> first = Vector256.Narrow(In(ref left, ref right, i), In(ref left, ref right, i + 8)), second = Vector256.Narrow(In(ref left, ref right, i + 16), In(ref left, ref right, i + 24));
            (Vector256.Narrow(first, second) & Vector256<sbyte>.One).AsByte().StoreUnsafe(ref mark, (nuint)i);
        }

        for (; i < one.Length; i++)
            marks[i] = square > limit * ((2f * ((one[i] * one[i]) + (other[i] * other[i]))) - square);

        Vector256<int> In(ref float from, ref float fromOther, int at)
        {
            Vector256<float> a = Vector256.LoadUnsafe(ref from, (nuint)at), b = Vector256.LoadUnsafe(ref fromOther, (nuint)at);
            return Vector256.GreaterThan(squares, limits * ((((a * a) + (b * b)) * 2f) - squares)).AsInt32();
        }
    }

    /// <summary>mark[i] = distance[i] &lt; limit.</summary>
    public static void Below(ReadOnlySpan<float> distances, float limit, Span<bool> marks) => Between(distances, 0f, float.NegativeInfinity, MathF.BitDecrement(limit), marks);
}
