namespace SiameseGen.Losses;

/// <summary>
/// The additive angular margin: −ln(exp(s·cos(θ_y + m)) / (exp(s·cos(θ_y + m)) + Σ exp(s·cos θ_c))) over the other classes c (Deng et al., "ArcFace: Additive Angular Margin Loss for Deep Face
/// Recognition", 2019).
/// </summary>
public sealed class ArcFaceLoss : MarginSoftmaxLoss
{
    private readonly AngularMargin _margin;

    /// <summary>Makes a loss.</summary>
    /// <param name="degrees">The margin m in degrees, above 0 and below 180; 28.6 is half a radian.</param>
    /// <param name="scale">The factor s of cosines, above 0.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for the learned vectors, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public ArcFaceLoss(float degrees = 28.6f, float scale = 64f, float learningRateFactor = 1f)
        : base(scale, learningRateFactor)
    {
        _margin = new AngularMargin(degrees);
    }

    /// <summary>The margin m in degrees, above 0 and below 180; 28.6 is half a radian.</summary>
    public float Degrees => _margin.Degrees;

    /// <inheritdoc/>
    public override string Name => "ArcFace";

    private protected override float Target(float cosine, out float slope) => _margin.Add(cosine, out slope);
}
