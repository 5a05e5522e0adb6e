namespace SiameseGen;

/// <summary>
/// VICReg: λ times the mean squared difference of the two views' values, plus μ·v and ν·c of each view, where v = 1/(2d) Σⱼ max(0, 1 − √(varⱼ + 10⁻⁴)) keeps each of the d values spread and c = 1/d Σᵢ Σ_{j≠i} covᵢⱼ² keeps
/// them from saying the same (Bardes, Ponce and LeCun, "VICReg: Variance-Invariance-Covariance Regularization for Self-Supervised Learning", 2022).
/// </summary>
/// <remarks>
/// Trained without labels on two views of each example (<see cref="Sampling.ViewSampler"/>).
/// The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.VICRegLoss"/>, and compares embeddings by their cosine distance.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class VICRegLossAttribute : LossAttribute
{
    /// <summary>The factor λ of differences between views, above 0.</summary>
    public float Invariance { get; set; } = 25f;

    /// <summary>The factor μ of variances that are missing, 0 or above.</summary>
    public float Variance { get; set; } = 25f;

    /// <summary>The factor ν of covariances, 0 or above.</summary>
    public float Covariance { get; set; } = 1f;
}
