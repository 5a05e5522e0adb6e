namespace SiameseGen.Evaluation;

/// <summary>Every two of some examples, computed whenever they are read. Examples lie class by class, so that the pairs of two classes come together, and are read as tiles, so that embeddings stay in the cache.</summary>
internal sealed class AllPairsOfExamples : PairSource
{
    private const int Tile = 64; // its square is PairBlock.Length

    private readonly EmbeddedExamples _examples;
    private readonly int _fingerprint;
    private readonly int[] _ordered;
    private readonly int[] _subjects;
    private readonly int[] _starts;
    private readonly int _tiles;

    /// <summary>Takes examples.</summary>
    /// <param name="examples">The examples, at most 4 million.</param>
    /// <exception cref="ArgumentException">No class has two examples, there is one class only, or there are too many examples.</exception>
    public AllPairsOfExamples(EmbeddedExamples examples)
    {
        const int most = 4_000_000;
        if (examples.Count > most)
            throw new ArgumentException(FormattableString.Invariant($"There are {examples.Count:#,0} examples, more than {most:#,0}. Use RandomPairs."), nameof(examples));
        _examples = examples;
        _fingerprint = examples.Fingerprint();
        int[] classes = examples.Classes.ToArray();
        Dictionary<int, int> numbers = [];
        foreach (int number in classes)
            numbers.TryAdd(number, numbers.Count);
        _ordered = [.. Enumerable.Range(0, classes.Length).OrderBy(example => numbers[classes[example]])];
        _subjects = [.. _ordered.Select(example => numbers[classes[example]])];
        _starts = [.. Enumerable.Range(0, _ordered.Length).Where(at => at == 0 || _subjects[at] != _subjects[at - 1]), _ordered.Length];
        _tiles = (_ordered.Length + Tile - 1) / Tile;
        for (int subject = 0; subject < Subjects; subject++)
        {
            long size = _starts[subject + 1] - _starts[subject];
            Similar += size * (size - 1) / 2;
        }

        if (Similar == 0 || Similar == Count)
        {
            throw new ArgumentException(
                Similar == 0 ? "No class has two examples, so that there is no similar pair. Give classes a second example each." : "All examples are of one class, so that there is no dissimilar pair.", nameof(examples));
        }
    }

    /// <summary>Pairs of one class.</summary>
    public long Similar { get; }

    /// <inheritdoc/>
    public override long Count => (long)_ordered.Length * (_ordered.Length - 1) / 2;

    /// <inheritdoc/>
    public override int Blocks => (int)((long)_tiles * (_tiles + 1) / 2);

    /// <inheritdoc/>
    public override int Subjects => _starts.Length - 1;

    /// <inheritdoc/>
    public override long PairsOfSubjects => (long)Subjects * (Subjects - 1) / 2;

    /// <inheritdoc/>
    public override bool AllowsManyReaders => _examples.AllowsManyReaders;

    /// <inheritdoc/>
    public override void Read(int block, PairBlock into)
    {
        into.Clear();
        (int row, int column) = TileOf(block);
        int rowEnd = Math.Min((row + 1) * Tile, _ordered.Length), columnEnd = Math.Min((column + 1) * Tile, _ordered.Length);
        for (int left = row * Tile; left < rowEnd; left++)
        {
            for (int right = Math.Max(left + 1, column * Tile); right < columnEnd; right++)
                into.Add(Distance(left, right), _subjects[left], _subjects[right]);
        }
    }

    /// <inheritdoc/>
    public override long[] ClosestOfSubjects(DistanceBins bins, CancellationToken cancellationToken = default)
    {
        long[] counts = new long[bins.Count];
        InParallel(Subjects, Environment.ProcessorCount, () => (Closest: new float[Subjects], Counts: new long[bins.Count]), (subject, state) =>
        {
            state.Closest.AsSpan().Fill(float.PositiveInfinity);
            for (int left = _starts[subject]; left < _starts[subject + 1]; left++)
            {
                for (int right = _starts[subject + 1]; right < _ordered.Length; right++)
                {
                    ref float closest = ref state.Closest[_subjects[right]];
                    closest = Math.Min(closest, Distance(left, right));
                }
            }

            foreach (float closest in state.Closest.AsSpan(subject + 1))
                state.Counts[bins.Of(closest)]++;
        }, state =>
        {
            lock (counts)
            {
                for (int bin = 0; bin < counts.Length; bin++)
                    counts[bin] += state.Counts[bin];
            }
        }, cancellationToken);
        return counts;
    }

    /// <inheritdoc/>
    protected override void EnsureUnchanged() => _examples.EnsureFingerprint(_fingerprint);

    // The tile of the upper triangle with a number, row after row of columns: column c is preceded by 1 + 2 + … + c tiles.
    private static (int Row, int Column) TileOf(int number)
    {
        int column = (int)((Math.Sqrt((8.0 * number) + 1) - 1) / 2);
        while ((long)column * (column + 1) / 2 > number)
            column--;
        while ((long)(column + 1) * (column + 2) / 2 <= number)
            column++;
        return ((int)(number - ((long)column * (column + 1) / 2)), column);
    }

    // In the order of their numbers: not every distance is the same both ways.
    private float Distance(int left, int right) => _examples.Distance(Math.Min(_ordered[left], _ordered[right]), Math.Max(_ordered[left], _ordered[right]));
}
