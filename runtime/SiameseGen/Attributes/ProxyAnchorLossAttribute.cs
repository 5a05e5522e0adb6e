namespace SiameseGen;

/// <summary>
/// The proxies are the anchors: 1/|P⁺| Σ_p ln(1 + Σ_x exp(−α(s_xp − δ))) over the proxies p of classes in the batch and their items x, plus 1/|P| Σ_p ln(1 + Σ_x exp(α(s_xp + δ))) over all proxies and the items of
/// other classes (Kim et al., "Proxy Anchor Loss for Deep Metric Learning", 2020).
/// </summary>
/// <remarks>
/// Trained on batches of classes, with learned vectors for each class of the training set, which the trainer keeps (<see cref="Training.Trainer{TEncoder}.LossWeights"/>). The generated class has the loss as its
/// <c>Loss</c>, a <see cref="Losses.ProxyAnchorLoss"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ProxyAnchorLossAttribute : LossAttribute
{
    /// <summary>The margin δ of cosines, 0 or above and below 1.</summary>
    public float Margin { get; set; } = 0.1f;

    /// <summary>The scale α of cosines, above 0.</summary>
    public float Alpha { get; set; } = 32f;

    /// <summary>What the learning rate is multiplied by for the learned vectors, 0 or above.</summary>
    public float LearningRateFactor { get; set; } = 1f;
}
