namespace SiameseGen.Evaluation;

/// <summary>The votes of the k nearest examples for one query after another.</summary>
/// <param name="ways">Classes.</param>
/// <param name="shots">Examples of each.</param>
/// <param name="neighbors">The k; all examples vote when there are no more.</param>
internal sealed class NeighborVotes(int ways, int shots, int neighbors)
{
    private readonly float[] _distances = new float[ways * shots], _nearest = new float[ways];
    private readonly int[] _wayOf = new int[ways * shots], _tied = new int[ways];
    private readonly double[] _votes = new double[ways];
    private int _count;

    /// <summary>Begins with another query.</summary>
    public void Clear() => _count = 0;

    /// <summary>Takes the distance to one example.</summary>
    public void Add(int way, float distance) => (_wayOf[_count], _distances[_count++]) = (way, distance);

    /// <summary>Turns votes into distances to rank by: of the classes with most votes the distance of their nearest example, infinity of the others.</summary>
    public void Rank(Span<float> ranked)
    {
        Array.Sort(_distances, _wayOf, 0, _count);
        Array.Clear(_votes);
        Array.Fill(_nearest, float.PositiveInfinity);
        double left = Math.Min(neighbors, _count);
        for (int start = 0; start < _count && left > 0;)
        {
            int end = start;
            Array.Clear(_tied);
            for (; end < _count && _distances[end].Equals(_distances[start]); end++)
                _tied[_wayOf[end]]++;
            double share = Math.Min(1, left / (end - start));
            for (int way = 0; way < ways; way++)
            {
                if (_tied[way] == 0)
                    continue;
                _votes[way] += _tied[way] * share;
                _nearest[way] = Math.Min(_nearest[way], _distances[start]);
            }

            left -= end - start;
            start = end;
        }

        double most = _votes.Max();
        for (int way = 0; way < ways; way++)
            ranked[way] = _votes[way] == most ? _nearest[way] : float.PositiveInfinity;
    }
}
