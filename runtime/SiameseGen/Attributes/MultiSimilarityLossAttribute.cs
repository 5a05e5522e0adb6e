namespace SiameseGen;

/// <summary>
/// The multi-similarity loss of an anchor: 1/α ln(1 + Σ_p exp(−α(s_ap − λ))) + 1/β ln(1 + Σ_n exp(β(s_an − λ))) with the cosine similarity s
/// (Wang et al., "Multi-Similarity Loss with General Pair Weighting for Deep Metric Learning", 2019).
/// </summary>
/// <remarks>Trained on batches of classes. The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.MultiSimilarityLoss"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MultiSimilarityLossAttribute : LossAttribute
{
    /// <summary>How sharply the least similar positives weigh, above 0.</summary>
    public float Alpha { get; set; } = 2f;

    /// <summary>How sharply the most similar negatives weigh, above 0.</summary>
    public float Beta { get; set; } = 50f;

    /// <summary>The similarity λ that positives are to be above and negatives below, from −1 to 1.</summary>
    public float Base { get; set; } = 0.5f;

    /// <summary>How the terms of the mean become one loss.</summary>
    public Losses.LossReduction Reduction { get; set; }
}
