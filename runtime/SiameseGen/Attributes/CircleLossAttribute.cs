namespace SiameseGen;

/// <summary>
/// The circle loss of an anchor: ln(1 + Σ_n exp(γ·α_n·(s_an − m)) · Σ_p exp(−γ·α_p·(s_ap − 1 + m))) with the cosine similarity s and the weights α_p = max(0, 1 + m − s_ap) and
/// α_n = max(0, s_an + m) (Sun et al., "Circle Loss: A Unified Perspective of Pair Similarity Optimization", 2020).
/// </summary>
/// <remarks>Trained on batches of classes. The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.CircleLoss"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CircleLossAttribute : LossAttribute
{
    /// <summary>The relaxation m, from 0 to 1: positives are to be more similar than 1 − m and negatives less than m.</summary>
    public float Margin { get; set; } = 0.4f;

    /// <summary>The scale γ, above 0.</summary>
    public float Scale { get; set; } = 80f;

    /// <summary>How the terms of the mean become one loss.</summary>
    public Losses.LossReduction Reduction { get; set; }
}
