namespace SiameseGen;

/// <summary>How far apart two embeddings are.</summary>
public enum DistanceMetric
{
    /// <summary>√Σ(aᵢ − bᵢ)².</summary>
    Euclidean,

    /// <summary>Σ(aᵢ − bᵢ)².</summary>
    SquaredEuclidean,

    /// <summary>1 − a·b / (‖a‖‖b‖), between 0 and 2.</summary>
    Cosine,

    /// <summary>Σ|aᵢ − bᵢ|.</summary>
    Manhattan,

    /// <summary>
    /// var(a − b) / var(a), the variance being that of an embedding's values: noise over signal, whatever the embeddings' scale and shift are (Yuan et al., "Signal-to-Noise Ratio: A Robust Distance Metric for Deep
    /// Metric Learning", 2019). Not symmetric: a is the anchor. The distance from an anchor whose values are all equal, which has no signal, is 1.
    /// </summary>
    SignalToNoise,

    /// <summary>−a·b: below 0 where embeddings point the same way, and the less the longer they are. Not 0 for equal ones; for embeddings whose length says something. At length 1 it orders as <see cref="Cosine"/> does.</summary>
    DotProduct,
}
