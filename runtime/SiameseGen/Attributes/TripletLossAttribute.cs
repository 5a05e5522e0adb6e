namespace SiameseGen;

/// <summary>
/// Triplet loss, max(0, D(a, p) − D(a, n) + m), with a an anchor, p another example of its class, n an example of another class: the
/// negative has to be farther from the anchor than the positive by the margin m.
/// </summary>
/// <remarks>
/// Weinberger and Saul, "Distance Metric Learning for Large Margin Nearest Neighbor Classification", 2009; Schroff, Kalenichenko and
/// Philbin, "FaceNet", 2015 (who use squared distances). The generated class has the loss as its <c>Loss</c>, a
/// <see cref="Losses.TripletLoss"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class TripletLossAttribute : LossAttribute
{
    /// <summary>The margin m, in units of the distance. Above 0 and finite.</summary>
    public float Margin { get; set; } = 0.2f;

    /// <summary>The distance D.</summary>
    public DistanceMetric Distance { get; set; } = DistanceMetric.Euclidean;

    /// <summary>Whether the positive takes the anchor's place where it is closer to the negative (Balntas et al., 2016).</summary>
    public bool Swap { get; set; }

    /// <summary>Whether the loss is ln(1 + exp(D(a, p) − D(a, n) + m)), which never stops to pull (Hermans, Beyer and Leibe, 2017).</summary>
    public bool Soft { get; set; }

    /// <summary>How the triplets' losses become one.</summary>
    public Losses.LossReduction Reduction { get; set; }
}
