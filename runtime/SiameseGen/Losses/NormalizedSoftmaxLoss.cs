namespace SiameseGen.Losses;

/// <summary>
/// −ln(exp(cos θ_y / τ) / Σ_c exp(cos θ_c / τ)) over all classes (Wang et al., "NormFace", 2017; Zhai and Wu, "Classification is a Strong Baseline for Deep Metric Learning", 2019).
/// </summary>
public sealed class NormalizedSoftmaxLoss : MarginSoftmaxLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="temperature">The temperature τ that cosines are divided by, above 0.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for the learned vectors, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public NormalizedSoftmaxLoss(float temperature = 0.05f, float learningRateFactor = 1f)
        : base(1f / temperature, learningRateFactor)
    {
        if (!(temperature > 0f && float.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is above 0 and finite.");
        Temperature = temperature;
    }

    /// <summary>The temperature τ that cosines are divided by, above 0.</summary>
    public float Temperature { get; }

    /// <inheritdoc/>
    public override string Name => "Normalised softmax";

    private protected override float Target(float cosine, out float slope)
    {
        slope = 1f;
        return cosine;
    }
}
