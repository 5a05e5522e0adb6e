namespace SiameseGen;

/// <summary>Generalised mean of each channel over the whole image: (mean of max(x, 10⁻⁶)ᵖ)^(1/p), with one learned power p.</summary>
/// <remarks>
/// H × W × C becomes a vector of C. The mean for p = 1, nearly the maximum for large p: for retrieval it is often better than either. Parameters: the power.
/// Radenović, Tolias and Chum, "Fine-Tuning CNN Image Retrieval with No Human Annotation", 2018, with one power for all channels.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GeMPoolAttribute : LearnedLayerAttribute
{
    /// <summary>Where the power starts, from 0.1 to 100.</summary>
    public float Power { get; set; } = 3f;
}
