using SiameseGen.Sampling;

namespace SiameseGen.Losses;

/// <summary>A loss of one's own, as a struct that <see cref="LossAttribute{TLoss}"/> names. It holds settings only and has a value for each of them by default.</summary>
public interface IEmbeddingLoss
{
    /// <summary>The loss's name, for messages.</summary>
    string Name { get; }

    /// <summary>The distance the loss is computed on, which is then that of the encoder's embeddings.</summary>
    DistanceMetric Distance { get; }

    /// <summary>Whether the loss can be computed over batches of this structure.</summary>
    /// <param name="structure">The structure of a batch.</param>
    bool Accepts(BatchStructure structure);

    /// <summary>Computes the loss of a batch and its gradient. Called for every step: it should allocate nothing.</summary>
    /// <param name="batch">The batch's classes, pairs or triplets.</param>
    /// <param name="embeddings">Embeddings, item after item.</param>
    /// <param name="gradients">Receives d loss / d embeddings; every value is to be overwritten.</param>
    /// <param name="workspace">Memory for a batch of this size.</param>
    /// <returns>The loss and figures about it.</returns>
    LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace);
}
