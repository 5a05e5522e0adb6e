using SiameseGen.Data;

namespace SiameseGen.Sampling;

/// <summary>The examples of a set, group after group and class after class, so that drawing from the other classes of a group takes no search.</summary>
internal sealed class GroupMembers
{
    private readonly int[] _ordered;
    private readonly (int Start, int End)[] _classOf;
    private readonly (int Start, int End)[] _groupOf;

    public GroupMembers(IExampleSet examples)
    {
        int[] classes = examples.Classes.ToArray(), groups = examples.Groups.ToArray();
        _ordered = [.. Enumerable.Range(0, classes.Length).OrderBy(i => groups[i]).ThenBy(i => classes[i])];
        _classOf = Runs(classes);
        _groupOf = Runs(groups);
    }

    /// <summary>Examples of other classes in an example's group.</summary>
    public int Others(int example) => Length(_groupOf[example]) - Length(_classOf[example]);

    /// <summary>An example of another class of the same group, each equally likely. There has to be one.</summary>
    public int Dissimilar(int example, ref CounterRandom random)
    {
        (int start, int end) = _classOf[example];
        int at = _groupOf[example].Start + random.NextInt32(Others(example));
        return _ordered[at < start ? at : at + end - start];
    }

    // For each example, the run of those with its number.
    private (int Start, int End)[] Runs(int[] numbers)
    {
        var runs = new (int Start, int End)[numbers.Length];
        for (int start = 0, end; start < _ordered.Length; start = end)
        {
            for (end = start; end < _ordered.Length && numbers[_ordered[end]] == numbers[_ordered[start]]; end++)
            {
            }

            foreach (int example in _ordered.AsSpan(start, end - start))
                runs[example] = (start, end);
        }

        return runs;
    }

    private static int Length((int Start, int End) run) => run.End - run.Start;
}
