using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>A loss over the embeddings of a batch. Instances hold settings only; memory for a batch is in <see cref="LossWorkspace"/>.</summary>
public abstract class EmbeddingLoss
{
    /// <summary>The loss's name, such as <c>Contrastive</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The distance the loss is computed on.</summary>
    public abstract DistanceMetric Distance { get; }

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

    private protected static DistanceMetric Known(DistanceMetric distance) =>
        Enum.IsDefined(distance) ? distance : throw new ArgumentOutOfRangeException(nameof(distance), distance, "There is no such distance.");
}

/// <summary>The loss of one batch.</summary>
/// <param name="Loss">The loss, averaged as the loss's documentation says.</param>
/// <param name="ActiveShare">The share of pairs or triplets with a loss above 0, between 0 and 1.</param>
/// <param name="PositiveDistance">The mean distance of similar pairs.</param>
/// <param name="NegativeDistance">The mean distance of dissimilar pairs.</param>
public readonly record struct LossResult(float Loss, float ActiveShare, float PositiveDistance, float NegativeDistance);

/// <summary>Memory in which losses work. What only batches of classes need is allocated for the first of them, and then kept.</summary>
public sealed class LossWorkspace
{
    private float[]? _distances;
    private float[]? _distanceGradients;

    /// <summary>Allocates a workspace.</summary>
    /// <param name="capacity">Most items of a batch.</param>
    /// <param name="embeddingLength">Floats in one embedding.</param>
    public LossWorkspace(int capacity, int embeddingLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(embeddingLength);
        Capacity = capacity;
        EmbeddingLength = embeddingLength;
    }

    /// <summary>Most items of a batch.</summary>
    public int Capacity { get; }

    /// <summary>Floats in one embedding.</summary>
    public int EmbeddingLength { get; }

    /// <summary>The distance between any two items, row by row.</summary>
    /// <exception cref="InvalidOperationException">So many items have more distances than an array holds.</exception>
    public float[] Distances => _distances ??= Matrix();

    /// <summary>d loss / d distance between any two items, row by row.</summary>
    /// <exception cref="InvalidOperationException">So many items have more distances than an array holds.</exception>
    public float[] DistanceGradients => _distanceGradients ??= Matrix();

    private float[] Matrix()
    {
        long length = (long)Capacity * Capacity;
        return length <= Array.MaxLength
            ? new float[length]
            : throw new InvalidOperationException(
                $"A batch of classes with {Capacity} items has {length} distances, more than fit into memory. Use a smaller batch.");
    }
}
