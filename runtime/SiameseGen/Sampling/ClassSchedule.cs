namespace SiameseGen.Sampling;

/// <summary>Which classes each batch of an epoch has, from as few groups as asked for.</summary>
internal sealed class ClassSchedule
{
    private readonly int[] _groupOf;
    private readonly int _perBatch;
    private readonly int _groupsPerBatch;
    private readonly int[][] _classesOf;
    private readonly RoundSchedule[] _within;
    private readonly int[][] _parts;
    private readonly RoundSchedule _across;
    private readonly int[] _groups;
    private readonly int[] _classes;
    private readonly int[] _turns;
    private readonly int[] _order;
    private readonly int[] _partsUsed;
    private readonly int[] _turnsUsed;
    private readonly int[] _batchOf;
    private readonly int[] _batchOfGroup;
    private readonly int[] _candidates;

    /// <param name="groupOf">For each class, its group, numbered without gaps.</param>
    /// <param name="needs">For each class, the batches it has to be in at least.</param>
    /// <param name="perBatch">Classes in a batch, at most as many as there are.</param>
    /// <param name="groupsPerBatch">Groups in a batch, at most as many as there are; a divisor of <paramref name="perBatch"/>.</param>
    public ClassSchedule(int[] groupOf, int[] needs, int perBatch, int groupsPerBatch)
    {
        _groupOf = groupOf;
        _perBatch = perBatch;
        _groupsPerBatch = groupsPerBatch;
        _classesOf = [.. Enumerable.Range(0, groupOf.Length).GroupBy(i => groupOf[i]).OrderBy(group => group.Key).Select(group => group.ToArray())];
        int part = perBatch / groupsPerBatch;
        _within = [.. _classesOf.Select(classes => new RoundSchedule([.. classes.Select(i => needs[i])], part))];
        _parts = [.. _within.Select(schedule => new int[checked(schedule.Cells * part)])];
        _across = new RoundSchedule([.. _within.Select(schedule => schedule.Cells)], groupsPerBatch);
        _groups = new int[checked(_across.Cells * groupsPerBatch)];
        _classes = new int[checked(_across.Cells * perBatch)];
        _turns = new int[_classes.Length];
        _order = new int[_across.Cells];
        _partsUsed = new int[_classesOf.Length];
        _batchOfGroup = new int[_classesOf.Length];
        _turnsUsed = new int[groupOf.Length];
        _batchOf = new int[groupOf.Length];
        _candidates = new int[groupOf.Length];
    }

    /// <summary>Batches in an epoch.</summary>
    public int Batches => _order.Length;

    /// <summary>The classes of a batch, all different.</summary>
    public ReadOnlySpan<int> Classes(int index) => _classes.AsSpan(_order[index] * _perBatch, _perBatch);

    /// <summary>For each class of a batch: how many other batches of the epoch have had it before, in no particular order of batches.</summary>
    public ReadOnlySpan<int> Turns(int index) => _turns.AsSpan(_order[index] * _perBatch, _perBatch);

    /// <summary>Composes the batches of an epoch.</summary>
    /// <param name="random">Decides everything that is not given.</param>
    public void Compose(ref CounterRandom random)
    {
        for (int group = 0; group < _within.Length; group++)
            _within[group].Fill(_parts[group], ref random);
        _across.Fill(_groups, ref random);
        Start(_order, ref random);
        Start(_candidates, ref random);
        _partsUsed.AsSpan().Clear();
        _turnsUsed.AsSpan().Clear();
        _batchOf.AsSpan().Fill(-1);
        _batchOfGroup.AsSpan().Fill(-1);
        for (int batch = 0; batch < _order.Length; batch++)
        {
            int count = 0;
            foreach (int group in _groups.AsSpan(batch * _groupsPerBatch, _groupsPerBatch))
            {
                if (group != RoundSchedule.Nothing)
                    count = AddPart(batch, group, count);
            }

            if (count < _perBatch)
                FillUp(batch, count, random.NextInt32(_candidates.Length));
        }
    }

    private int AddPart(int batch, int group, int count)
    {
        int part = _perBatch / _groupsPerBatch;
        _batchOfGroup[group] = batch;
        foreach (int member in _parts[group].AsSpan(_partsUsed[group]++ * part, part))
        {
            if (member != RoundSchedule.Nothing)
                Add(batch, _classesOf[group][member], count++);
        }

        return count;
    }

    // From the groups that the batch has already, and only then from any.
    private void FillUp(int batch, int count, int start)
    {
        for (int i = 0; i < _candidates.Length && count < _perBatch; i++)
        {
            int candidate = Candidate(start + i);
            if (_batchOf[candidate] != batch && _batchOfGroup[_groupOf[candidate]] == batch)
                Add(batch, candidate, count++);
        }

        for (int i = 0; i < _candidates.Length && count < _perBatch; i++)
        {
            int candidate = Candidate(start + i);
            if (_batchOf[candidate] != batch)
                Add(batch, candidate, count++);
        }
    }

    private int Candidate(int at) => _candidates[at % _candidates.Length];

    private void Add(int batch, int added, int count)
    {
        _batchOf[added] = batch;
        _classes[(batch * _perBatch) + count] = added;
        _turns[(batch * _perBatch) + count] = _turnsUsed[added]++;
    }

    private static void Start(int[] numbers, ref CounterRandom random)
    {
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = i;
        random.Shuffle<int>(numbers);
    }
}
