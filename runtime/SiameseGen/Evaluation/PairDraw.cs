namespace SiameseGen.Evaluation;

/// <summary>Draws random pairs of one class and of two.</summary>
internal sealed class PairDraw
{
    private readonly int[] _classes;
    private readonly Dictionary<int, int[]> _members;
    private readonly int[] _paired;

    // For each example the group of candidates for its other half, and the examples that have a dissimilar one there.
    private readonly int[] _groups;
    private readonly Dictionary<int, int[]> _candidates;
    private readonly int[] _opposed;

    /// <summary>Sorts examples by class and group.</summary>
    /// <param name="classes">The class of each example.</param>
    /// <param name="groups">The group to which dissimilar pairs keep; empty for none.</param>
    /// <param name="parameter">The name of the argument to blame.</param>
    /// <exception cref="ArgumentException">There is no similar or no dissimilar pair.</exception>
    public PairDraw(ReadOnlySpan<int> classes, ReadOnlySpan<int> groups, string parameter)
    {
        int[] numbers = classes.ToArray();
        _classes = numbers;
        _groups = groups.IsEmpty ? new int[numbers.Length] : groups.ToArray();
        int[] all = [.. Enumerable.Range(0, numbers.Length)];
        _members = all.GroupBy(i => numbers[i]).ToDictionary(group => group.Key, group => group.ToArray());
        _paired = [.. all.Where(i => _members[numbers[i]].Length > 1)];
        _candidates = all.GroupBy(i => _groups[i]).ToDictionary(group => group.Key, group => group.ToArray());
        HashSet<int> mixed = [.. _candidates.Where(entry => entry.Value.Any(i => numbers[i] != numbers[entry.Value[0]])).Select(entry => entry.Key)];
        _opposed = [.. all.Where(i => mixed.Contains(_groups[i]))];
        if (_paired.Length == 0)
            throw new ArgumentException($"None of the {_members.Count} classes has two examples, so there are no similar pairs. Add examples.", parameter);
        if (_opposed.Length == 0)
        {
            throw new ArgumentException(
                groups.IsEmpty
                    ? "All examples are of one class, so there are no dissimilar pairs. Add classes."
                    : "No group has two classes, so there are no dissimilar pairs within groups. Draw them across groups.",
                parameter);
        }
    }

    public (int Left, int Right) Similar(ref CounterRandom random)
    {
        int left = _paired[random.NextInt32(_paired.Length)];
        int[] own = _members[_classes[left]];
        int right = own[random.NextInt32(own.Length - 1)];
        return (left, right == left ? own[^1] : right);
    }

    public (int Left, int Right) Dissimilar(ref CounterRandom random)
    {
        int left = _opposed[random.NextInt32(_opposed.Length)];
        int[] candidates = _candidates[_groups[left]];
        int right;
        do
            right = candidates[random.NextInt32(candidates.Length)];
        while (_classes[right] == _classes[left]);
        return (left, right);
    }
}
