namespace SiameseGen;

/// <summary>
/// The N-pairs loss of an anchor and a positive: ln(1 + Σ_n exp(a·n − a·p)) with the embeddings as they are, plus λ times the mean squared length of the embeddings, which keeps it from
/// being satisfied by long ones (Sohn, "Improved Deep Metric Learning with Multi-class N-pair Loss Objective", 2016).
/// </summary>
/// <remarks>Trained on batches of classes. The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.NPairsLoss"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class NPairsLossAttribute : LossAttribute
{
    /// <summary>The factor λ of the squared lengths, 0 or above.</summary>
    public float Regularization { get; set; } = 0.002f;

    /// <summary>How the terms of the mean become one loss.</summary>
    public Losses.LossReduction Reduction { get; set; }
}
