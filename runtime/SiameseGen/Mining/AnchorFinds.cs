namespace SiameseGen.Mining;

/// <summary>What was last found among the other items of an anchor: a miner is asked for each positive anew, and most of them search for the same.</summary>
internal sealed class AnchorFinds
{
    // A miner searches for two things at most; the rest is for miners of one's own.
    private const int Places = 4;
    private readonly (Query Query, int Best)[] _found = [.. Enumerable.Repeat((new Query(-1, -1, false, false, 0f, 0f), -1), Places)];
    private int _next;

    /// <summary>What was found, unless it is too long ago.</summary>
    public bool TryGet(in Query query, out int best)
    {
        foreach (ref readonly (Query Query, int Best) found in _found.AsSpan())
        {
            if (found.Query == query)
            {
                best = found.Best;
                return true;
            }
        }

        best = -1;
        return false;
    }

    /// <summary>Keeps what was found.</summary>
    public void Add(in Query query, int best)
    {
        _found[_next] = (query, best);
        _next = (_next + 1) % Places;
    }

    /// <summary>What is searched for, and in which distances.</summary>
    public readonly record struct Query(int Evaluation, int Item, bool Positives, bool Farthest, float Above, float Below);
}
