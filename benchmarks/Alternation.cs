namespace SiameseGen.Benchmarks;

/// <summary>
/// Times contestants in alternating rounds, A, B, C, A, B, C, …, so that whatever else the machine does in the meantime meets all alike.
/// </summary>
internal sealed class Alternation
{
    private const int WarmUpSeconds = 3;
    private readonly List<double>[] _steps;
    private readonly List<double>[] _medians;

    private Alternation(int contestants)
    {
        _steps = [.. Enumerable.Range(0, contestants).Select(_ => new List<double>())];
        _medians = [.. Enumerable.Range(0, contestants).Select(_ => new List<double>())];
    }

    /// <summary>Rounds timed.</summary>
    public int Rounds => _medians[0].Count;

    /// <summary>Times two contestants after a warm-up that is not counted, in rounds of a second.</summary>
    /// <param name="first">One.</param>
    /// <param name="second">The other.</param>
    /// <param name="seconds">Time altogether, without the warm-up.</param>
    public static Alternation Between(IContestant first, IContestant second, int seconds) =>
        Among([first, second], Math.Max(3, seconds / 2), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(WarmUpSeconds));

    /// <summary>Times contestants.</summary>
    /// <param name="contestants">They.</param>
    /// <param name="rounds">Rounds.</param>
    /// <param name="round">How long each works in a round.</param>
    /// <param name="warmUp">How long each works before, uncounted.</param>
    public static Alternation Among(IReadOnlyList<IContestant> contestants, int rounds, TimeSpan round, TimeSpan warmUp)
    {
        var result = new Alternation(contestants.Count);
        foreach (IContestant contestant in contestants)
            contestant.Run(warmUp, []);
        for (int i = 0; i < rounds; i++)
        {
            for (int c = 0; c < contestants.Count; c++)
            {
                List<double> steps = [];
                contestants[c].Run(round, steps);
                result._steps[c].AddRange(steps);
                result._medians[c].Add(Median(steps));
            }
        }

        return result;
    }

    /// <summary>Median milliseconds a step.</summary>
    /// <param name="contestant">The contestant's number.</param>
    public double Milliseconds(int contestant) => Median(_steps[contestant]);

    /// <summary>
    /// How many times as fast as another the first contestant is: the median over the rounds of the other's median time over the first one's.
    /// </summary>
    /// <param name="other">The other's number.</param>
    public double Ratio(int other = 1) => Median([.. Ratios(other)]);

    /// <summary>The smallest ratio of a round.</summary>
    /// <param name="other">The other's number.</param>
    public double SmallestRatio(int other = 1) => Ratios(other).Min();

    /// <summary>The largest ratio of a round.</summary>
    /// <param name="other">The other's number.</param>
    public double LargestRatio(int other = 1) => Ratios(other).Max();

    private IEnumerable<double> Ratios(int other) => _medians[other].Zip(_medians[0], (theirs, ours) => theirs / ours);

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
