namespace SiameseGen;

/// <summary>The mean of the embeddings' norms, (Σₖ |eₖ|ᵖ)^(1/p): keeps embeddings short, and with p = 1 sparse.</summary>
/// <remarks>To be added to a loss, after it, with a small <see cref="LossAttribute.Weight"/>. The generated class's <c>Loss</c> is a <see cref="Losses.CombinedLoss"/> with a <see cref="Losses.NormRegularizer"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class NormRegularizerAttribute : LossAttribute
{
    /// <summary>The power p, 1 or above.</summary>
    public float Power { get; set; } = 2f;
}
