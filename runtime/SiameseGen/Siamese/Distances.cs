using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiameseGen.Kernels;

namespace SiameseGen;

/// <summary>Distances between embeddings and their gradients. Bits do not depend on hardware; swapping the two embeddings changes none, except with the signal-to-noise ratio, which is not symmetric.</summary>
public static class Distances
{
    // The square of the length below which an embedding has no direction: squares of shorter ones lose their digits.
    internal const float LeastSquare = 1e-30f;

    /// <summary>The distance between two embeddings.</summary>
    /// <param name="metric">Which distance.</param>
    /// <param name="a">One embedding.</param>
    /// <param name="b">Another of the same length.</param>
    /// <returns>0 or more, but for the dot product. The cosine distance to an embedding shorter than 10⁻¹⁵, which has no direction, is 1, and so is the signal-to-noise ratio of an anchor with as little signal.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float Between(DistanceMetric metric, ReadOnlySpan<float> a, ReadOnlySpan<float> b) => metric switch
    {
        DistanceMetric.Euclidean => MathF.Sqrt(LaneSums.SquaredDifference(a, b)),
        DistanceMetric.SquaredEuclidean => LaneSums.SquaredDifference(a, b),
        DistanceMetric.Cosine => Cosine(a, b),
        DistanceMetric.Manhattan => LaneSums.AbsoluteDifference(a, b),
        DistanceMetric.SignalToNoise => SignalToNoise.Between(a, b),
        DistanceMetric.DotProduct => -LaneSums.Product(a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such distance."),
    };

    /// <summary>The cosine of the angle between two embeddings.</summary>
    /// <param name="a">One embedding.</param>
    /// <param name="b">Another of the same length.</param>
    /// <returns>From −1 to 1. The similarity to an embedding shorter than 10⁻¹⁵, which has no direction, is 0.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float CosineSimilarity(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float square = LaneSums.Product(a, a), other = LaneSums.Product(b, b);
        if (square < LeastSquare || other < LeastSquare)
            return 0f;
        float cosine = LaneSums.Product(a, b) / (MathF.Sqrt(square) * MathF.Sqrt(other));
        return cosine < -1f ? -1f : cosine > 1f ? 1f : cosine;
    }

