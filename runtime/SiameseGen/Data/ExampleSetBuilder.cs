namespace SiameseGen.Data;

/// <summary>Collects labelled inputs into an <see cref="ExampleSet"/>.</summary>
/// <remarks>Classes and groups are numbered in the order in which they first appear.</remarks>
public sealed class ExampleSetBuilder
{
    private readonly int _inputLength;
    private readonly List<byte[]> _pixels = [];
    private readonly List<float[]> _values = [];
    private readonly List<int> _classes = [];
    private readonly List<int> _groups = [];
    private readonly Dictionary<string, (int Class, int Group)> _classNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _groupNumbers = new(StringComparer.Ordinal);

    /// <summary>Starts without examples.</summary>
    /// <param name="inputLength">Values of each input: height × width × channels, or the number of features.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inputLength"/> is 0 or less.</exception>
    public ExampleSetBuilder(int inputLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputLength);
        _inputLength = inputLength;
    }

    /// <summary>Examples so far.</summary>
    public int Count => _classes.Count;

    /// <summary>Adds an input of 8-bit values, which are scaled to 0…1 as <c>value / 255f</c> when they are read.</summary>
    /// <param name="pixels">The input, channels last; it is copied.</param>
    /// <param name="className">Its class.</param>
    /// <param name="groupName">The group of the class, such as its alphabet. Classes of one name in different groups are different classes.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The input has the wrong length; a name is empty; only some examples have a group.</exception>
    /// <exception cref="InvalidOperationException">Examples so far have float values.</exception>
    public ExampleSetBuilder Add(ReadOnlySpan<byte> pixels, string className, string? groupName = null)
    {
        if (_values.Count > 0)
            throw Mixed();
        CheckLength(pixels.Length, nameof(pixels));
        AddLabels(className, groupName);
        _pixels.Add(pixels.ToArray());
        return this;
    }

    /// <summary>Adds an input of floats, which are taken as they are.</summary>
    /// <param name="values">The input, channels last, finite numbers; it is copied.</param>
    /// <param name="className">Its class.</param>
    /// <param name="groupName">The group of the class, such as its alphabet. Classes of one name in different groups are different classes.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The input has the wrong length or a value that is not finite; a name is empty; only some examples have a group.</exception>
    /// <exception cref="InvalidOperationException">Examples so far have 8-bit values.</exception>
    public ExampleSetBuilder Add(ReadOnlySpan<float> values, string className, string? groupName = null)
    {
        if (_pixels.Count > 0)
            throw Mixed();
        CheckLength(values.Length, nameof(values));
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException($"Value {i} of example {Count} is {values[i]}; inputs are finite numbers.", nameof(values));
        }

        AddLabels(className, groupName);
        _values.Add(values.ToArray());
        return this;
    }

    /// <summary>Makes the set. More examples can be added to the builder afterwards, for another one.</summary>
    /// <exception cref="InvalidOperationException">There are no examples.</exception>
    public ExampleSet Build()
    {
        if (Count == 0)
            throw new InvalidOperationException("There are no examples: call Add first.");
        return new ExampleSet(
            _inputLength, _pixels.Count > 0 ? [.. _pixels] : null, _values.Count > 0 ? [.. _values] : null,
            [.. _classes], [.. _classNumbers.OrderBy(entry => entry.Value.Class).Select(entry => entry.Key)],
            [.. _groups], [.. _groupNumbers.OrderBy(entry => entry.Value).Select(entry => entry.Key)]);
    }

    private void AddLabels(string className, string? groupName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(className);
        if (groupName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(groupName);
        if (Count > 0 && (groupName is null) != (_groupNumbers.Count == 0))
        {
            throw new ArgumentException(
                $"Example {Count}, of class '{className}', has {(groupName is null ? "no group" : "a group")}, unlike those before. Give all examples a group, or none.",
                nameof(groupName));
        }

        string name = groupName is null ? className : $"{groupName}/{className}";
        int group = groupName is null ? 0 : _groupNumbers.GetValueOrDefault(groupName, _groupNumbers.Count);
        if (!_classNumbers.TryGetValue(name, out (int Class, int Group) known))
            known = (_classNumbers.Count, group);
        if (known.Group != group)
            throw new ArgumentException($"'{name}' would be the name of two classes in different groups. Leave '/' out of the names of groups.", nameof(groupName));
        _classNumbers.TryAdd(name, known);
        if (groupName is not null)
            _groupNumbers.TryAdd(groupName, group);
        _classes.Add(known.Class);
        _groups.Add(group);
    }

    private void CheckLength(int length, string parameter)
    {
        if (length != _inputLength)
            throw new ArgumentException($"Inputs of this set have {_inputLength} values; example {Count} has {length}.", parameter);
    }

    private static InvalidOperationException Mixed() =>
        new("A set has inputs of 8-bit values, which are scaled to 0…1, or of floats, which are not: never both. Convert one kind, or make two sets.");
}
