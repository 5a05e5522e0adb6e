namespace SiameseGen.Data;

/// <summary>Labelled inputs in memory. It never changes: subsets are sets of their own that share its inputs.</summary>
/// <remarks>
/// <see cref="ExampleSetBuilder"/> makes one. Inputs of bytes are scaled to 0…1 as <c>value / 255f</c>, exactly as an encoder's
/// <c>Embed(ReadOnlySpan&lt;byte&gt;)</c> does. Classes and groups are numbered without gaps, each with an example at least.
/// </remarks>
public sealed class ExampleSet : IExampleSet
{
    private static readonly float[] Scaled = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];
    private readonly byte[][]? _pixels;
    private readonly float[][]? _values;
    private readonly int[] _classes;
    private readonly int[] _groups;
    private readonly string[] _classNames;
    private readonly string[] _groupNames;

    // One of pixels and values is null.
    internal ExampleSet(int inputLength, byte[][]? pixels, float[][]? values, int[] classes, string[] classNames, int[] groups, string[] groupNames)
    {
        InputLength = inputLength;
        _pixels = pixels;
        _values = values;
        _classes = classes;
        _classNames = classNames;
        _groups = groups;
        _groupNames = groupNames;
    }

    /// <inheritdoc/>
    public int Count => _classes.Length;

    /// <inheritdoc/>
    public int InputLength { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<int> Classes => _classes;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Groups => _groups;

    /// <summary>The name of each class, unique in the set: <c>group/class</c> where there are groups.</summary>
    public IReadOnlyList<string> ClassNames => _classNames;

    /// <summary>The name of each group; empty when there are no groups.</summary>
    public IReadOnlyList<string> GroupNames => _groupNames;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is not of <see cref="InputLength"/>.</exception>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is outside the set.</exception>
    public void Read(int index, Span<float> destination, ref CounterRandom random)
    {
        if (destination.Length != InputLength)
            throw new ArgumentException($"An example has {InputLength} floats; the destination has {destination.Length}.", nameof(destination));
        if (_pixels is null)
        {
            _values![index].CopyTo(destination);
            return;
        }

        byte[] pixels = _pixels[index];
        for (int i = 0; i < destination.Length; i++)
            destination[i] = Scaled[pixels[i]];
    }

    /// <summary>Some of the examples, in the order given. Classes and groups keep their names and order and are numbered anew, without gaps.</summary>
    /// <param name="indices">Examples of this set, each once at most.</param>
    /// <exception cref="ArgumentException">There are no indices, or one of them is there twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the set.</exception>
    public ExampleSet Subset(IEnumerable<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        int[] chosen = [.. indices];
        if (chosen.Length == 0)
            throw new ArgumentException("A subset needs one example at least.", nameof(indices));
        bool[] seen = new bool[Count];
        foreach (int index in chosen)
        {
            if ((uint)index >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"The set has examples 0 to {Count - 1}.");
            if (seen[index])
                throw new ArgumentException($"Example {index} is there twice. A set has each example once: twice, it would be similar to itself.", nameof(indices));
            seen[index] = true;
        }

        (int[] classes, string[] classNames) = Renumber(_classes, _classNames, chosen);
        (int[] groups, string[] groupNames) = _groupNames.Length == 0 ? (new int[chosen.Length], []) : Renumber(_groups, _groupNames, chosen);
        return new ExampleSet(
            InputLength, _pixels is null ? null : [.. chosen.Select(i => _pixels[i])], _values is null ? null : [.. chosen.Select(i => _values[i])],
            classes, classNames, groups, groupNames);
    }

    /// <summary>All examples of some classes.</summary>
    /// <param name="classes">Numbers of classes.</param>
    /// <exception cref="ArgumentException">There are no classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public ExampleSet Select(params IEnumerable<int> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        bool[] wanted = new bool[_classNames.Length];
        foreach (int number in classes)
        {
            if ((uint)number >= (uint)wanted.Length)
                throw new ArgumentOutOfRangeException(nameof(classes), number, $"The set has classes 0 to {wanted.Length - 1}.");
            wanted[number] = true;
        }

        return Subset(Enumerable.Range(0, Count).Where(i => wanted[_classes[i]]));
    }

    /// <summary>All examples of some classes.</summary>
    /// <param name="classNames">Names as <see cref="ClassNames"/> has them.</param>
    /// <exception cref="ArgumentException">There is no such class, or no name is given.</exception>
    public ExampleSet Select(params IEnumerable<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        return Select(classNames.Select(name => ClassNumber(name) is int number and >= 0
            ? number
            : throw new ArgumentException($"There is no class '{name}'. The set has {Listing.Of(_classNames)}.", nameof(classNames))).ToList());
    }

    /// <summary>The number of a class, or −1 when there is none of this name.</summary>
    /// <param name="name">A name as <see cref="ClassNames"/> has it.</param>
    public int ClassNumber(string name) => Array.IndexOf(_classNames, name);

    private static (int[] Numbers, string[] Names) Renumber(int[] numbers, string[] names, int[] chosen)
    {
        int[] used = [.. chosen.Select(i => numbers[i]).Distinct().Order()];
        int[] renumbered = new int[names.Length];
        for (int i = 0; i < used.Length; i++)
            renumbered[used[i]] = i;
        return ([.. chosen.Select(i => renumbered[numbers[i]])], [.. used.Select(number => names[number])]);
    }
}
