namespace SiameseGen.Sampling;

/// <summary>
/// A sampler whose batches depend on where the encoder puts the examples. Training embeds the whole set before the first epoch and then every <see cref="MineEvery"/> epochs, and hands the embeddings over; in a loop of one's own, call
/// <see cref="Mine"/> when it is time.
/// </summary>
/// <remarks>Between two calls, a batch depends on seed, epoch and index alone.</remarks>
public interface IMiningSampler : IBatchSampler
{
    /// <summary>Epochs between two looks at the embeddings, 1 or more.</summary>
    int MineEvery { get; }

    /// <summary>Looks at the embeddings, for the batches from now on.</summary>
    /// <param name="embeddings">One row for each example, in the order of the set.</param>
    /// <param name="metric">The encoder's distance.</param>
    /// <param name="team">The threads; null for a team of one thread a core that lasts for this call.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    void Mine(EmbeddingMatrix embeddings, DistanceMetric metric, WorkerTeam? team = null, CancellationToken cancellationToken = default);
}
