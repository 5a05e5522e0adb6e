using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiameseGen.Kernels;

namespace SiameseGen.Losses;

/// <summary>The weighted sum of the absolute differences of two embeddings, Σ αₖ·|aₖ − bₖ|, and its way back. Swapping the two changes no bit of the sum.</summary>
internal static class WeightedDifferences
{
    /// <summary>Σ αₖ·|aₖ − bₖ|.</summary>
    public static float Sum(ReadOnlySpan<float> weights, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ref float weight = ref MemoryMarshal.GetReference(weights), left = ref MemoryMarshal.GetReference(a), right = ref MemoryMarshal.GetReference(b);
        Vector256<float> sums = default;
        int k = 0;
        for (; k <= weights.Length - Lanes.Count; k += Lanes.Count)
        {
            Vector256<float> difference = Vector256.Abs(Vector256.LoadUnsafe(ref left, (nuint)k) - Vector256.LoadUnsafe(ref right, (nuint)k));
            sums = Vectors.MultiplyAdd(Vector256.LoadUnsafe(ref weight, (nuint)k), difference, sums);
        }

        float sum = LaneSums.Tree(sums);
        for (; k < weights.Length; k++)
            sum = MathF.FusedMultiplyAdd(weights[k], MathF.Abs(a[k] - b[k]), sum);
        return sum;
    }

    /// <summary>Adds slope · ∂sum to the gradients of both embeddings and of the weights; where both agree in a value, it counts as flat.</summary>
    public static void AddGradient(
        float slope, ReadOnlySpan<float> weights, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> ofA, Span<float> ofB, Span<float> ofWeights)
    {
        ref float weight = ref MemoryMarshal.GetReference(weights), left = ref MemoryMarshal.GetReference(a), right = ref MemoryMarshal.GetReference(b);
        ref float toLeft = ref MemoryMarshal.GetReference(ofA), toRight = ref MemoryMarshal.GetReference(ofB), toWeights = ref MemoryMarshal.GetReference(ofWeights);
        Vector256<float> slopes = Vector256.Create(slope);
        int k = 0;
        for (; k <= weights.Length - Lanes.Count; k += Lanes.Count)
        {
            nuint at = (nuint)k;
            Vector256<float> difference = Vector256.LoadUnsafe(ref left, at) - Vector256.LoadUnsafe(ref right, at), step = slopes * Vector256.LoadUnsafe(ref weight, at);
            Vector256<float> signed = Vector256.ConditionalSelect(
                Vector256.GreaterThan(difference, Vector256<float>.Zero), step, Vector256.ConditionalSelect(Vector256.LessThan(difference, Vector256<float>.Zero), -step, Vector256<float>.Zero));
            (Vector256.LoadUnsafe(ref toLeft, at) + signed).StoreUnsafe(ref toLeft, at);
            (Vector256.LoadUnsafe(ref toRight, at) - signed).StoreUnsafe(ref toRight, at);
            Vectors.MultiplyAdd(slopes, Vector256.Abs(difference), Vector256.LoadUnsafe(ref toWeights, at)).StoreUnsafe(ref toWeights, at);
        }

        for (; k < weights.Length; k++)
        {
            float difference = a[k] - b[k], step = slope * weights[k], signed = difference > 0f ? step : difference < 0f ? -step : 0f;
            ofA[k] += signed;
            ofB[k] -= signed;
            ofWeights[k] = MathF.FusedMultiplyAdd(slope, MathF.Abs(difference), ofWeights[k]);
        }
    }
}