    /// <summary>Adds <paramref name="scale"/> · ∂D(a, b)/∂a to a gradient. <see cref="GradientOfSecond"/> is that of b.</summary>
    /// <remarks>Where the distance has a kink it counts as flat: the gradient of the Euclidean distance at D = 0, and of the Manhattan
    /// distance in a coordinate in which both agree, is 0, and so is that of the cosine distance at an embedding shorter than 10⁻¹⁵, and of the signal-to-noise ratio at an anchor with as little signal.</remarks>
    /// <param name="metric">Which distance.</param>
    /// <param name="a">The embedding that moves.</param>
    /// <param name="b">The other embedding, of the same length.</param>
    /// <param name="distance">What <see cref="Between"/> gave for the two.</param>
    /// <param name="scale">The factor, such as d loss / d distance.</param>
    /// <param name="gradient">Receives the sum; as long as the embeddings.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Gradient(
        DistanceMetric metric, ReadOnlySpan<float> a, ReadOnlySpan<float> b, float distance, float scale, Span<float> gradient)
    {
        if (a.Length != b.Length || gradient.Length != a.Length)
            throw new ArgumentException($"Embeddings of {a.Length} and {b.Length} floats and a gradient of {gradient.Length} do not go together.", nameof(gradient));
        switch (metric)
        {
            case DistanceMetric.Euclidean:
                AddDifference(a, b, distance > 0f ? scale / distance : 0f, gradient);
                break;
            case DistanceMetric.SquaredEuclidean:
                AddDifference(a, b, 2f * scale, gradient);
                break;
            case DistanceMetric.Cosine:
                AddCosine(a, b, scale, gradient);
                break;
            case DistanceMetric.Manhattan:
                AddSigns(a, b, scale, gradient);
                break;
            case DistanceMetric.SignalToNoise:
                SignalToNoise.AddGradient(a, b, scale, gradient);
                break;
            case DistanceMetric.DotProduct:
                for (int k = 0; k < b.Length; k++)
                    gradient[k] = MathF.FusedMultiplyAdd(-scale, b[k], gradient[k]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such distance.");
        }
    }

    /// <summary>Adds <paramref name="scale"/> · ∂D(a, b)/∂b to a gradient: for a symmetric distance the same as <see cref="Gradient"/> with the embeddings exchanged.</summary>
    /// <param name="metric">Which distance.</param>
    /// <param name="a">The first embedding.</param>
    /// <param name="b">The second one, which moves.</param>
    /// <param name="distance">What <see cref="Between"/> gave for the two.</param>
    /// <param name="scale">The factor, such as d loss / d distance.</param>
    /// <param name="gradient">Receives the sum; as long as the embeddings.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void GradientOfSecond(
        DistanceMetric metric, ReadOnlySpan<float> a, ReadOnlySpan<float> b, float distance, float scale, Span<float> gradient)
    {
        if (metric is not DistanceMetric.SignalToNoise)
        {
            Gradient(metric, b, a, distance, scale, gradient);
            return;
        }

        if (a.Length != b.Length || gradient.Length != a.Length)
            throw new ArgumentException($"Embeddings of {a.Length} and {b.Length} floats and a gradient of {gradient.Length} do not go together.", nameof(gradient));
        SignalToNoise.AddGradientOfSecond(a, b, scale, gradient);
    }

    private static float Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float square = LaneSums.Product(a, a), other = LaneSums.Product(b, b);
        if (square < LeastSquare || other < LeastSquare)
            return 1f;
        float lengths = MathF.Sqrt(square) * MathF.Sqrt(other);
        float distance = 1f - (LaneSums.Product(a, b) / lengths);
        return distance < 0f ? 0f : distance > 2f ? 2f : distance;
    }

    // gradient += factor · (a − b)
    private static void AddDifference(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float factor, Span<float> gradient)
    {
        ref float left = ref MemoryMarshal.GetReference(a), right = ref MemoryMarshal.GetReference(b), sum = ref MemoryMarshal.GetReference(gradient);
        Vector256<float> factors = Vector256.Create(factor);
        nuint i = 0, length = (nuint)a.Length;
        for (; i + 8 <= length; i += 8)
        {
            Vector256<float> difference = Vector256.LoadUnsafe(ref left, i) - Vector256.LoadUnsafe(ref right, i);
            Vectors.MultiplyAdd(factors, difference, Vector256.LoadUnsafe(ref sum, i)).StoreUnsafe(ref sum, i);
        }

        for (int k = (int)i; k < a.Length; k++)
            gradient[k] = MathF.FusedMultiplyAdd(factor, a[k] - b[k], gradient[k]);
    }

    private static void AddSigns(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float scale, Span<float> gradient)
    {
        for (int k = 0; k < a.Length; k++)
            gradient[k] += a[k] > b[k] ? scale : a[k] < b[k] ? -scale : 0f;
    }

    // ∂/∂a (1 − a·b / (‖a‖‖b‖)) = cos · a / ‖a‖² − b / (‖a‖‖b‖)
    private static void AddCosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float scale, Span<float> gradient)
    {
        float square = LaneSums.Product(a, a), other = LaneSums.Product(b, b);
        if (square < LeastSquare || other < LeastSquare)
            return;
        float lengths = MathF.Sqrt(square) * MathF.Sqrt(other);
        float along = scale * (LaneSums.Product(a, b) / lengths) / square;
        float across = scale / lengths;
        for (int k = 0; k < a.Length; k++)
            gradient[k] += (along * a[k]) - (across * b[k]);
    }
}
