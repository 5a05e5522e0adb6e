namespace SiameseGen;

/// <summary>
/// SimSiam: the mean of 1 − cos(h(z₁), z₂) and 1 − cos(h(z₂), z₁), with a predictor h that is learned, and no gradient through the embedding that is predicted (Chen and He, "Exploring Simple Siamese Representation Learning", 2021).
/// </summary>
/// <remarks>
/// Trained without labels on two views of each example (<see cref="Sampling.ViewSampler"/>). The trainer keeps the predictor (<see cref="Training.Trainer{TEncoder}.LossWeights"/>); an encoder is used without it.
/// The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.SimSiamLoss"/>, and compares embeddings by their cosine distance.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SimSiamLossAttribute : LossAttribute
{
    /// <summary>Hidden values of the predictor; 0 for a quarter of the embedding's.</summary>
    public int Hidden { get; set; }

    /// <summary>What the learning rate is multiplied by for the predictor, 0 or above.</summary>
    public float LearningRateFactor { get; set; } = 1f;
}
