using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>A loss over the embeddings of a batch. Instances hold settings only; memory for a batch is in <see cref="LossWorkspace"/>.</summary>
public abstract class EmbeddingLoss
{
    /// <summary>The loss's name, such as <c>Contrastive</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The distance the loss is computed on.</summary>
    public abstract DistanceMetric Distance { get; }

    /// <summary>Whether the gradient is the derivative of the value; not for a loss that holds weights of its own fixed, as <see cref="CircleLoss"/> does.</summary>
    public virtual bool HasExactGradient => true;

    /// <summary>Whether a miner can choose the pairs or triplets of a batch of classes for this loss.</summary>
    public virtual bool AcceptsMiner => false;

    /// <summary>Whether the loss takes embeddings of earlier batches as further positives and negatives (<see cref="LossWorkspace.Memory"/>).</summary>
    public virtual bool AcceptsMemory => false;

    /// <summary>Whether the loss is computed over two views of each example, as a <see cref="ViewSampler"/> makes them.</summary>
    public virtual bool TakesViews => false;

    /// <summary>Whether the loss learns weights beside the encoder's (<see cref="CreateWeights"/>).</summary>
    public virtual bool LearnsWeights => false;

    /// <summary>Whether the loss can be computed over batches of this structure.</summary>
    /// <param name="structure">The structure of a batch.</param>
    public abstract bool Accepts(BatchStructure structure);

    /// <summary>Computes the loss of a batch and its gradient.</summary>
    /// <param name="batch">The batch's classes, pairs or triplets.</param>
    /// <param name="embeddings">Embeddings, item after item.</param>
    /// <param name="gradients">Receives d loss / d embeddings, overwritten.</param>
    /// <param name="workspace">Memory for a batch of this size.</param>
    /// <returns>The loss and figures about it.</returns>
    public abstract LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace);

    /// <summary>Makes the weights that the loss learns beside the encoder's, such as a proxy a class.</summary>
    /// <param name="classes">The classes of the training set.</param>
    /// <param name="embeddingLength">Floats in one embedding.</param>
    /// <param name="seed">Equal seeds give equal weights.</param>
    /// <returns>The weights; null for a loss that learns none.</returns>
    public virtual LossWeights? CreateWeights(int classes, int embeddingLength, int seed) => null;

    private protected static DistanceMetric Known(DistanceMetric distance) =>
        Enum.IsDefined(distance) ? distance : throw new ArgumentOutOfRangeException(nameof(distance), distance, "There is no such distance.");

    // For a loss in which a distance itself has a size, rather than the difference of two.
    private protected static DistanceMetric KnownFromZero(DistanceMetric distance) => Known(distance) is not DistanceMetric.DotProduct
        ? distance
        : throw new ArgumentOutOfRangeException(
            nameof(distance), distance, "This loss needs a distance that is 0 for equal embeddings, and a dot product has no least value. Use Cosine, or a loss of differences, such as the triplet loss.");
}

/// <summary>The loss of one batch.</summary>
/// <param name="Loss">The loss, averaged as the loss's documentation says.</param>
/// <param name="ActiveShare">The share of pairs or triplets with a loss above 0, between 0 and 1.</param>
/// <param name="PositiveDistance">The mean distance of similar pairs.</param>
/// <param name="NegativeDistance">The mean distance of dissimilar pairs.</param>
public readonly record struct LossResult(float Loss, float ActiveShare, float PositiveDistance, float NegativeDistance);
