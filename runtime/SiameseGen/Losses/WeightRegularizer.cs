using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>
/// A wish about the learned vectors of classes: to be added in a <see cref="CombinedLoss"/> to a loss that learns them, a <see cref="ProxyLoss"/>. Embeddings have no part in it.
/// </summary>
public abstract class WeightRegularizer : EmbeddingLoss
{
    private protected WeightRegularizer()
    {
    }

    /// <inheritdoc/>
    public sealed override DistanceMetric Distance => DistanceMetric.Cosine;

    /// <inheritdoc/>
    public sealed override bool Accepts(BatchStructure structure) => structure is BatchStructure.Classes;

    /// <inheritdoc/>
    /// <remarks>The gradients of the learned vectors are in <see cref="LossWeights.Gradients"/>, overwritten; in a <see cref="CombinedLoss"/> they are added to those of the other parts.</remarks>
    /// <exception cref="InvalidOperationException">The workspace has no learned vectors.</exception>
    public sealed override LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(workspace);
        DistanceMatrix.Check(this, batch, embeddings.Length, gradients.Length, workspace);
        gradients.Clear();
        if (workspace.Learned is not { PerClass: > 0 } learned)
            throw new InvalidOperationException($"The {Name} is about learned vectors of classes, and the workspace has none. Add it to a loss that learns them, such as ArcFace.");
        learned.Gradients.Clear();
        return AddTo(learned, 1f);
    }

    /// <summary>The loss, and its gradient times a weight added to that of the vectors.</summary>
    internal LossResult AddTo(LossWeights learned, float weight)
    {
        DistanceMatrix.Normalize(learned.Values, learned.EmbeddingLength, learned.Rows, learned.Lengths);
        float loss = (float)OfVectors(learned, weight);
        return new LossResult(loss, loss > 0f ? 1f : 0f, 0f, 0f);
    }

    /// <summary>The loss of vectors that are at length 1 in the rows.</summary>
    private protected abstract double OfVectors(LossWeights learned, float weight);

    /// <summary>The cosine of two vectors.</summary>
    private protected static float Cosine(LossWeights learned, int left, int right) => LaneSums.Product(Row(learned, left), Row(learned, right));

    /// <summary>Adds slope · ∂cosine to the gradients of both vectors.</summary>
    private protected static void AddCosine(LossWeights learned, int left, int right, float cosine, float slope)
    {
        Add(learned, left, right, cosine, slope * learned.Lengths[left]);
        Add(learned, right, left, cosine, slope * learned.Lengths[right]);
    }

    private static void Add(LossWeights learned, int moving, int other, float cosine, float factor)
    {
        ReadOnlySpan<float> own = Row(learned, moving), partner = Row(learned, other);
        Span<float> gradient = learned.Gradients.Slice(moving * learned.EmbeddingLength, learned.EmbeddingLength);
        DistanceMatrix.AddScaled(factor, partner, gradient);
        DistanceMatrix.AddScaled(-factor * cosine, own, gradient);
    }

    private static ReadOnlySpan<float> Row(LossWeights learned, int number) => learned.Rows.AsSpan(number * learned.EmbeddingLength, learned.EmbeddingLength);
}
