namespace SiameseGen.Benchmarks;

/// <summary>
/// Times two contestants in alternating rounds, A, B, A, B, …, so that whatever else the machine does in the meantime meets both alike.
/// </summary>
internal sealed class Alternation
{
    private const int WarmUpSeconds = 3;
    private readonly List<double>[] _steps = [[], []];
    private readonly List<double> _ratios = [];

    private Alternation()
    {
    }

    /// <summary>Median milliseconds a step of the first contestant.</summary>
    public double First => Median(_steps[0]);

    /// <summary>Median milliseconds a step of the second contestant.</summary>
    public double Second => Median(_steps[1]);

    /// <summary>
    /// How many times as fast as the second the first one is: the median over the rounds of the second one's median time over the first one's.
    /// </summary>
    public double Ratio => Median(_ratios);

    /// <summary>The smallest ratio of a round.</summary>
    public double SmallestRatio => _ratios.Min();

    /// <summary>The largest ratio of a round.</summary>
    public double LargestRatio => _ratios.Max();

    /// <summary>Rounds timed.</summary>
    public int Rounds => _ratios.Count;

    /// <summary>Times two contestants after a warm-up that is not counted.</summary>
    /// <param name="first">One.</param>
    /// <param name="second">The other.</param>
    /// <param name="seconds">Time altogether, without the warm-up.</param>
    public static Alternation Between(IContestant first, IContestant second, int seconds)
    {
        var result = new Alternation();
        foreach (IContestant contestant in (ReadOnlySpan<IContestant>)[first, second])
            contestant.Run(TimeSpan.FromSeconds(WarmUpSeconds), []);
        int rounds = Math.Max(3, seconds / 2);
        for (int round = 0; round < rounds; round++)
        {
            List<double> a = [], b = [];
            first.Run(TimeSpan.FromSeconds(1), a);
            second.Run(TimeSpan.FromSeconds(1), b);
            result._steps[0].AddRange(a);
            result._steps[1].AddRange(b);
            result._ratios.Add(Median(b) / Median(a));
        }

        return result;
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
