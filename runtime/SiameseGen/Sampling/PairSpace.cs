using SiameseGen.Data;

namespace SiameseGen.Sampling;

/// <summary>
/// The pairs and triplets of a set, numbered without listing them. Examples lie group after group and, within one, class after class; the dissimilar partners that come after a class are then one run, up to the end of the
/// set or of the group.
/// </summary>
internal sealed class PairSpace
{
    private readonly int[] _ordered;
    private readonly int[] _starts;
    private readonly int[] _runStarts;
    private readonly int[] _runEnds;
    private readonly long[] _similar;
    private readonly long[] _dissimilar;
    private readonly long[] _anchorPositives;
    private readonly long[] _triplets;

    /// <param name="examples">The examples, two classes at least and one of them with two examples.</param>
    /// <param name="withinGroups">Whether dissimilar examples are those of the same group only.</param>
    /// <exception cref="ArgumentException">There is nothing to tell apart.</exception>
    public PairSpace(IExampleSet examples, bool withinGroups)
        : this(CheckedClasses(examples), examples.Groups.ToArray(), withinGroups, hasTriplets: true)
    {
        if (Dissimilar == 0)
            throw new ArgumentException("No group has two classes, so there are no dissimilar pairs within groups. Take pairs across groups as well.", nameof(examples));
        if (Triplets == 0 && withinGroups)
            throw new ArgumentException("No class with two examples has another class in its group, so there is nothing to compare within groups. Take pairs across groups as well.", nameof(examples));
    }

    // Triplets of very many examples are more than can be numbered, so that they are not counted where pairs alone are wanted.
    private PairSpace(int[] classes, int[] groups, bool withinGroups, bool hasTriplets)
    {
        _ordered = [.. Enumerable.Range(0, classes.Length).OrderBy(i => groups[i]).ThenBy(i => classes[i])];
        _starts = [.. Enumerable.Range(0, _ordered.Length).Where(at => at == 0 || classes[_ordered[at]] != classes[_ordered[at - 1]] || (withinGroups && groups[_ordered[at]] != groups[_ordered[at - 1]])), _ordered.Length];
        int count = _starts.Length - 1;
        _runStarts = new int[count];
        _runEnds = new int[count];
        for (int slot = 0; slot < count; slot++)
        {
            int first = slot, last = slot;
            while (withinGroups && first > 0 && groups[_ordered[_starts[first - 1]]] == groups[_ordered[_starts[slot]]])
                first--;
            while (withinGroups && last + 1 < count && groups[_ordered[_starts[last + 1]]] == groups[_ordered[_starts[slot]]])
                last++;
            _runStarts[slot] = withinGroups ? _starts[first] : 0;
            _runEnds[slot] = withinGroups ? _starts[last + 1] : _ordered.Length;
        }

        _similar = Sums(slot => (long)Size(slot) * (Size(slot) - 1) / 2);
        _dissimilar = Sums(slot => (long)Size(slot) * (_runEnds[slot] - _starts[slot + 1]));
        _anchorPositives = Sums(slot => Others(slot) > 0 ? (long)Size(slot) * (Size(slot) - 1) : 0);
        _triplets = hasTriplets ? Sums(slot => checked((long)Size(slot) * (Size(slot) - 1) * Others(slot))) : [0];
    }

    /// <summary>Pairs of two examples of one class.</summary>
    public long Similar => _similar[^1];

    /// <summary>Pairs of two examples of different classes.</summary>
    public long Dissimilar => _dissimilar[^1];

    /// <summary>Triplets of an anchor, another example of its class and one of another class.</summary>
    public long Triplets => _triplets[^1];

    /// <summary>Anchors with another example of their class, of classes that have negatives.</summary>
    public long AnchorPositives => _anchorPositives[^1];

    /// <summary>The pairs of any examples, of which there may be none of one kind; triplets are not counted.</summary>
    /// <param name="classes">The class of each example.</param>
    /// <param name="groups">The group to which dissimilar pairs keep; empty for none. A class may be in several; its similar pairs are then those within one of them.</param>
    public static PairSpace OfPairs(ReadOnlySpan<int> classes, ReadOnlySpan<int> groups) =>
        new(classes.ToArray(), groups.IsEmpty ? new int[classes.Length] : groups.ToArray(), withinGroups: !groups.IsEmpty, hasTriplets: false);

    public (int First, int Second) SimilarPair(long number)
    {
        int slot = Slot(_similar, number);
        long rest = number - _similar[slot];

        // Pair (i, j) with i < j has number j (j − 1) / 2 + i; the root may be one off in its last digit.
        long j = (long)((1 + Math.Sqrt(1 + (8.0 * rest))) / 2);
        while (j * (j - 1) / 2 > rest)
            j--;
        while (j * (j + 1) / 2 <= rest)
            j++;
        return (_ordered[_starts[slot] + (int)(rest - (j * (j - 1) / 2))], _ordered[_starts[slot] + (int)j]);
    }

    public (int First, int Second) DissimilarPair(long number)
    {
        int slot = Slot(_dissimilar, number), after = _starts[slot + 1];
        (long first, long second) = Math.DivRem(number - _dissimilar[slot], _runEnds[slot] - after);
        return (_ordered[_starts[slot] + (int)first], _ordered[after + (int)second]);
    }

    public (int Anchor, int Positive, int Negative) Triplet(long number)
    {
        int slot = Slot(_triplets, number);
        (long pair, long other) = Math.DivRem(number - _triplets[slot], Others(slot));
        return Triplet(slot, pair, (int)other);
    }

    /// <summary>An anchor with a positive, and a negative by chance.</summary>
    public (int Anchor, int Positive, int Negative) Triplet(long anchorPositive, ref CounterRandom random)
    {
        int slot = Slot(_anchorPositives, anchorPositive);
        return Triplet(slot, anchorPositive - _anchorPositives[slot], random.NextInt32(Others(slot)));
    }

    private (int Anchor, int Positive, int Negative) Triplet(int slot, long pair, int other)
    {
        int size = Size(slot), negative = _runStarts[slot] + other;
        (long anchor, long positive) = Math.DivRem(pair, size - 1);
        return (
            _ordered[_starts[slot] + (int)anchor],
            _ordered[_starts[slot] + (int)(positive < anchor ? positive : positive + 1)],
            _ordered[negative < _starts[slot] ? negative : negative + size]);
    }

    private static int[] CheckedClasses(IExampleSet examples)
    {
        _ = new ClassMembers(examples); // for its checks
        return examples.Classes.ToArray();
    }

    private int Size(int slot) => _starts[slot + 1] - _starts[slot];

    private int Others(int slot) => _runEnds[slot] - _runStarts[slot] - Size(slot);

    private long[] Sums(Func<int, long> countOf)
    {
        long[] sums = new long[_starts.Length];
        for (int slot = 0; slot < _starts.Length - 1; slot++)
            sums[slot + 1] = checked(sums[slot] + countOf(slot));
        return sums;
    }

    // The last class that begins at or before a number; classes without any are passed over.
    private static int Slot(long[] sums, long number)
    {
        int low = 0, high = sums.Length - 1;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (sums[middle] <= number)
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
