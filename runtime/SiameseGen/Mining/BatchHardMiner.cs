namespace SiameseGen.Mining;

/// <summary>For each anchor the farthest positive and the closest negative (Hermans, Beyer and Leibe, "In Defense of the Triplet Loss for Person Re-Identification", 2017).</summary>
/// <remarks>One triplet an anchor, the hardest. From random weights it may draw all embeddings into one point: begin with others by a <see cref="MiningSchedule"/>.</remarks>
public sealed class BatchHardMiner : Miner
{
    /// <inheritdoc/>
    public override bool AcceptsMemory => true;

    /// <inheritdoc/>
    public override bool Choose(in MiningAnchor anchor, int positive, Span<bool> negatives)
    {
        if (positive != anchor.Find(positives: true, farthest: true))
            return false;
        int hardest = anchor.Find(positives: false, farthest: false);
        if (hardest >= 0)
            negatives[hardest] = true;
        return true;
    }
}
