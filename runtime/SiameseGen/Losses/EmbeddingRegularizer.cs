using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>A wish about embeddings as such, whatever their classes: to be added to a loss in a <see cref="CombinedLoss"/>, after it. Over any batch, the mean over its items.</summary>
public abstract class EmbeddingRegularizer : EmbeddingLoss
{
    private protected EmbeddingRegularizer()
    {
    }

    /// <inheritdoc/>
    public sealed override DistanceMetric Distance => DistanceMetric.Euclidean;

    /// <inheritdoc/>
    public sealed override bool Accepts(BatchStructure structure) => true;

    /// <inheritdoc/>
    /// <remarks>It knows of no pairs, so that both distances are 0.</remarks>
    public sealed override LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(workspace);
        DistanceMatrix.Check(this, batch, embeddings.Length, gradients.Length, workspace);
        gradients.Clear();
        float loss = batch.Count == 0 ? 0f : (float)OfItems(batch.Count, embeddings, gradients, workspace);
        return new LossResult(loss, loss > 0f ? 1f : 0f, 0f, 0f);
    }

    /// <summary>The mean over the items, 1 or more, with its gradient written to what is 0.</summary>
    private protected abstract double OfItems(int count, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace);
}
