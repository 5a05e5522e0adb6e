namespace SiameseGen.Sampling;

/// <summary>
/// The batches of a sampler one after the other, epoch after epoch, for a training loop of one's own. <see cref="Position"/> tells where it is and takes it there again, in another process as well: the batches that follow
/// are then those that would have followed.
/// </summary>
/// <remarks>After the first batch it allocates nothing. Use it from one thread at a time.</remarks>
public sealed class BatchSequence
{
    private readonly IBatchSampler _sampler;
    private readonly Batch _batch;

    /// <summary>Begins with the first batch of the first epoch.</summary>
    /// <param name="sampler">Fills the batches.</param>
    public BatchSequence(IBatchSampler sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        _sampler = sampler;
        _batch = new Batch(sampler.Structure, sampler.BatchSize);
    }

    /// <summary>The batch that comes next.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sampler has no such batch.</exception>
    public SamplerPosition Position
    {
        get;
        set
        {
            if (value.Epoch < 0 || (uint)value.Index >= (uint)_sampler.BatchesPerEpoch)
                throw new ArgumentOutOfRangeException(nameof(value), value, $"Epochs are counted from 0, and each has batches 0 to {_sampler.BatchesPerEpoch - 1}. Has the position been taken from a sampler with other settings?");
            field = value;
        }
    }

    /// <summary>Fills the next batch.</summary>
    /// <returns>Always the same object, with new items.</returns>
    public Batch Next()
    {
        SamplerPosition now = Position;
        _sampler.Fill(_batch, now.Epoch, now.Index);
        Position = now.Index + 1 < _sampler.BatchesPerEpoch ? now with { Index = now.Index + 1 } : new SamplerPosition(now.Epoch + 1, 0);
        return _batch;
    }
}
