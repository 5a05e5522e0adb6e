namespace SiameseGen;

/// <summary>
/// FastAP, the loss of an anchor: 1 − the average precision of the ranking of all other items by their distance, with a histogram of distances in place of their order
/// (Cakir et al., "Deep Metric Learning to Rank", 2019). Distances are squared Euclidean ones of embeddings at length 1, from 0 to 4.
/// </summary>
/// <remarks>Trained on batches of classes. The generated class has the loss as its <c>Loss</c>, a <see cref="Losses.FastAPLoss"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FastAPLossAttribute : LossAttribute
{
    /// <summary>Bins of the histogram, 2 to 1,000.</summary>
    public int Bins { get; set; } = 10;

    /// <summary>How the terms of the mean become one loss.</summary>
    public Losses.LossReduction Reduction { get; set; }
}
