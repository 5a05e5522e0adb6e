namespace SiameseGen.Evaluation;

/// <summary>
/// How well two partitions of the same things agree, in terms of information (Vinh, Epps and Bailey, "Information Theoretic Measures for Clusterings Comparison", 2010), normalised by the arithmetic mean of the two entropies.
/// </summary>
internal sealed class MutualInformation
{
    private readonly int[] _rows, _columns;
    private readonly Dictionary<(int Row, int Column), int> _cells = [];
    private readonly double[] _logarithms;
    private readonly int _count;

    /// <summary>Counts how often each pair of labels occurs.</summary>
    /// <param name="left">One label of each thing.</param>
    /// <param name="right">The other.</param>
    public MutualInformation(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        _count = left.Length;
        var rows = new Dictionary<int, int>();
        var columns = new Dictionary<int, int>();
        _rows = new int[_count];
        _columns = new int[_count];
        for (int i = 0; i < _count; i++)
        {
            rows.TryAdd(left[i], rows.Count);
            columns.TryAdd(right[i], columns.Count);
            (int Row, int Column) cell = (rows[left[i]], columns[right[i]]);
            _rows[cell.Row]++;
            _columns[cell.Column]++;
            _cells[cell] = _cells.GetValueOrDefault(cell) + 1;
        }

        Array.Resize(ref _rows, rows.Count);
        Array.Resize(ref _columns, columns.Count);
        _logarithms = new double[_count + 1];
        for (int i = 1; i <= _count; i++)
            _logarithms[i] = DoubleLogarithm.Of(i);
    }

    /// <summary>Mutual information over the mean entropy: 0 to 1, and 1 for equal partitions. It grows with the number of clusters by chance alone.</summary>
    public double Normalised => Alike ? 1 : Math.Clamp(Mutual() / MeanEntropy(), 0, 1);

    /// <summary>The same less what chance gives on average: 0 by chance, also with many clusters, and 1 for equal partitions.</summary>
    public double Adjusted
    {
        get
        {
            if (Alike)
                return 1;
            double expected = Expected(), room = MeanEntropy() - expected;

            // Where every partition of these sizes agrees alike, such as each thing by itself against one cluster of all, there is nothing to be better at than chance.
            return Math.Abs(room) < 1e-14 ? 0 : (Mutual() - expected) / room;
        }
    }

    // Both say nothing, or both tell each thing from each other: the same partition, whose information or room for chance is 0.
    private bool Alike => _cells.Count == _rows.Length && _cells.Count == _columns.Length;

    private double Mutual()
    {
        double sum = 0;
        foreach (((int row, int column), int both) in _cells)
            sum += Term(_rows[row], _columns[column], both);
        return sum;
    }

    private double MeanEntropy() => (Entropy(_rows) + Entropy(_columns)) / 2;

    private double Entropy(int[] sizes) => sizes.Sum(size => (double)size / _count * (_logarithms[_count] - _logarithms[size]));

    /// <summary>The mean of the mutual information over all partitions with clusters of these sizes, exactly: cells then are hypergeometric.</summary>
    private double Expected()
    {
        // Clusters of one size have the same terms.
        (int Size, int Times)[] rows = Sizes(_rows), columns = Sizes(_columns);
        double sum = 0;
        foreach ((int row, int rowTimes) in rows)
        {
            foreach ((int column, int columnTimes) in columns)
                sum += (double)rowTimes * columnTimes * ExpectedCell(row, column);
        }

        return sum;
    }

    // Chances relative to that of the likeliest size, each from its neighbour's: no factorial is ever needed, and what underflows counts for nothing.
    private double ExpectedCell(int row, int column)
    {
        int least = Math.Max(0, row + column - _count), most = Math.Min(row, column);
        int likeliest = Math.Clamp((int)((row + 1.0) * (column + 1.0) / (_count + 2.0)), least, most);
        double sum = Term(row, column, likeliest), total = 1, chance = 1;
        for (int both = likeliest; both < most && chance > 0; both++)
        {
            chance *= (double)(row - both) * (column - both) / ((both + 1.0) * (_count - row - column + both + 1.0));
            total += chance;
            sum += chance * Term(row, column, both + 1);
        }

        chance = 1;
        for (int both = likeliest; both > least && chance > 0; both--)
        {
            chance *= both * ((double)_count - row - column + both) / ((double)(row - both + 1) * (column - both + 1));
            total += chance;
            sum += chance * Term(row, column, both - 1);
        }

        return sum / total;
    }

    private double Term(int row, int column, int both) => both == 0 ? 0
        : (double)both / _count * (_logarithms[both] + _logarithms[_count] - _logarithms[row] - _logarithms[column]);

    private static (int Size, int Times)[] Sizes(int[] sizes) => [.. sizes.GroupBy(size => size).Select(group => (group.Key, group.Count())).OrderBy(entry => entry.Key)];
}
