namespace SiameseGen.Mining;

/// <summary>
/// For each anchor and positive one negative by chance, such that all distances are equally likely: random points on a sphere nearly all lie a quarter turn apart, so that plain chance would rarely choose a
/// close one (Wu et al., "Sampling Matters in Deep Embedding Learning", 2017).
/// </summary>
/// <remarks>For embeddings of length 1 and Euclidean distances. The choice is a function of seed, step, anchor and positive.</remarks>
public sealed class DistanceWeightedMiner : Miner
{
    /// <summary>Distances beyond this count as if they were this far: the density has a pole at 2.</summary>
    internal const float Longest = 1.99f;

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
    public override bool AcceptsMemory => true;

    /// <inheritdoc/>
    public override bool Choose(in MiningAnchor anchor, int positive, Span<bool> negatives)
    {
        DistanceWeights weights = anchor.Workspace.DistanceWeights;
        weights.Weigh(this, anchor);
        if (!weights.Any)
            return true;
        var random = new CounterRandom((ulong)(uint)Seed, CounterRandom.Purpose.Mining, (uint)((anchor.Item * negatives.Length) + positive), anchor.Step);
        negatives[weights.Draw(random.NextSingle())] = true;
        return true;
    }
}
