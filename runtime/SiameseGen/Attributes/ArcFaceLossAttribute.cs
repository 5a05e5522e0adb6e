namespace SiameseGen;

/// <summary>
/// The additive angular margin: −ln(exp(s·cos(θ_y + m)) / (exp(s·cos(θ_y + m)) + Σ exp(s·cos θ_c))) over the other classes c (Deng et al., "ArcFace: Additive Angular Margin Loss for Deep Face
/// Recognition", 2019).
/// </summary>
/// <remarks>
/// Trained on batches of classes, with learned vectors for each class of the training set, which the trainer keeps (<see cref="Training.Trainer{TEncoder}.LossWeights"/>). The generated class has the loss as its
/// <c>Loss</c>, a <see cref="Losses.ArcFaceLoss"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ArcFaceLossAttribute : LossAttribute
{
    /// <summary>The margin m in degrees, above 0 and below 180; 28.6 is half a radian.</summary>
    public float Degrees { get; set; } = 28.6f;

    /// <summary>The factor s of cosines, above 0.</summary>
    public float Scale { get; set; } = 64f;

    /// <summary>What the learning rate is multiplied by for the learned vectors, 0 or above.</summary>
    public float LearningRateFactor { get; set; } = 1f;
}
