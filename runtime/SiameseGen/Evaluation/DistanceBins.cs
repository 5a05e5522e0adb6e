namespace SiameseGen.Evaluation;

/// <summary>Parts that distances fall into: the first holds those up to the first edge, and the last, which has no edge, those beyond all of them.</summary>
internal sealed class DistanceBins
{
    private readonly float[] _edges;

    // For each value that the upper half of a distance's place may have, the first edge that can be its bin's.
    private readonly int[] _first = new int[(1 << 16) + 1];

    /// <summary>Takes edges.</summary>
    /// <param name="edges">The largest distance of each bin but the last, ascending.</param>
    public DistanceBins(float[] edges)
    {
        _edges = edges;
        int edge = 0;
        for (int upper = 0; upper <= 1 << 16; upper++)
        {
            while (edge < edges.Length && Place(edges[edge]) >> 16 < upper)
                edge++;
            _first[upper] = edge;
        }
    }

    /// <summary>Bins.</summary>
    public int Count => _edges.Length + 1;

    /// <summary>The place of a distance among all finite ones: places are in the order of distances.</summary>
    public static uint Place(float distance)
    {
        // Zero has two signs and one place. Of numbers below zero those with more bits set are smaller.
        uint bits = BitConverter.SingleToUInt32Bits(distance + 0f);
        return (int)bits < 0 ? ~bits : bits | 0x8000_0000;
    }

    /// <summary>The distance at a place.</summary>
    public static float At(uint place) => BitConverter.UInt32BitsToSingle((int)place < 0 ? place & 0x7FFF_FFFF : ~place);

    /// <summary>The bin of a distance.</summary>
    public int Of(float distance)
    {
        uint upper = Place(distance) >> 16;
        int low = _first[upper], high = _first[upper + 1];
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_edges[middle] < distance)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
