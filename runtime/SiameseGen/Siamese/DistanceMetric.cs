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
}
