namespace SiameseGen;

/// <summary>
/// The multiplicative angular margin: the own class's cosine becomes (−1)ᵏ·cos(m·θ) − 2k with k = ⌊m·θ/π⌋, which falls from 1 to 1 − 2m (Liu et al., "SphereFace: Deep Hypersphere Embedding for Face
/// Recognition", 2017, with a fixed scale in place of the embedding's length).
/// </summary>
/// <remarks>
/// Trained on batches of classes, with learned vectors for each class of the training set, which the trainer keeps (<see cref="Training.Trainer{TEncoder}.LossWeights"/>). The generated class has the loss as its
/// <c>Loss</c>, a <see cref="Losses.SphereFaceLoss"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SphereFaceLossAttribute : LossAttribute
{
    /// <summary>The margin m, 1 to 8.</summary>
    public int Multiplier { get; set; } = 4;

    /// <summary>The factor s of cosines, above 0.</summary>
    public float Scale { get; set; } = 30f;

    /// <summary>What the learning rate is multiplied by for the learned vectors, 0 or above.</summary>
    public float LearningRateFactor { get; set; } = 1f;
}
