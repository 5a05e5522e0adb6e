namespace SiameseGen;

/// <summary>Σ √(2 − 2·cos + 10⁻⁵) over every two centres of a class, over all classes, divided by C·K·(K − 1): draws centres together that a class does not need (Qian et al., "SoftTriple Loss", 2019).</summary>
/// <remarks>To be added to a loss with several vectors a class, such as <see cref="SoftTripleLossAttribute"/>, after it. The generated class's <c>Loss</c> is a <see cref="Losses.CombinedLoss"/> with a <see cref="Losses.SparseCentersRegularizer"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SparseCentersRegularizerAttribute : LossAttribute;
