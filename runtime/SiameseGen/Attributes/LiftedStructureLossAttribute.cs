namespace SiameseGen;

/// <summary>
/// The lifted structured loss of a positive pair (a, p): ½ max(0, D_ap + ln(Σ_n exp(m − D_an) + Σ_n exp(m − D_pn)))², over all negatives of both (Song et al.,
/// "Deep Metric Learning via Lifted Structured Feature Embedding", 2016).
/// </summary>
/// <remarks>Trained on batches of classes. The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.LiftedStructureLoss"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LiftedStructureLossAttribute : LossAttribute
{
    /// <summary>The margin m by which negatives are to be apart, above 0.</summary>
    public float Margin { get; set; } = 1f;

    /// <summary>The distance D.</summary>
    public DistanceMetric Distance { get; set; } = DistanceMetric.Euclidean;

    /// <summary>How the terms of the mean become one loss.</summary>
    public Losses.LossReduction Reduction { get; set; }
}
