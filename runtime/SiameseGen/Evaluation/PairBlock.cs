namespace SiameseGen.Evaluation;

/// <summary>Some pairs, as <see cref="PairSource"/> gives them: the distance of each, and whose its two halves are.</summary>
internal sealed class PairBlock
{
    /// <summary>The most pairs of a block.</summary>
    public const int Length = 4096;

    private readonly float[] _distances = new float[Length];
    private readonly int[] _left = new int[Length];
    private readonly int[] _right = new int[Length];

    /// <summary>Pairs that are in it.</summary>
    public int Count { get; private set; }

    /// <summary>The distance of each pair.</summary>
    public ReadOnlySpan<float> Distances => _distances.AsSpan(0, Count);

    /// <summary>The subject of the first half of each pair.</summary>
    public ReadOnlySpan<int> Left => _left.AsSpan(0, Count);

    /// <summary>The subject of the second half; the pair is similar where the two are equal.</summary>
    public ReadOnlySpan<int> Right => _right.AsSpan(0, Count);

    /// <summary>Takes all pairs out.</summary>
    public void Clear() => Count = 0;

    /// <summary>Puts a pair in.</summary>
    public void Add(float distance, int left, int right)
    {
        _distances[Count] = distance;
        _left[Count] = left;
        _right[Count++] = right;
    }
}
