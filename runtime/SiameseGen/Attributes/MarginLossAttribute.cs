namespace SiameseGen;

/// <summary>
/// The margin loss of a positive pair, max(0, D − β + m), and of a negative one, max(0, β − D + m): distances of positives are to be below a boundary β by a margin m, and those of
/// negatives above it (Wu et al., "Sampling Matters in Deep Embedding Learning", 2017, with a fixed β).
/// </summary>
/// <remarks>Trained on batches of classes. The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.MarginLoss"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MarginLossAttribute : LossAttribute
{
    /// <summary>The margin m, above 0.</summary>
    public float Margin { get; set; } = 0.2f;

    /// <summary>The boundary β between positives and negatives, above 0, in units of the distance.</summary>
    public float Beta { get; set; } = 1.2f;

    /// <summary>The distance D.</summary>
    public DistanceMetric Distance { get; set; } = DistanceMetric.Euclidean;
}
