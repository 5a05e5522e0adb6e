namespace SiameseGen;

/// <summary>The mean of |Σₖ eₖ| over the embeddings: keeps the mean of each embedding's values at 0 (Yuan et al., "Signal-to-Noise Ratio: A Robust Distance Metric for Deep Metric Learning", 2019).</summary>
/// <remarks>To be added to a loss, after it, with a small <see cref="LossAttribute.Weight"/>. The generated class's <c>Loss</c> is a <see cref="Losses.CombinedLoss"/> with a <see cref="Losses.ZeroMeanRegularizer"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ZeroMeanRegularizerAttribute : LossAttribute;
