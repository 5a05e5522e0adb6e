namespace SiameseGen;

/// <summary>
/// The normalised, temperature-scaled cross entropy (InfoNCE): −ln(exp(s_ap/τ) / (exp(s_ap/τ) + Σ_n exp(s_an/τ))) with the cosine similarity s
/// (Sohn, 2016; van den Oord, Li and Vinyals, 2018; Chen et al., "SimCLR", 2020).
/// </summary>
/// <remarks>Trained on batches of classes. The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.NTXentLoss"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class NTXentLossAttribute : LossAttribute
{
    /// <summary>The temperature that similarities are divided by, above 0: the smaller, the more the hardest pairs weigh.</summary>
    public float Temperature { get; set; } = 0.07f;

    /// <summary>Whether the scale 1/τ, by which similarities are multiplied, is learned from where the temperature sets it.</summary>
    public Losses.LearnedScale Learned { get; set; }

    /// <summary>What the learning rate is multiplied by for a learned scale, 0 or above.</summary>
    public float LearningRateFactor { get; set; } = 1f;

    /// <summary>How the terms of the mean become one loss.</summary>
    public Losses.LossReduction Reduction { get; set; }
}
