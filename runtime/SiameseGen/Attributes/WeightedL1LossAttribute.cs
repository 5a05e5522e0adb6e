namespace SiameseGen;

/// <summary>
/// The cross entropy of a learned similarity: the probability that two inputs are similar is p = σ(Σₖ αₖ·|aₖ − bₖ| + b), with the weights α and the bias b learned, and the loss is
/// −(1 − Y)·ln p − Y·ln(1 − p) with Y = 0 for a similar and Y = 1 for a dissimilar pair (Koch, Zemel and Salakhutdinov, "Siamese Neural Networks for One-shot Image Recognition", 2015).
/// </summary>
/// <remarks>
/// Trained on pairs or batches of classes. The trainer keeps α and b (<see cref="Training.Trainer{TEncoder}.LossWeights"/>), and <see cref="Verification.WeightedL1Similarity{TEncoder}"/> uses them afterwards.
/// The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.WeightedL1Loss"/>, and compares embeddings by their Manhattan distance.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class WeightedL1LossAttribute : LossAttribute
{
    /// <summary>What the learning rate is multiplied by for α and b, 0 or above.</summary>
    public float LearningRateFactor { get; set; } = 1f;
}
