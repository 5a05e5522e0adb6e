namespace SiameseGen;

/// <summary>
/// −ln(exp(cos θ_y / τ) / Σ_c exp(cos θ_c / τ)) over all classes (Wang et al., "NormFace", 2017; Zhai and Wu, "Classification is a Strong Baseline for Deep Metric Learning", 2019).
/// </summary>
/// <remarks>
/// Trained on batches of classes, with learned vectors for each class of the training set, which the trainer keeps (<see cref="Training.Trainer{TEncoder}.LossWeights"/>). The generated class has the loss as its
/// <c>Loss</c>, a <see cref="Losses.NormalizedSoftmaxLoss"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class NormalizedSoftmaxLossAttribute : LossAttribute
{
    /// <summary>The temperature τ that cosines are divided by, above 0.</summary>
    public float Temperature { get; set; } = 0.05f;

    /// <summary>What the learning rate is multiplied by for the learned vectors, 0 or above.</summary>
    public float LearningRateFactor { get; set; } = 1f;
}
