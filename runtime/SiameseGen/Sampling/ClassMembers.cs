using SiameseGen.Data;

namespace SiameseGen.Sampling;

/// <summary>The examples of a set, class after class, so that drawing from a class or from all others takes no search.</summary>
internal sealed class ClassMembers
{
    private readonly int[] _ordered;
    private readonly int[] _starts;
    private readonly int[] _slots;

    /// <exception cref="ArgumentException">There is nothing to tell apart: too few classes, or none with two examples.</exception>
    public ClassMembers(IExampleSet examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        int[] classes = examples.Classes.ToArray();
        if (classes.AsSpan().IndexOfAnyExceptInRange(0, int.MaxValue) is int bad and >= 0)
            throw new ArgumentException($"Example {bad} has class {classes[bad]}; classes are numbered from 0.", nameof(examples));
        int[][] members = [.. Enumerable.Range(0, classes.Length).GroupBy(i => classes[i]).OrderBy(group => group.Key).Select(group => group.ToArray())];
        if (members.Length < 2)
            throw new ArgumentException($"The set has {classes.Length} examples of {members.Length} classes. Telling apart needs two classes at least.", nameof(examples));
        if (members.All(group => group.Length < 2))
        {
            throw new ArgumentException(
                $"None of the {members.Length} classes has two examples, so no two examples are similar. Give some classes a second example.", nameof(examples));
        }

        _ordered = [.. members.SelectMany(group => group)];
        _starts = new int[members.Length + 1];
        _slots = new int[classes.Length];
        for (int i = 0; i < members.Length; i++)
        {
            _starts[i + 1] = _starts[i] + members[i].Length;
            foreach (int example in members[i])
                _slots[example] = i;
        }
    }

    /// <summary>Classes that have examples. They are numbered by slots, without gaps, in order of class.</summary>
    public int Classes => _starts.Length - 1;

    /// <summary>Examples in all.</summary>
    public int Count => _ordered.Length;

    /// <summary>The examples of the class in a slot.</summary>
    public ReadOnlySpan<int> Of(int slot) => _ordered.AsSpan(_starts[slot], Size(slot));

    /// <summary>The number of examples of the class in a slot.</summary>
    public int Size(int slot) => _starts[slot + 1] - _starts[slot];

    /// <summary>Whether another example is of the same class.</summary>
    public bool HasPartner(int example) => Size(_slots[example]) > 1;

    /// <summary>Another example of the same class, each equally likely.</summary>
    public int Similar(int example, ref CounterRandom random)
    {
        ReadOnlySpan<int> own = Of(_slots[example]);
        int partner = own[random.NextInt32(own.Length - 1)];
        return partner == example ? own[^1] : partner;
    }

    /// <summary>An example of another class, each equally likely.</summary>
    public int Dissimilar(int example, ref CounterRandom random)
    {
        int slot = _slots[example];
        int at = random.NextInt32(Count - Size(slot));
        return _ordered[at < _starts[slot] ? at : at + Size(slot)];
    }
}
