namespace SiameseGen;

/// <summary>
/// Contrastive loss of a pair, (1 − Y)·D² + Y·max(0, m − D)², with D the distance of the two embeddings, Y = 0 for a similar and Y = 1
/// for a dissimilar pair: similar pairs are pulled together, dissimilar ones pushed apart until they are the margin m away.
/// </summary>
/// <remarks>
/// Hadsell, Chopra and LeCun, "Dimensionality Reduction by Learning an Invariant Mapping", 2006, without their factor ½. The generated
/// class has the loss as its <c>Loss</c>, a <see cref="Losses.ContrastiveLoss"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ContrastiveLossAttribute : LossAttribute
{
    /// <summary>The margin m, in units of the distance: how far apart dissimilar pairs have to be. Above 0 and finite.</summary>
    public float Margin { get; set; } = 1f;

    /// <summary>The distance D.</summary>
    public DistanceMetric Distance { get; set; } = DistanceMetric.Euclidean;

    /// <summary>Whether both terms are squared, as in the paper; without, they are D and max(0, m − D), which a few outliers rule less.</summary>
    public bool Squared { get; set; } = true;

    /// <summary>How the pairs' losses become one: in a batch of classes those of similar and of dissimilar pairs apart, whose results are added.</summary>
    public Losses.LossReduction Reduction { get; set; }
}
