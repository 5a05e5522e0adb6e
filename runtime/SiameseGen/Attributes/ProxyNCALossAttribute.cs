namespace SiameseGen;

/// <summary>
/// −ln(exp(−λ·d(x, p_y)) / Σ_c exp(−λ·d(x, p_c))) with the squared Euclidean distance d of an embedding and a proxy a class, both at length 1 (Movshovitz-Attias et al., "No Fuss Distance Metric Learning
/// using Proxies", 2017, with the own class in the sum, as Teh et al., "ProxyNCA++", 2020).
/// </summary>
/// <remarks>
/// Trained on batches of classes, with learned vectors for each class of the training set, which the trainer keeps (<see cref="Training.Trainer{TEncoder}.LossWeights"/>). The generated class has the loss as its
/// <c>Loss</c>, a <see cref="Losses.ProxyNCALoss"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ProxyNCALossAttribute : LossAttribute
{
    /// <summary>The factor λ of distances, above 0.</summary>
    public float Factor { get; set; } = 3f;

    /// <summary>What the learning rate is multiplied by for the learned vectors, 0 or above.</summary>
    public float LearningRateFactor { get; set; } = 1f;
}
