namespace SiameseGen.Losses;

/// <summary>
/// −ln(exp(−λ·d(x, p_y)) / Σ_c exp(−λ·d(x, p_c))) with the squared Euclidean distance d of an embedding and a proxy a class, both at length 1 (Movshovitz-Attias et al., "No Fuss Distance Metric Learning
/// using Proxies", 2017, with the own class in the sum, as Teh et al., "ProxyNCA++", 2020).
/// </summary>
public sealed class ProxyNCALoss : MarginSoftmaxLoss
{
    /// <summary>Makes a loss.</summary>
    /// <param name="factor">The factor λ of distances, above 0.</param>
    /// <param name="learningRateFactor">What the learning rate is multiplied by for the learned vectors, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public ProxyNCALoss(float factor = 3f, float learningRateFactor = 1f)
        : base(2f * factor, learningRateFactor)
    {
        if (!(factor > 0f && float.IsFinite(factor)))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A factor is above 0 and finite.");
        Factor = factor;
    }

    /// <summary>The factor λ of distances, above 0.</summary>
    public float Factor { get; }

    /// <inheritdoc/>
    public override string Name => "ProxyNCA";

    // Of vectors at length 1, d = 2 − 2·cos, so that it is a softmax of cosines.
    private protected override float Target(float cosine, out float slope)
    {
        slope = 1f;
        return cosine;
    }
}
