using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiameseGen.Kernels;

namespace SiameseGen.Losses;

/// <summary>Soft maxima of rows of logits, and their derivatives, which are the softmax. What does not take part has the logit −∞.</summary>
internal static class LogSumExp
{
    /// <summary>The logit of what does not take part.</summary>
    public const float None = float.NegativeInfinity;

    private const float Lowest = -87f;

    /// <summary>ln Σ exp(logit), with the softmax as weights; −∞ and zeros when nothing takes part.</summary>
    /// <param name="logits">A row.</param>
    /// <param name="weights">Receives the softmax; as long, and may be the same memory.</param>
    public static float Of(ReadOnlySpan<float> logits, Span<float> weights)
    {
        float largest = Largest(logits);
        if (float.IsNegativeInfinity(largest))
        {
            weights.Clear();
            return None;
        }

        Vector256<float> shift = Vector256.Create(largest), sums = default;
        int i = 0;
        for (; i <= logits.Length - Lanes.Count; i += Lanes.Count)
        {
            Vector256<float> power = Power(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(logits), (nuint)i) - shift);
            power.StoreUnsafe(ref MemoryMarshal.GetReference(weights), (nuint)i);
            sums += power;
        }

        float sum = LaneSums.Tree(sums);
        for (; i < logits.Length; i++)
        {
            float power = Power(Vector256.Create(logits[i] - largest)).ToScalar();
            weights[i] = power;
            sum += power;
        }

        float scale = 1f / sum;
        for (i = 0; i <= logits.Length - Lanes.Count; i += Lanes.Count)
        {
            ref float weight = ref weights[i];
            (Vector256.LoadUnsafe(ref weight) * scale).StoreUnsafe(ref weight);
        }

        for (; i < logits.Length; i++)
            weights[i] *= scale;
        return largest + Log(sum);
    }

    /// <summary>eˣ beside an e⁰, so that what is below e⁻⁸⁷ may be 0: numbers too small for a float's full digits, which most masked logits would become on the way, take a processor a hundred times as long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Power(Vector256<float> x)
    {
        Vector256<float> lowest = Vector256.Create(Lowest), isLower = Vector256.LessThan(x, lowest);
        return Vector256.ConditionalSelect(isLower, Vector256<float>.Zero, Exponential.Exp(Vector256.ConditionalSelect(isLower, lowest, x)));
    }

    // Not a number, if any is.
    private static float Largest(ReadOnlySpan<float> logits)
    {
        Vector256<float> largest = Vector256.Create(None);
        int i = 0;
        for (; i <= logits.Length - Lanes.Count; i += Lanes.Count)
            largest = Vector256.Max(largest, Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(logits), (nuint)i));
        float result = None;
        for (int lane = 0; lane < Lanes.Count; lane++)
            result = MathF.Max(result, largest[lane]);
        for (; i < logits.Length; i++)
            result = MathF.Max(result, logits[i]);
        return result;
    }

    /// <summary>ln(1 + eˣ).</summary>
    public static float Softplus(float x) =>
        float.IsNegativeInfinity(x) ? 0f : MathF.Max(x, 0f) + Logarithm.OnePlus(Exponential.Exp(Vector256.Create(-MathF.Abs(x)))).ToScalar();

    /// <summary>1 / (1 + e⁻ˣ), the derivative of <see cref="Softplus"/>.</summary>
    public static float Sigmoid(float x) => Exponential.Sigmoid(Vector256.Create(x)).ToScalar();

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => Exponential.Exp(Vector256.Create(x)).ToScalar();

    /// <summary>ln x.</summary>
    public static float Log(float x) => Logarithm.Log(Vector256.Create(x)).ToScalar();
}
