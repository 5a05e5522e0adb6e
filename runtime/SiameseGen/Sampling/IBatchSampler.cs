namespace SiameseGen.Sampling;

/// <summary>Chooses the items of each training step. A batch depends on seed, epoch and index alone, whatever was asked for before.</summary>
public interface IBatchSampler
{
    /// <summary>How the items of a batch belong together.</summary>
    BatchStructure Structure { get; }

    /// <summary>Items in a full batch.</summary>
    int BatchSize { get; }

    /// <summary>Batches in one epoch.</summary>
    int BatchesPerEpoch { get; }

    /// <summary>Fills a batch.</summary>
    /// <param name="batch">A batch of this <see cref="Structure"/> and at least <see cref="BatchSize"/> items.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="index">The batch within the epoch, 0 to <see cref="BatchesPerEpoch"/> − 1.</param>
    void Fill(Batch batch, int epoch, int index);
}
