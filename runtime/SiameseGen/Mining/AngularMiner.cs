namespace SiameseGen.Mining;

/// <summary>The triplets whose angle at the negative, between the half-way point of anchor and positive and either of them, is above α (Wang et al., "Deep Metric Learning with Angular Loss", 2017).</summary>
/// <remarks>The tangent of that angle is ½·D_ap over the distance from the negative to the half-way point; distances are Euclidean.</remarks>
public sealed class AngularMiner : Miner
{
    private readonly float _limit;

    /// <summary>Makes a miner.</summary>
    /// <param name="degrees">The angle α in degrees, above 0 and below 90.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="degrees"/> is outside its range.</exception>
    public AngularMiner(float degrees = 20f)
    {
        if (!(degrees is > 0f and < 90f))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "An angle is above 0 and below 90 degrees.");
        Degrees = degrees;
        double tangent = Math.Tan(degrees * Math.PI / 180);
        _limit = (float)(tangent * tangent);
    }

    /// <summary>The angle α in degrees.</summary>
    public float Degrees { get; }

    /// <inheritdoc/>
    public override DistanceMetric? RequiredDistance => DistanceMetric.Euclidean;

    /// <inheritdoc/>
    public override bool Choose(in MiningAnchor anchor, int positive, Span<bool> negatives)
    {
        ReadOnlySpan<float> ofAnchor = anchor.Distances, ofPositive = anchor.DistancesTo(positive);
        float square = ofAnchor[positive] * ofAnchor[positive];

        // Four times the squared distance to the half-way point is 2 (D_an² + D_pn²) − D_ap², by the parallelogram law.
        Marks.Wide(ofAnchor, ofPositive, square, _limit, negatives);
        return true;
    }
}
