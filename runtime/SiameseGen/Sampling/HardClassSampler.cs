using SiameseGen.Data;
using SiameseGen.Mining;
using SiameseGen.Search;

namespace SiameseGen.Sampling;

/// <summary>
/// Batches of P classes with K examples each, in which some classes lead and the others are those that the leaders' examples are most easily taken for, found in the whole set anew every few epochs.
/// </summary>
/// <remarks>
/// <para>
/// Every class with n examples leads in ⌈n / K⌉ batches of an epoch exactly, with each of its examples at least once. For each other class of a batch, one of its examples is among the closest negatives of a leader's example, and the
/// others are drawn. Where the leaders have no more such classes, and before the first <see cref="Mine"/>, classes are drawn by chance.
/// </para>
/// <para>All classes of a batch are different, and so are all examples. Classes with a single example are left out. Call it from one thread at a time.</para>
/// </remarks>
public sealed class HardClassSampler : IMiningSampler
{
    private readonly IExampleSet _examples;
    private readonly ClassMembers _members;
    private readonly HardNegativeOptions _options;
    private readonly int _classesPerBatch;
    private readonly int _perClass;
    private readonly int _seed;
    private readonly int[] _slots;
    private readonly int[] _placeOf;
    private readonly int[] _starts;
    private readonly int[] _shuffled;
    private readonly int[] _scratch;
    private readonly int[] _turnsUsed;
    private readonly bool[] _isTaken;
    private RoundSchedule _schedule;
    private int[] _leaders;
    private int[] _turns;
    private int _epoch = -1;

    /// <summary>Makes a sampler.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="classesPerBatch">P, 2 or more; at most the number of classes with two examples.</param>
    /// <param name="examplesPerClass">K, 2 or more; at most the number of examples of each class that has two.</param>
    /// <param name="seed">Equal seeds give equal batches.</param>
    /// <param name="options">How many negatives an example has to draw from, and the guard against wrong labels; null for the defaults.</param>
    /// <exception cref="ArgumentException">The examples have no similar or no dissimilar pairs, too few classes, or a class with too few examples, or the options are for another number of examples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public HardClassSampler(IExampleSet examples, int classesPerBatch, int examplesPerClass, int seed, HardNegativeOptions? options = null)
    {
        _members = new ClassMembers(examples);
        _slots = SamplerChecks.ClassesWithPairs(examples, _members, classesPerBatch, examplesPerClass);
        _examples = examples;
        _classesPerBatch = classesPerBatch;
        _perClass = examplesPerClass;
        _seed = seed;
        _options = options ?? new HardNegativeOptions();
        _options.CheckFor(examples.Count);
        _starts = new int[_slots.Length + 1];
        for (int i = 0; i < _slots.Length; i++)
            _starts[i + 1] = _starts[i] + _members.Size(_slots[i]);
        _shuffled = new int[_starts[^1]];
        _scratch = new int[_slots.Max(_members.Size)];
        _turnsUsed = new int[_slots.Length];
        _isTaken = new bool[_slots.Length];
        _placeOf = new int[examples.Count];
        _placeOf.AsSpan().Fill(RoundSchedule.Nothing);
        for (int i = 0; i < _slots.Length; i++)
        {
            foreach (int example in _members.Of(_slots[i]))
                _placeOf[example] = i;
        }

        _schedule = Schedule(classesPerBatch / 2);
        Leaders = classesPerBatch / 2;
        _leaders = new int[_schedule.Cells * Leaders];
        _turns = new int[_leaders.Length];
    }

