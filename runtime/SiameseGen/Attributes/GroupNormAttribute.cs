namespace SiameseGen;

/// <summary>Group normalisation: brings each group of channels, over all pixels of an image, to mean 0 and variance 1, then scales and shifts channels by learned amounts.</summary>
/// <remarks>
/// The shape stays, and the batch does not matter: training and inference are the same. As PyTorch's <c>GroupNorm</c>. Parameters: a gain γ (starts at 1) and a shift
/// β (starts at 0) per channel. Wu and He, "Group Normalization", 2018.
/// </remarks>
/// <param name="groups">Groups of channels, at least 1; they divide the channels evenly.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GroupNormAttribute(int groups) : LearnedLayerAttribute
{
    /// <summary>Groups of channels.</summary>
    public int Groups { get; } = groups;

    /// <summary>ε, added to the variance against division by zero; above 0 and at most 1.</summary>
    public float Epsilon { get; set; } = 1e-5f;
}
