namespace SiameseGen;

/// <summary>
/// The supervised contrastive loss of an anchor: −1/|P| Σ_p ln(exp(s_ap/τ) / Σ_k exp(s_ak/τ)) over its positives P, k running over all other items, with the
/// cosine similarity s (Khosla et al., "Supervised Contrastive Learning", 2020, with the sum outside the logarithm).
/// </summary>
/// <remarks>Trained on batches of classes. The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.SupervisedContrastiveLoss"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SupervisedContrastiveLossAttribute : LossAttribute
{
    /// <summary>The temperature that similarities are divided by, above 0: the smaller, the more the hardest pairs weigh.</summary>
    public float Temperature { get; set; } = 0.1f;

    /// <summary>Whether the scale 1/τ, by which similarities are multiplied, is learned from where the temperature sets it.</summary>
    public Losses.LearnedScale Learned { get; set; }

    /// <summary>What the learning rate is multiplied by for a learned scale, 0 or above.</summary>
    public float LearningRateFactor { get; set; } = 1f;

    /// <summary>How the terms of the mean become one loss.</summary>
    public Losses.LossReduction Reduction { get; set; }
}
