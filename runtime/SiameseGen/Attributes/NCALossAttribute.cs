namespace SiameseGen;

/// <summary>
/// Neighbourhood components analysis, the loss of an anchor: −ln(Σ_p exp(−λ·D_ap) / Σ_k exp(−λ·D_ak)) with the squared Euclidean distance D, p running over its positives and k over all
/// other items (Goldberger et al., "Neighbourhood Components Analysis", 2004, as a cross entropy).
/// </summary>
/// <remarks>Trained on batches of classes. The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.NCALoss"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class NCALossAttribute : LossAttribute
{
    /// <summary>The factor λ of distances, above 0.</summary>
    public float Scale { get; set; } = 1f;

    /// <summary>How the terms of the mean become one loss.</summary>
    public Losses.LossReduction Reduction { get; set; }
}
