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

    /// <summary>ln Σ exp(logit), with the softmax as weights; −∞ and zeros when nothing takes part.</summary>
    /// <param name="logits">A row.</param>
    /// <param name="weights">Receives the softmax; as long, and may be the same memory.</param>
    public static float Of(ReadOnlySpan<float> logits, Span<float> weights)
    {
        float largest = None;
        foreach (float logit in logits)
            largest = logit > largest || float.IsNaN(logit) ? logit : largest;
        if (float.IsNegativeInfinity(largest))
        {
            weights.Clear();
            return None;
        }

        Vector256<float> shift = Vector256.Create(largest), sums = default;
        int i = 0;
        for (; i <= logits.Length - Lanes.Count; i += Lanes.Count)
        {
            Vector256<float> power = Exponential.Exp(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(logits), (nuint)i) - shift);
            power.StoreUnsafe(ref MemoryMarshal.GetReference(weights), (nuint)i);
            sums += power;
        }

        Vector128<float> four = sums.GetLower() + sums.GetUpper();
        float sum = (four[0] + four[2]) + (four[1] + four[3]);
        for (; i < logits.Length; i++)
        {
            float power = Exp(logits[i] - largest);
            weights[i] = power;
            sum += power;
        }

        float scale = 1f / sum;
        foreach (ref float weight in weights[..logits.Length])
            weight *= scale;
        return largest + Log(sum);
    }

    /// <summary>ln(1 + eˣ).</summary>
    public static float Softplus(float x) =>
        float.IsNegativeInfinity(x) ? 0f : MathF.Max(x, 0f) + Logarithm.OnePlus(Exponential.Exp(Vector256.Create(-MathF.Abs(x)))).ToScalar();

    /// <summary>1 / (1 + e⁻ˣ), the derivative of <see cref="Softplus"/>.</summary>
    public static float Sigmoid(float x) => Exponential.Sigmoid(Vector256.Create(x)).ToScalar();

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp(float x) => Exponential.Exp(Vector256.Create(x)).ToScalar();

    private static float Log(float x) => Logarithm.Log(Vector256.Create(x)).ToScalar();
}
