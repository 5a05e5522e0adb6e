namespace SiameseGen;

/// <summary>
/// Batch normalisation: brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it by learned amounts.
/// </summary>
/// <remarks>
/// <para>
/// The shape stays. y = γ · (x − μ) / √(σ² + ε) + β per channel of an image or feature of a vector. In training, μ and σ² come from the
/// batch (over all items and pixels; all branches of the twins count as one batch), and running averages of them are kept. An embedding
/// made by the trained encoder uses the running averages, so it does not depend on what it is embedded with. Parameters: a gain γ (starts
/// at 1) and a shift β (starts at 0) per channel; the running mean (starts at 0) and variance (starts at 1) are stored with the weights.
/// </para>
/// <para>
/// Conventions are those of PyTorch's <c>BatchNorm2d</c> and <c>BatchNorm1d</c>: the batch is normalised with the biased variance
/// (divided by n), the running average takes the unbiased one (divided by n − 1).
/// </para>
/// <para>Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift", 2015.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BatchNormAttribute : LearnedLayerAttribute
{
    /// <summary>ε, added to the variance against division by zero; above 0 and at most 1.</summary>
    public float Epsilon { get; set; } = 1e-5f;

    /// <summary>
    /// The share of the new batch in the running averages, above 0 and at most 1: running = (1 − momentum) · running + momentum · batch.
    /// </summary>
    public float Momentum { get; set; } = 0.1f;
}
