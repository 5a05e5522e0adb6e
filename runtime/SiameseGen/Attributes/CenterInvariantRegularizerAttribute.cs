namespace SiameseGen;

/// <summary>The mean of ¼(‖e‖² − m)² over the embeddings, m being the batch's mean of ‖e‖²: keeps all embeddings equally long (after Wu et al., "Deep Face Recognition with Center Invariant Loss", 2017).</summary>
/// <remarks>To be added to a loss, after it, with a small <see cref="LossAttribute.Weight"/>. The generated class's <c>Loss</c> is a <see cref="Losses.CombinedLoss"/> with a <see cref="Losses.CenterInvariantRegularizer"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class CenterInvariantRegularizerAttribute : LossAttribute;
