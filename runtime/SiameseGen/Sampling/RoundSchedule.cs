namespace SiameseGen.Sampling;

/// <summary>
/// Puts things that are needed several times into cells of a fixed size, no cell with one of them twice, in random order: each as often as it is needed, exactly.
/// </summary>
/// <remarks>
/// Round r puts down, in random order, everything that is needed more than r times. A cell that lies across two rounds gets from the second
/// only what it does not have from the first, which is possible while a round has as many things as a cell has places. Later, smaller rounds have a cell
/// each, with places left over; so may the last cell of the larger ones.
/// </remarks>
internal sealed class RoundSchedule
{
    /// <summary>What is in a place left over.</summary>
    public const int Nothing = -1;

    private readonly int[] _needs;
    private readonly int _cellSize;
    private readonly int[] _round;
    private readonly int[] _cellOf;

    /// <param name="needs">For each thing, how often it is needed; 1 or more.</param>
    /// <param name="cellSize">Places in a cell.</param>
    public RoundSchedule(int[] needs, int cellSize)
    {
        _needs = needs;
        _cellSize = cellSize;
        _round = new int[needs.Length];
        _cellOf = new int[needs.Length];
        int fullRounds = needs.Length < cellSize ? 0 : needs.OrderDescending().ElementAt(cellSize - 1);
        long places = needs.Sum(need => (long)Math.Min(need, fullRounds));
        Cells = checked((int)((places + cellSize - 1) / cellSize) + needs.Max() - fullRounds);
    }

    /// <summary>Cells it takes.</summary>
    public int Cells { get; }

    /// <summary>Fills the cells.</summary>
    /// <param name="cells">All cells' places, cell after cell.</param>
    /// <param name="random">Decides the order.</param>
    public void Fill(Span<int> cells, ref CounterRandom random)
    {
        cells.Fill(Nothing);
        _cellOf.AsSpan().Fill(Nothing);
        for (int i = 0; i < _round.Length; i++)
            _round[i] = i;
        int at = 0;
        for (int number = 0, count = Keep(_round, number); count > 0; count = Keep(_round.AsSpan(0, count), ++number))
        {
            Span<int> round = _round.AsSpan(0, count);
            random.Shuffle(round);
            if (count < _cellSize)
                at = NextCell(at);
            else if (at % _cellSize > 0)
                Separate(round, at / _cellSize, _cellSize - (at % _cellSize));
            foreach (int thing in round)
            {
                _cellOf[thing] = at / _cellSize;
                cells[at++] = thing;
            }

            if (count < _cellSize)
                at = NextCell(at);
        }
    }

    // Moves what is needed in this round as well to the front, and returns how much it is.
    private int Keep(Span<int> previous, int number)
    {
        int kept = 0;
        foreach (int thing in previous)
        {
            if (_needs[thing] > number)
                previous[kept++] = thing;
        }

        return kept;
    }

    private void Separate(Span<int> round, int cell, int places)
    {
        int other = places;
        for (int i = 0; i < places; i++)
        {
            if (_cellOf[round[i]] != cell)
                continue;
            while (_cellOf[round[other]] == cell)
                other++;
            (round[i], round[other]) = (round[other], round[i]);
            other++;
        }
    }

    private int NextCell(int at) => (at + _cellSize - 1) / _cellSize * _cellSize;
}
