using SiameseGen.Data;

namespace SiameseGen.Sampling;

/// <summary>
/// Batches of P classes with K examples each, from which a loss forms all pairs or triplets (Hermans, Beyer and Leibe, 2017). With
/// <see cref="GroupsPerBatch"/> the classes of a batch come from few groups, such as one alphabet: they are harder to tell apart than any classes.
/// </summary>
/// <remarks>
/// <para>All classes of a batch are different, and so are all examples. Classes with a single example are left out.</para>
/// <para>
/// In an epoch a class with n examples is in ⌈n / K⌉ batches at least, so that each of its examples is used, and how often two of them are used
/// differs by 1 at most. A class is in further batches only where these would have too few classes: when all classes have equally many examples and,
/// with one group a batch, every group has P classes at least, it is in one further batch at most.
/// </para>
/// <para>Call it from one thread at a time.</para>
/// </remarks>
public sealed class ClassBalancedSampler : IBatchSampler
{
    private readonly IExampleSet _examples;
    private readonly ClassMembers _members;
    private readonly int _classesPerBatch;
    private readonly int _perClass;
    private readonly int _seed;
    private readonly int[] _slots;
    private readonly int[] _starts;
    private readonly int[] _shuffled;
    private readonly int[] _groupOf;
    private readonly int _groups;
    private readonly ClassSchedule _schedule;
    private int _epoch = -1;

    /// <summary>Makes a sampler.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="classesPerBatch">P, 2 or more; at most the number of classes with two examples.</param>
    /// <param name="examplesPerClass">K, 2 or more; at most the number of examples of each class that has two.</param>
    /// <param name="seed">Equal seeds give equal batches.</param>
    /// <exception cref="ArgumentException">The examples have no similar or no dissimilar pairs, too few classes, or a class with too few examples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 2.</exception>
    public ClassBalancedSampler(IExampleSet examples, int classesPerBatch, int examplesPerClass, int seed)
    {
        _members = new ClassMembers(examples);
        _examples = examples;
        _classesPerBatch = classesPerBatch;
        _perClass = examplesPerClass;
        _seed = seed;
        _slots = SamplerChecks.ClassesWithPairs(examples, _members, classesPerBatch, examplesPerClass);

        _starts = new int[_slots.Length];
        for (int i = 1; i < _starts.Length; i++)
            _starts[i] = _starts[i - 1] + _members.Size(_slots[i - 1]);
        _shuffled = new int[_starts[^1] + _members.Size(_slots[^1])];
        int[] groups = [.. _slots.Select(slot => examples.Groups[_members.Of(slot)[0]])];
        int[] different = [.. groups.Distinct().Order()];
        _groups = different.Length;
        _groupOf = [.. groups.Select(group => Array.BinarySearch(different, group))];
        _schedule = Schedule(0);
    }

    /// <summary>
    /// Groups that the P classes of a batch come from, equally many from each: 1 for all from one group, such as one alphabet, 0 for any. A divisor of P. Where groups
    /// have too few classes, classes of further groups fill up.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    /// <exception cref="ArgumentException">There are not so many groups, or P is not a multiple of the value.</exception>
    public int GroupsPerBatch
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            if (value > _groups)
            {
                throw new ArgumentException(
                    $"{value} groups a batch are more than the set has with two examples of a class: {_groups}. Ask for {_groups} at most, or 0 for any.",
                    nameof(value));
            }

            if (value > 0 && _classesPerBatch % value != 0)
            {
                throw new ArgumentException(
                    $"{_classesPerBatch} classes cannot come from {value} groups in equal parts. Choose a number of classes that is a multiple of {value}.",
                    nameof(value));
            }

            field = value;
            _schedule = Schedule(value);
        }
    }

    /// <inheritdoc/>
    public BatchStructure Structure => BatchStructure.Classes;

    /// <inheritdoc/>
    public int BatchSize => _classesPerBatch * _perClass;

    /// <inheritdoc/>
    public int BatchesPerEpoch => _schedule.Batches;

    /// <inheritdoc/>
    /// <remarks>Items lie class after class.</remarks>
    /// <exception cref="ArgumentException">The batch is of another structure or too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such epoch or index.</exception>
    public void Fill(Batch batch, int epoch, int index)
    {
        SamplerChecks.Begin(this, batch, epoch, index);
        if (epoch != _epoch)
            Begin(epoch);
        Span<int> items = batch.Items;
        ReadOnlySpan<int> classes = _schedule.Classes(index), turns = _schedule.Turns(index);
        for (int i = 0; i < classes.Length; i++)
        {
            // A class's examples are used in their order of the epoch, round and round.
            ReadOnlySpan<int> own = _shuffled.AsSpan(_starts[classes[i]], _members.Size(_slots[classes[i]]));
            long first = (long)turns[i] * _perClass;
            for (int k = 0; k < _perClass; k++)
                items[(i * _perClass) + k] = own[(int)((first + k) % own.Length)];
        }

        SamplerChecks.Label(batch, _examples);
    }

    private void Begin(int epoch)
    {
        var random = new CounterRandom((ulong)(uint)_seed, CounterRandom.Purpose.Sampling, 0, (ulong)epoch);
        for (int i = 0; i < _slots.Length; i++)
        {
            Span<int> own = _shuffled.AsSpan(_starts[i], _members.Size(_slots[i]));
            _members.Of(_slots[i]).CopyTo(own);
            random.Shuffle(own);
        }

        _schedule.Compose(ref random);
        _epoch = epoch;
    }

    private ClassSchedule Schedule(int groupsPerBatch)
    {
        int[] needs = [.. _slots.Select(slot => ((_members.Size(slot) - 1) / _perClass) + 1)];
        return groupsPerBatch == 0
            ? new ClassSchedule(new int[_slots.Length], needs, _classesPerBatch, 1)
            : new ClassSchedule(_groupOf, needs, _classesPerBatch, groupsPerBatch);
    }
}
