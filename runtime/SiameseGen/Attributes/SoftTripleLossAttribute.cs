namespace SiameseGen;

/// <summary>
/// −ln(exp(λ(S_y − δ)) / (exp(λ(S_y − δ)) + Σ exp(λ·S_c))) over the other classes c, with several centres k a class and S_c = Σ_k softmax_k(s_k/γ)·s_k, their cosines weighed by themselves (Qian et al., "SoftTriple
/// Loss: Deep Metric Learning Without Triplet Sampling", 2019, without its regularizer of centres).
/// </summary>
/// <remarks>
/// Trained on batches of classes, with learned vectors for each class of the training set, which the trainer keeps (<see cref="Training.Trainer{TEncoder}.LossWeights"/>). The generated class has the loss as its
/// <c>Loss</c>, a <see cref="Losses.SoftTripleLoss"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SoftTripleLossAttribute : LossAttribute
{
    /// <summary>Centres a class, 1 to 100.</summary>
    public int Centers { get; set; } = 10;

    /// <summary>The factor λ of similarities, above 0.</summary>
    public float Scale { get; set; } = 20f;

    /// <summary>How softly the closest centre is chosen, γ, above 0.</summary>
    public float Gamma { get; set; } = 0.1f;

    /// <summary>The margin δ of similarities, 0 or above and below 2.</summary>
    public float Margin { get; set; } = 0.01f;

    /// <summary>What the learning rate is multiplied by for the learned vectors, 0 or above.</summary>
    public float LearningRateFactor { get; set; } = 1f;
}
