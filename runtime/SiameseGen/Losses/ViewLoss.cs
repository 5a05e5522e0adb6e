using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>
/// A loss that learns without labels and without negatives, from two views of each example: items i and i + N of a batch of 2N, as a <see cref="ViewSampler"/> makes it. Embeddings are compared by their cosine
/// distance afterwards.
/// </summary>
public abstract class ViewLoss : EmbeddingLoss
{
    private protected ViewLoss()
    {
    }

    /// <inheritdoc/>
    public sealed override DistanceMetric Distance => DistanceMetric.Cosine;

    /// <inheritdoc/>
    public sealed override bool TakesViews => true;

    /// <inheritdoc/>
    public sealed override bool Accepts(BatchStructure structure) => structure is BatchStructure.Classes;

    /// <inheritdoc/>
    /// <remarks>The positive distance is that of the two views of an example, the negative one that of a first view and the second view of the next example.</remarks>
    /// <exception cref="ArgumentException">The batch has not two views of each example.</exception>
    public sealed override LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(workspace);
        DistanceMatrix.Check(this, batch, embeddings.Length, gradients.Length, workspace);
        int examples = batch.Count / 2;
        if (batch.Count % 2 != 0 || !batch.Classes[..examples].SequenceEqual(batch.Classes[examples..]))
            throw new ArgumentException($"The {Name} loss is computed over two views of each example, first ones and then second ones. Make batches by a {nameof(ViewSampler)}.", nameof(batch));
        gradients.Clear();
        LossWeights? learned = LearnsWeights ? LossWeights.Required(this, workspace, batch, perClass: 0) : null;
        (learned is null ? default : learned.Gradients).Clear();
        if (examples == 0)
            return default;
        float loss = (float)OfViews(examples, embeddings, gradients, workspace);
        (float near, float far) = MeanDistances(examples, embeddings, workspace.EmbeddingLength);
        return new LossResult(loss, loss > 0f ? 1f : 0f, near, far);
    }

    /// <summary>The loss of N examples, 1 or more, with its gradient added to what is 0.</summary>
    private protected abstract double OfViews(int examples, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace);

    private static (float Near, float Far) MeanDistances(int examples, ReadOnlySpan<float> embeddings, int length)
    {
        double near = 0, far = 0;
        for (int i = 0; i < examples; i++)
        {
            ReadOnlySpan<float> first = embeddings.Slice(i * length, length);
            near += Distances.Between(DistanceMetric.Cosine, first, embeddings.Slice((examples + i) * length, length));
            far += Distances.Between(DistanceMetric.Cosine, first, embeddings.Slice((examples + ((i + 1) % examples)) * length, length));
        }

        return ((float)(near / examples), examples < 2 ? 0f : (float)(far / examples));
    }
}
