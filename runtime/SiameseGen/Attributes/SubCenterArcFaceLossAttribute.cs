namespace SiameseGen;

/// <summary>
/// ArcFace with several learned vectors a class, of which the closest counts, so that a class's outliers gather around one of their own (Deng et al., "Sub-center ArcFace: Boosting Face Recognition by
/// Large-scale Noisy Web Faces", 2020).
/// </summary>
/// <remarks>
/// Trained on batches of classes, with learned vectors for each class of the training set, which the trainer keeps (<see cref="Training.Trainer{TEncoder}.LossWeights"/>). The generated class has the loss as its
/// <c>Loss</c>, a <see cref="Losses.SubCenterArcFaceLoss"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SubCenterArcFaceLossAttribute : LossAttribute
{
    /// <summary>Vectors a class, 1 to 100.</summary>
    public int Centers { get; set; } = 3;

    /// <summary>The margin m in degrees, above 0 and below 180; 28.6 is half a radian.</summary>
    public float Degrees { get; set; } = 28.6f;

    /// <summary>The factor s of cosines, above 0.</summary>
    public float Scale { get; set; } = 64f;

    /// <summary>What the learning rate is multiplied by for the learned vectors, 0 or above.</summary>
    public float LearningRateFactor { get; set; } = 1f;
}
