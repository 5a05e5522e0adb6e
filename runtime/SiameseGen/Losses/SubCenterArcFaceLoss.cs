namespace SiameseGen.Losses;

/// <summary>
/// ArcFace with several learned vectors a class, of which the closest counts, so that a class's outliers gather around one of their own (Deng et al., "Sub-center ArcFace: Boosting Face Recognition by
/// Large-scale Noisy Web Faces", 2020).
/// </summary>
public sealed class SubCenterArcFaceLoss : MarginSoftmaxLoss
{
    private readonly AngularMargin _margin;

    /// <summary>Makes a loss.</summary>
    /// <param name="centers">Vectors a class, 1 to 100.</param>
    /// <param name="degrees">The margin m in degrees, above 0 and below 180; 28.6 is half a radian.</param>
    /// <param name="scale">The factor s of cosines, above 0.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for the learned vectors, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public SubCenterArcFaceLoss(int centers = 3, float degrees = 28.6f, float scale = 64f, float learningRateFactor = 1f)
        : base(scale, learningRateFactor)
    {
        if (!(centers is >= 1 and <= 100))
            throw new ArgumentOutOfRangeException(nameof(centers), centers, "There are 1 to 100 vectors a class.");
        Centers = centers;
        _margin = new AngularMargin(degrees);
    }

    /// <summary>Vectors a class, 1 to 100.</summary>
    public int Centers { get; }

    /// <summary>The margin m in degrees, above 0 and below 180; 28.6 is half a radian.</summary>
    public float Degrees => _margin.Degrees;

    /// <inheritdoc/>
    public override string Name => "Sub-centre ArcFace";

    /// <inheritdoc/>
    public override int WeightsPerClass => Centers;

    private protected override float Target(float cosine, out float slope) => _margin.Add(cosine, out slope);
}
