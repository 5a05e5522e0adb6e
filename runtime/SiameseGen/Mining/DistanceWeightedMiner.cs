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
        // The Gumbel-max trick: the largest of log weight + noise is each item with the probability of its weight.
        var random = new CounterRandom((ulong)(uint)Seed, CounterRandom.Purpose.Mining, (uint)((anchor.Item * negatives.Length) + positive), anchor.Step);
        ReadOnlySpan<float> distances = anchor.Distances;
        int best = -1;
        float largest = float.NegativeInfinity;
        for (int i = 0; i < negatives.Length; i++)
        {
            float noise = random.NextSingle(1e-7f, 1f);
            if (!anchor.IsNegative(i) || !(distances[i] <= Farthest))
                continue;
            float value = LogWeight(distances[i], anchor.EmbeddingLength) - Log(-Log(noise));
            if (value > largest)
                (largest, best) = (value, i);
        }

        if (best >= 0)
            negatives[best] = true;
        return true;
    }

    // One over the density of distances on a sphere of n dimensions, dⁿ⁻² (1 − ¼d²)^((n−3)/2).
    private float LogWeight(float distance, int dimensions)
    {
        float d = Math.Clamp(distance, Cutoff, Longest);
        return ((2f - dimensions) * Log(d)) - ((dimensions - 3f) / 2f * Log(1f - (0.25f * d * d)));
    }

    private static float Log(float x) => Logarithm.Log(Vector256.Create(MathF.Max(x, 1e-30f))).ToScalar();
}
