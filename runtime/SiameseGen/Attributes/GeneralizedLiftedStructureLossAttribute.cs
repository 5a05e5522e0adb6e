namespace SiameseGen;

/// <summary>
/// The lifted structured loss with all positives of an anchor at once: max(0, ln Σ_p exp(D_ap) + ln Σ_n exp(m − D_an)) (Hermans, Beyer and Leibe,
/// "In Defense of the Triplet Loss for Person Re-Identification", 2017).
/// </summary>
/// <remarks>Trained on batches of classes. The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.GeneralizedLiftedStructureLoss"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GeneralizedLiftedStructureLossAttribute : LossAttribute
{
    /// <summary>The margin m by which negatives are to be apart, above 0.</summary>
    public float Margin { get; set; } = 1f;

    /// <summary>The distance D.</summary>
    public DistanceMetric Distance { get; set; } = DistanceMetric.Euclidean;

    /// <summary>How the terms of the mean become one loss.</summary>
    public Losses.LossReduction Reduction { get; set; }
}
