namespace SiameseGen.Mining;

/// <summary>
/// Of each anchor the negatives more similar than its least similar positive, and the positives less similar than its most similar negative, each with some slack ε (Wang et al., "Multi-Similarity Loss with General
/// Pair Weighting for Deep Metric Learning", 2019).
/// </summary>
public sealed class MultiSimilarityMiner : Miner
{
    /// <summary>Makes a miner.</summary>
    /// <param name="epsilon">The slack ε of similarities, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is negative or not finite.</exception>
    public MultiSimilarityMiner(float epsilon = 0.1f)
    {
        if (!(epsilon >= 0f) || float.IsInfinity(epsilon))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "A slack is 0 or above, and finite.");
        Epsilon = epsilon;
    }

    /// <summary>The slack ε.</summary>
    public float Epsilon { get; }

    /// <inheritdoc/>
    public override DistanceMetric? RequiredDistance => DistanceMetric.Cosine;

    /// <inheritdoc/>
    public override bool AcceptsMemory => true;

    /// <inheritdoc/>
    public override bool ChoosesPairs => true;

    /// <inheritdoc/>
    public override bool Choose(in MiningAnchor anchor, int positive, Span<bool> negatives)
    {
        ReadOnlySpan<float> distances = anchor.Distances;
        int least = anchor.Find(positives: true, farthest: true), most = anchor.Find(positives: false, farthest: false);
        if (most < 0 || least < 0)
            return false;

        // In distances, which are one minus the similarity.
        float limit = distances[least] + Epsilon;
        Marks.Below(distances, limit, negatives);
        return distances[positive] + Epsilon > distances[most];
    }
}
