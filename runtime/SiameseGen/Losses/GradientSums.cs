using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiameseGen.Kernels;

namespace SiameseGen.Losses;

/// <summary>The way back from a table of weights to the gradients of its rows: for each row a weighted sum over all others.</summary>
internal static class GradientSums
{
    /// <summary>gradient of i = Σ over j of weight(i, j) · term(i, j), j from first to last. Most weights of a mined batch are 0: the others are listed first.</summary>
    public static void Gather<TTerm>(
        ReadOnlySpan<float> owners, int rowCount, ReadOnlySpan<float> rows, int count, int length, ReadOnlySpan<float> weights, Span<float> gradients, LossWorkspace workspace)
        where TTerm : struct, IWeighedTerm
    {
        Span<int> listed = workspace.Listed.AsSpan(0, count);
        for (int i = 0; i < rowCount; i++)
        {
            ReadOnlySpan<float> own = owners.Slice(i * length, length), weight = weights.Slice(i * count, count);
            Span<float> gradient = gradients.Slice(i * length, length);
            ReadOnlySpan<int> others = listed[..List(weight, listed)];
            int k = 0;
            for (; k <= length - (4 * Lanes.Count); k += 4 * Lanes.Count)
                GatherFour<TTerm>(own, rows, weight, others, k, gradient);
            for (; k <= length - Lanes.Count; k += Lanes.Count)
                GatherOne<TTerm>(own, rows, weight, others, k, gradient);
            if (k == length)
                continue;
            if (length >= Lanes.Count)
            {
                // The last vector overlaps the one before, and computes the same there again.
                GatherOne<TTerm>(own, rows, weight, others, length - Lanes.Count, gradient);
                continue;
            }

            for (; k < length; k++)
            {
                Vector256<float> sum = default;
                foreach (int j in others)
                    sum = TTerm.Weigh(sum, Vector256.Create(weight[j]), Vector256.Create(own[k]), Vector256.Create(rows[(j * length) + k]));
                gradient[k] = sum.ToScalar();
            }
        }
    }

    // Where a weight is not 0.
    private static int List(ReadOnlySpan<float> weights, Span<int> listed)
    {
        int found = 0, i = 0;
        for (; i <= weights.Length - Lanes.Count; i += Lanes.Count)
        {
            uint some = ~Vector256.Equals(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(weights), (nuint)i), Vector256<float>.Zero).ExtractMostSignificantBits() & 0xFF;
            for (; some != 0; some &= some - 1)
                listed[found++] = i + System.Numerics.BitOperations.TrailingZeroCount(some);
        }

        for (; i < weights.Length; i++)
        {
            if (weights[i] != 0f)
                listed[found++] = i;
        }

        return found;
    }

    private static void GatherFour<TTerm>(ReadOnlySpan<float> own, ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<int> others, int k, Span<float> gradient)
        where TTerm : struct, IWeighedTerm
    {
        ref float value = ref Unsafe.Add(ref MemoryMarshal.GetReference(own), k), first = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), k);
        Vector256<float> x0 = Vector256.LoadUnsafe(ref value), x1 = Vector256.LoadUnsafe(ref value, 8), x2 = Vector256.LoadUnsafe(ref value, 16), x3 = Vector256.LoadUnsafe(ref value, 24);
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
        foreach (int j in others)
        {
            ref float other = ref Unsafe.Add(ref first, j * own.Length);
            Vector256<float> weight = Vector256.Create(weights[j]);
            s0 = TTerm.Weigh(s0, weight, x0, Vector256.LoadUnsafe(ref other));
            s1 = TTerm.Weigh(s1, weight, x1, Vector256.LoadUnsafe(ref other, 8));
            s2 = TTerm.Weigh(s2, weight, x2, Vector256.LoadUnsafe(ref other, 16));
            s3 = TTerm.Weigh(s3, weight, x3, Vector256.LoadUnsafe(ref other, 24));
        }

        ref float target = ref Unsafe.Add(ref MemoryMarshal.GetReference(gradient), k);
        s0.StoreUnsafe(ref target);
        s1.StoreUnsafe(ref target, 8);
        s2.StoreUnsafe(ref target, 16);
        s3.StoreUnsafe(ref target, 24);
    }

    private static void GatherOne<TTerm>(ReadOnlySpan<float> own, ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<int> others, int k, Span<float> gradient)
        where TTerm : struct, IWeighedTerm
    {
        Vector256<float> value = Vector256.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(own), k)), sum = default;
        ref float first = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), k);
        foreach (int j in others)
            sum = TTerm.Weigh(sum, Vector256.Create(weights[j]), value, Vector256.LoadUnsafe(ref Unsafe.Add(ref first, j * own.Length)));
        sum.StoreUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(gradient), k));
    }

    internal interface IWeighedTerm
    {
        static abstract Vector256<float> Weigh(Vector256<float> sum, Vector256<float> weight, Vector256<float> a, Vector256<float> b);
    }

    internal readonly struct Differences : IWeighedTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Weigh(Vector256<float> sum, Vector256<float> weight, Vector256<float> a, Vector256<float> b) =>
            Vectors.MultiplyAdd(weight, a - b, sum);
    }

    // ∂(1 − a·b)/∂a = −b
    internal readonly struct Partners : IWeighedTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Weigh(Vector256<float> sum, Vector256<float> weight, Vector256<float> a, Vector256<float> b) =>
            Vectors.MultiplyAdd(-weight, b, sum);
    }

    internal readonly struct Signs : IWeighedTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Weigh(Vector256<float> sum, Vector256<float> weight, Vector256<float> a, Vector256<float> b) =>
            sum + Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), weight, Vector256.ConditionalSelect(Vector256.LessThan(a, b), -weight, Vector256<float>.Zero));
    }
}
