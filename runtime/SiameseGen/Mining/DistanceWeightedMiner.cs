using System.Runtime.Intrinsics;
using SiameseGen.Kernels;
using SiameseGen.Losses;

namespace SiameseGen.Mining;

/// <summary>
/// For each anchor and positive one negative by chance, such that all distances are equally likely: random points on a sphere nearly all lie a quarter turn apart, so that plain chance would rarely choose a
/// close one (Wu et al., "Sampling Matters in Deep Embedding Learning", 2017).
/// </summary>
/// <remarks>For embeddings of length 1 and Euclidean distances. The choice is a function of seed, step, anchor and positive.</remarks>
public sealed class DistanceWeightedMiner : Miner
{
    private const float Longest = 1.99f;

    /// <summary>Makes a miner.</summary>
    /// <param name="cutoff">Closer negatives count as if they were this far, above 0 and below 2: the closest are noise.</param>
    /// <param name="farthest">Farther negatives are never chosen, above <paramref name="cutoff"/>: they have no loss.</param>
    /// <param name="seed">Equal seeds choose alike.</param>
    /// <exception cref="ArgumentOutOfRangeException">A distance is outside its range.</exception>
    public DistanceWeightedMiner(float cutoff = 0.5f, float farthest = 1.4f, int seed = 0)
    {
        if (!(cutoff is > 0f and < Longest))
            throw new ArgumentOutOfRangeException(nameof(cutoff), cutoff, "A cutoff is above 0 and below 2, the largest distance there is.");
        if (!(farthest > cutoff))
            throw new ArgumentOutOfRangeException(nameof(farthest), farthest, "The farthest negative is beyond the cutoff.");
        Cutoff = cutoff;
        Farthest = farthest;
        Seed = seed;
    }

    /// <summary>Closer negatives count as if they were this far.</summary>
    public float Cutoff { get; }

    /// <summary>Farther negatives are never chosen.</summary>
    public float Farthest { get; }

    /// <summary>Equal seeds choose alike.</summary>
    public int Seed { get; }

    /// <inheritdoc/>
    public override DistanceMetric? RequiredDistance => DistanceMetric.Euclidean;

    /// <inheritdoc/>
    public override bool Choose(in MiningAnchor anchor, int positive, Span<bool> negatives)
    {
        // The share of each negative in the sum of all, then the one at which the running sum reaches a random share of it.
        ReadOnlySpan<float> distances = anchor.Distances;
        Span<float> weights = anchor.Workspace.Logits.AsSpan(0, distances.Length);
        float largest = float.NegativeInfinity;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = anchor.IsNegative(i) && distances[i] <= Farthest ? Math.Clamp(distances[i], Cutoff, Longest) : 0f;
            largest = MathF.Max(largest, weights[i]);
        }

        if (!(largest > 0f))
            return true;
        LogWeights(weights, anchor.EmbeddingLength);
        LogSumExp.Of(weights, weights);
        var random = new CounterRandom((ulong)(uint)Seed, CounterRandom.Purpose.Mining, (uint)((anchor.Item * negatives.Length) + positive), anchor.Step);
        float wanted = random.NextSingle(), sum = 0;
        int chosen = -1;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0f)
                continue;
            chosen = i;
            sum += weights[i];
            if (sum > wanted)
                break;
        }

        negatives[chosen] = true;
        return true;
    }

    // From distances to the logarithm of one over their density on a sphere of n dimensions, dⁿ⁻² (1 − ¼d²)^((n−3)/2); from 0 to −∞.
    private static void LogWeights(Span<float> distances, int dimensions)
    {
        Vector256<float> ofDistance = Vector256.Create(2f - dimensions), ofRest = Vector256.Create((dimensions - 3f) / -2f);
        int i = 0;
        for (; i <= distances.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            ref float distance = ref distances[i];
            Weigh(Vector256.LoadUnsafe(ref distance)).StoreUnsafe(ref distance);
        }

        for (; i < distances.Length; i++)
            distances[i] = Weigh(Vector256.Create(distances[i])).ToScalar();

        Vector256<float> Weigh(Vector256<float> d)
        {
            Vector256<float> value = (ofDistance * Logarithm.Log(d)) + (ofRest * Logarithm.Log(Vector256<float>.One - (d * d * Vector256.Create(0.25f))));
            return Vector256.ConditionalSelect(Vector256.Equals(d, Vector256<float>.Zero), Vector256.Create(LogSumExp.None), value);
        }
    }
}
