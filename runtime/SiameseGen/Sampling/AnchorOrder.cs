namespace SiameseGen.Sampling;

/// <summary>A new random order of the anchors in every epoch, cut into batches. The last batch is filled up from the order's beginning.</summary>
internal sealed class AnchorOrder(int[] anchors, int perBatch, int seed)
{
    private readonly int[] _order = new int[anchors.Length];
    private int _epoch = -1;

    public int Batches => ((anchors.Length - 1) / perBatch) + 1;

    /// <summary>Puts a batch's anchors where they belong, and gives the numbers that everything else in the batch is drawn from.</summary>
    public CounterRandom Fill(Span<int> destination, int epoch, int index)
    {
        if (epoch != _epoch)
        {
            anchors.CopyTo(_order, 0);
            Random(uint.MaxValue, epoch).Shuffle<int>(_order);
            _epoch = epoch;
        }

        int at = (int)((long)index * perBatch % anchors.Length);
        foreach (ref int item in destination)
        {
            item = _order[at];
            at = at + 1 == _order.Length ? 0 : at + 1;
        }

        return Random((uint)index, epoch);
    }

    private CounterRandom Random(uint index, int epoch) => new((ulong)(uint)seed, CounterRandom.Purpose.Sampling, index, (ulong)epoch);
}
