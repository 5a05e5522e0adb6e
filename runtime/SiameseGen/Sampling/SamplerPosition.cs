namespace SiameseGen.Sampling;

/// <summary>
/// How far a sampler's batches have been used: the next one is batch <paramref name="Index"/> of epoch <paramref name="Epoch"/>. As a batch depends on seed, epoch and index alone, these two numbers beside the
/// sampler's settings are all there is to keep for later.
/// </summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Index">The batch within the epoch, from 0.</param>
public readonly record struct SamplerPosition(int Epoch, int Index);
