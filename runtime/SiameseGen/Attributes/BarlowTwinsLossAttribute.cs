namespace SiameseGen;

/// <summary>
/// Barlow Twins: Σᵢ(1 − Cᵢᵢ)² + λ·Σᵢ Σ_{j≠i} Cᵢⱼ² with the correlation C of the embeddings' values over the batch, between first and second views (Zbontar et al., "Barlow Twins: Self-Supervised Learning via
/// Redundancy Reduction", 2021).
/// </summary>
/// <remarks>
/// Trained without labels on two views of each example (<see cref="Sampling.ViewSampler"/>).
/// The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.BarlowTwinsLoss"/>, and compares embeddings by their cosine distance.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BarlowTwinsLossAttribute : LossAttribute
{
    /// <summary>The factor λ of correlations between different values, above 0.</summary>
    public float Redundancy { get; set; } = 0.005f;
}
