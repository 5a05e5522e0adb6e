namespace SiameseGen.Losses;

/// <summary>
/// The additive cosine margin: −ln(exp(s·(cos θ_y − m)) / (exp(s·(cos θ_y − m)) + Σ exp(s·cos θ_c))) over the other classes c (Wang et al., "CosFace: Large Margin Cosine Loss for Deep Face
/// Recognition", 2018).
/// </summary>
public sealed class CosFaceLoss : MarginSoftmaxLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="margin">The margin m of cosines, above 0 and below 2.</param>
    /// <param name="scale">The factor s of cosines, above 0.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for the learned vectors, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public CosFaceLoss(float margin = 0.35f, float scale = 64f, float learningRateFactor = 1f)
        : base(scale, learningRateFactor)
    {
        if (!(margin is > 0f and < 2f))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin of cosines is above 0 and below 2.");
        Margin = margin;
    }

    /// <summary>The margin m of cosines, above 0 and below 2.</summary>
    public float Margin { get; }

    /// <inheritdoc/>
    public override string Name => "CosFace";

    private protected override float Target(float cosine, out float slope)
    {
        slope = 1f;
        return cosine - Margin;
    }
}
