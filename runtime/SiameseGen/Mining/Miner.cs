namespace SiameseGen.Mining;

/// <summary>
/// Chooses, within a batch of classes, which pairs and triplets a loss is computed over. It is asked for each anchor and each positive which negatives go with them; nothing is listed, so that a batch of
/// a thousand items takes no more memory than its distances.
/// </summary>
/// <remarks>
/// A loss of triplets takes the triplets that are chosen. A loss of pairs takes the pairs of anchor and positive that go with any negative, and those of anchor and negative that go with any positive. Distances are
/// the loss's own: margins of miners are in its units.
/// </remarks>
public abstract class Miner
{
    /// <summary>Whether the choice needs a certain distance; null when it makes do with any.</summary>
    public virtual DistanceMetric? RequiredDistance => null;

    /// <summary>Whether positives and negatives are chosen for themselves; otherwise triplets are, and a positive is taken if any negative goes with it.</summary>
    public virtual bool ChoosesPairs => false;

    /// <summary>Whether embeddings of earlier batches can be among the positives and negatives (<see cref="Losses.CrossBatchMemory"/>): for miners that look at distances to the anchor only, since those have no others. False unless it is overridden.</summary>
    public virtual bool AcceptsMemory => false;

    /// <summary>Chooses the negatives that go with an anchor and a positive.</summary>
    /// <param name="anchor">The anchor, its distances and classes.</param>
    /// <param name="positive">The positive, another item of the anchor's class.</param>
    /// <param name="negatives">Receives true for each item that is chosen; all are false before. Only items of other classes count.</param>
    /// <returns>Whether the pair of anchor and positive is taken; false takes no triplet of it.</returns>
    public abstract bool Choose(in MiningAnchor anchor, int positive, Span<bool> negatives);
}
