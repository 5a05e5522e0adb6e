namespace SiameseGen;

/// <summary>
/// The angular loss of an anchor and a positive: ln(1 + Σ_n exp(4 tan²α · (a + p)·n − 2(1 + tan²α) · a·p)) with embeddings at length 1: the angle at a negative is to be below α (Wang et al.,
/// "Deep Metric Learning with Angular Loss", 2017).
/// </summary>
/// <remarks>Trained on batches of classes. The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.AngularLoss"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class AngularLossAttribute : LossAttribute
{
    /// <summary>The angle α in degrees, above 0 and below 90.</summary>
    public float Degrees { get; set; } = 40f;

    /// <summary>How the terms of the mean become one loss.</summary>
    public Losses.LossReduction Reduction { get; set; }
}
