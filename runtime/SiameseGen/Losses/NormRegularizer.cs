using System.Runtime.Intrinsics;
using SiameseGen.Kernels;

namespace SiameseGen.Losses;

/// <summary>The mean of the embeddings' norms, (Σₖ |eₖ|ᵖ)^(1/p): keeps embeddings short, and with p = 1 sparse. Without effect behind <see cref="SiameseGen.L2NormalizeAttribute"/> where p is 2.</summary>
public sealed class NormRegularizer : EmbeddingRegularizer
{
    /// <summary>Makes a regularizer.</summary>
    /// <param name="power">The power p, 1 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="power"/> is outside its range.</exception>
    public NormRegularizer(float power = 2f)
    {
        if (!(power >= 1f && float.IsFinite(power)))
            throw new ArgumentOutOfRangeException(nameof(power), power, "The power of a norm is 1 or above, and finite.");
        Power = power;
    }

    /// <summary>The power p, 1 or above.</summary>
    public float Power { get; }

    /// <inheritdoc/>
    public override string Name => "Norm regularizer";

    private protected override double OfItems(int count, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        int length = workspace.EmbeddingLength;
        float share = 1f / count;
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> embedding = embeddings.Slice(i * length, length);
            float norm = NormOf(embedding);
            sum += norm;
            if (norm <= 0f)
                continue; // where the norm has its kink it counts as flat
            Span<float> gradient = gradients.Slice(i * length, length);
            for (int k = 0; k < length; k++)
            {
                float slope = Raised(MathF.Abs(embedding[k]) / norm, Power - 1f);
                gradient[k] = embedding[k] > 0f ? share * slope : embedding[k] < 0f ? -share * slope : 0f;
            }
        }

        return sum / count;
    }

    // Of values divided by the largest, whose powers are neither too large nor all too small.
    private float NormOf(ReadOnlySpan<float> embedding)
    {
        float largest = 0f;
        foreach (float value in embedding)
            largest = MathF.Abs(value) <= largest ? largest : MathF.Abs(value);
        if (!(largest > 0f))
            return largest;
        double powers = 0;
        foreach (float value in embedding)
            powers += Raised(MathF.Abs(value) / largest, Power);
        return largest * Raised((float)powers, 1f / Power);
    }

    private static float Raised(float value, float power) => power switch
    {
        0f => 1f,
        0.5f => MathF.Sqrt(value),
        1f => value,
        2f => value * value,
        _ => value <= 0f ? 0f : Exponential.Exp(power * Logarithm.Log(Vector256.Create(value))).ToScalar(),
    };
}
