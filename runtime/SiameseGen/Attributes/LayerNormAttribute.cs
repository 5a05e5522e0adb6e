namespace SiameseGen;

/// <summary>Layer normalisation: brings the channels of each pixel, or a whole vector, to mean 0 and variance 1, then scales and shifts channels by learned amounts.</summary>
/// <remarks>
/// The shape stays, and the batch does not matter: training and inference are the same. As PyTorch's <c>LayerNorm</c> over the last axis of channels-last images,
/// and Keras's <c>LayerNormalization</c>; over the whole image it is <see cref="GroupNormAttribute"/> with one group. Parameters: a gain γ (starts at 1) and a shift β
/// (starts at 0) per channel. Ba, Kiros and Hinton, "Layer Normalization", 2016.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormAttribute : LearnedLayerAttribute
{
    /// <summary>ε, added to the variance against division by zero; above 0 and at most 1.</summary>
    public float Epsilon { get; set; } = 1e-5f;
}
