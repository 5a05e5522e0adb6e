namespace SiameseGen;

/// <summary>
/// The margin loss of a positive pair, max(0, D − β + m), and of a negative one, max(0, β − D + m): distances of positives are to be below a boundary β by a margin m, and those of
/// negatives above it (Wu et al., "Sampling Matters in Deep Embedding Learning", 2017). β stays where it is set, or is learned.
/// </summary>
/// <remarks>
/// Trained on batches of classes. What is learned the trainer keeps (<see cref="Training.Trainer{TEncoder}.LossWeights"/>). The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.MarginLoss"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MarginLossAttribute : LossAttribute
{
    /// <summary>The margin m, above 0.</summary>
    public float Margin { get; set; } = 0.2f;

    /// <summary>The boundary β between positives and negatives, above 0, in units of the distance; where it starts when it is learned.</summary>
    public float Beta { get; set; } = 1.2f;

    /// <summary>Whether β is learned: one for all pairs, or one for each class of the training set.</summary>
    public Losses.LearnedBoundary Learned { get; set; }

    /// <summary>What the learning rate is multiplied by for a learned β, 0 or above.</summary>
    public float LearningRateFactor { get; set; } = 1f;

    /// <summary>The distance D.</summary>
    public DistanceMetric Distance { get; set; } = DistanceMetric.Euclidean;

    /// <summary>How the terms of the mean become one loss.</summary>
    public Losses.LossReduction Reduction { get; set; }
}