    /// <summary>Classes of a batch that lead, 1 to P − 1; half of P unless set. One leads to the hardest batches and P − 1 times as many of them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside its range.</exception>
    public int Leaders
    {
        get;
        init
        {
            if (value < 1 || value >= _classesPerBatch)
                throw new ArgumentOutOfRangeException(nameof(value), value, $"Of {_classesPerBatch} classes, 1 to {_classesPerBatch - 1} lead.");
            field = value;
            _schedule = Schedule(value);
            _leaders = new int[checked(_schedule.Cells * value)];
            _turns = new int[_leaders.Length];
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MineEvery
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Epochs between two looks are 1 or more.");
    } = 1;

    /// <summary>What the latest look has found; null before it.</summary>
    public HardNegatives? Negatives { get; private set; }

    /// <inheritdoc/>
    public BatchStructure Structure => BatchStructure.Classes;

    /// <inheritdoc/>
    public int BatchSize => _classesPerBatch * _perClass;

    /// <inheritdoc/>
    public int BatchesPerEpoch => _schedule.Cells;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is not one embedding for each example, or one is not finite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was asked for.</exception>
    public void Mine(EmbeddingMatrix embeddings, DistanceMetric metric, WorkerTeam? team = null, CancellationToken cancellationToken = default) =>
        Negatives = HardNegatives.Find(embeddings, metric, _examples.Classes, _options, team, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Items lie class after class, the leaders first.</remarks>
    /// <exception cref="ArgumentException">The batch is of another structure or too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such epoch or index.</exception>
    public void Fill(Batch batch, int epoch, int index)
    {
        SamplerChecks.Begin(this, batch, epoch, index);
        if (epoch != _epoch)
            Begin(epoch);
        _isTaken.AsSpan().Clear();
        Span<int> items = batch.Items;
        int count = 0;
        for (int i = index * Leaders; i < (index + 1) * Leaders; i++)
        {
            int place = _leaders[i];
            if (place == RoundSchedule.Nothing)
                continue;
            _isTaken[place] = true;
            ReadOnlySpan<int> own = _shuffled.AsSpan(_starts[place], _starts[place + 1] - _starts[place]);
            long first = (long)_turns[i] * _perClass;
            for (int k = 0; k < _perClass; k++)
                items[(count * _perClass) + k] = own[(int)((first + k) % own.Length)];
            count++;
        }

        var random = new CounterRandom((ulong)(uint)_seed, CounterRandom.Purpose.Mining, (uint)index, (ulong)epoch);
        int leading = count * _perClass;
        for (; count < _classesPerBatch; count++)
        {
            int example = HardExample(items[..leading], ref random);
            if (example < 0)
                example = AnyExample(ref random);
            Take(example, items.Slice(count * _perClass, _perClass), ref random);
        }

        SamplerChecks.Label(batch, _examples);
    }

    // One of the closest negatives of a leader's example whose class is not in the batch yet; −1 when none is found.
    private int HardExample(ReadOnlySpan<int> leading, ref CounterRandom random)
    {
        if (Negatives is not { } found)
            return -1;
        int start = random.NextInt32(leading.Length);
        for (int i = 0; i < leading.Length; i++)
        {
            ReadOnlySpan<Neighbor> own = found.Of(leading[(start + i) % leading.Length]);
            int from = own.IsEmpty ? 0 : random.NextInt32(own.Length);
            for (int k = 0; k < own.Length; k++)
            {
                int example = own[(from + k) % own.Length].Index;
                if (_placeOf[example] is var place && place >= 0 && !_isTaken[place])
                    return example;
            }
        }

        return -1;
    }

    private int AnyExample(ref CounterRandom random)
    {
        int place = random.NextInt32(_slots.Length);
        while (_isTaken[place])
            place = place + 1 == _slots.Length ? 0 : place + 1;
        ReadOnlySpan<int> own = _members.Of(_slots[place]);
        return own[random.NextInt32(own.Length)];
    }

    // An example, and others of its class by chance.
    private void Take(int example, Span<int> destination, ref CounterRandom random)
    {
        int place = _placeOf[example];
        _isTaken[place] = true;
        Span<int> own = _scratch.AsSpan(0, _members.Size(_slots[place]));
        _members.Of(_slots[place]).CopyTo(own);
        int at = own.IndexOf(example);
        (own[0], own[at]) = (own[at], own[0]);
        for (int k = 1; k < destination.Length; k++)
        {
            int drawn = k + random.NextInt32(own.Length - k);
            (own[k], own[drawn]) = (own[drawn], own[k]);
        }

        own[..destination.Length].CopyTo(destination);
    }

    private void Begin(int epoch)
    {
        var random = new CounterRandom((ulong)(uint)_seed, CounterRandom.Purpose.Sampling, 0, (ulong)epoch);
        for (int i = 0; i < _slots.Length; i++)
        {
            Span<int> own = _shuffled.AsSpan(_starts[i], _starts[i + 1] - _starts[i]);
            _members.Of(_slots[i]).CopyTo(own);
            random.Shuffle(own);
        }

        _schedule.Fill(_leaders, ref random);
        _turnsUsed.AsSpan().Clear();
        for (int i = 0; i < _leaders.Length; i++)
        {
            if (_leaders[i] != RoundSchedule.Nothing)
                _turns[i] = _turnsUsed[_leaders[i]]++;
        }

        _epoch = epoch;
    }

    private RoundSchedule Schedule(int leaders) => new([.. _slots.Select(slot => ((_members.Size(slot) - 1) / _perClass) + 1)], leaders);
}
