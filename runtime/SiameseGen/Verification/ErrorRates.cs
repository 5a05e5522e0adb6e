using System.Globalization;
using SiameseGen.Evaluation;

namespace SiameseGen.Verification;

/// <summary>
/// How often a threshold errs, with 95 % intervals, and how many strangers it may accept so that a rate can be claimed. Where it is known whose the pairs are, each end of an interval is the widest of three: of the pairs as if they were
/// independent, of drawings of whole subjects with repetition (see <see cref="PairBootstrap"/>), and of pairs of subjects that err as wholes. The first alone claims far too much, since two people who look alike do so in all their pictures;
/// drawings say little where only a few subjects err, and the third is for those.
/// </summary>
/// <remarks>Where it is not known whose the pairs are, they are taken for independent.</remarks>
internal sealed class ErrorRates
{
    private const int MostResamples = 2000, LeastResamples = 500, LeastUsable = 100, LeastSubjects = 3;
    private const double MostWork = 2e9, Tail = 0.025;
    private const ulong Seed = 95;

    private readonly PairScores _scores;
    private readonly PairSubjects? _subjects;

    // Of each two subjects the pairs between them, and of each subject the pairs within.
    private readonly (int Left, int Right, long Pairs)[] _between;
    private readonly long[] _within;

    // How often strangers were drawn in all, for each drawing.
    private readonly Lazy<double[]> _drawnStrangers;

    /// <summary>Looks at pairs.</summary>
    /// <param name="scores">The pairs.</param>
    public ErrorRates(PairScores scores)
    {
        _scores = scores;
        _drawnStrangers = new Lazy<double[]>(DrawStrangers);
        _subjects = scores.Subjects;
        _within = new long[_subjects?.Count ?? 0];
        _between = [];
        if (_subjects is null)
            return;
        foreach (int subject in _subjects.OfSimilar)
            _within[subject]++;
        _between = Counted(_subjects.OfDissimilar);
    }

    /// <summary>Comparisons of strangers that say something of their own: of two subjects all pairs are one.</summary>
    public int IndependentStrangers => _subjects is null ? _scores.Dissimilar.Length : _between.Length;

    /// <summary>Whether it is known whose the pairs are.</summary>
    public bool KnowsSubjects => _subjects is not null;

    /// <summary>How intervals are made, in words.</summary>
    public string Words => _subjects is null
        ? "95 % intervals that take pairs for independent"
        : string.Create(CultureInfo.InvariantCulture, $"95 % intervals over {_subjects.Count:#,0} classes, {Resamples:#,0} resamples, seed {Seed}");

    private int Resamples => (int)Math.Clamp(MostWork / Math.Max(1, _between.Length), LeastResamples, MostResamples);

    /// <summary>The share of strangers that a threshold accepts (FMR).</summary>
    /// <param name="threshold">The largest distance that is accepted.</param>
    public Estimate FalseMatch(float threshold)
    {
        int accepted = RocCurve.CountUpTo(_scores.Dissimilar.ToArray(), threshold), all = _scores.Dissimilar.Length;
        Estimate ofPairs = WilsonInterval.Of(accepted, all);
        if (_subjects is null)
            return ofPairs;
        double[] drawn = Drawn((counts, resample) => Accepted(counts, accepted) / _drawnStrangers.Value[resample]);
        int erring = _subjects.OfDissimilar.Take(accepted).Select(Ordered).Distinct().Count();
        return Widest(ofPairs, drawn, AsWholes(ofPairs.Value, erring, _between.Length), _subjects.Count, _between.Length);
    }

    /// <summary>The share of owners that a threshold rejects (FNMR).</summary>
    /// <param name="threshold">The largest distance that is accepted.</param>
    public Estimate FalseNonMatch(float threshold)
    {
        int accepted = RocCurve.CountUpTo(_scores.Similar.ToArray(), threshold), all = _scores.Similar.Length;
        Estimate ofPairs = WilsonInterval.Of(all - accepted, all);
        if (_subjects is null)
            return ofPairs;
        long[] rejected = new long[_subjects.Count];
        foreach (int subject in _subjects.OfSimilar.AsSpan(accepted))
            rejected[subject]++;
        double[] drawn = Drawn((counts, _) => Sum(counts, rejected) / Sum(counts, _within));
        int owners = _within.Count(pairs => pairs > 0);
        return Widest(ofPairs, drawn, AsWholes(ofPairs.Value, rejected.Count(pairs => pairs > 0), owners), owners, owners);
    }

    /// <summary>Most of the closest strangers that a threshold may accept so that the upper end of the interval of its FMR is within a rate.</summary>
    /// <param name="rate">The rate.</param>
    /// <returns>−1 where not even none of them shows it.</returns>
    public int Acceptable(double rate)
    {
        int all = _scores.Dissimilar.Length;
        if (RuleOfThree.High(IndependentStrangers) > rate)
            return -1;
        int most = (int)Math.Floor(all * rate);
        if (_subjects is not null)
        {
            double[] drawn = Drawn((counts, resample) => _drawnStrangers.Value[resample] is > 0 and var total ? Reach(counts, rate * total) : double.NaN);
            if (drawn.Length < LeastUsable)
                return -1;
            most = (int)Math.Min(most, drawn[(int)(Tail * drawn.Length)]);
        }

        int[] erring = Erring(most);
        while (most > 0 && (WilsonInterval.Of(most, all).High > rate || AsWholes((double)most / all, erring[most], IndependentStrangers).High > rate))
            most--;
        return most;
    }

    // Of errors that come in wholes, such as all pairs of two people, as many wholes go wrong as an interval says, each as much as those that do.
    private static Estimate AsWholes(double value, int erring, int wholes)
    {
        if (erring == 0)
            return new Estimate(value, value, value);
        Estimate ofWholes = WilsonInterval.Of(erring, wholes);
        return new Estimate(value, value * ofWholes.Low / ofWholes.Value, Math.Min(1, value * ofWholes.High / ofWholes.Value));
    }

    private static Estimate Widest(Estimate ofPairs, double[] drawn, Estimate ofWholes, int subjects, int independent)
    {
        // One or two subjects say nothing of others: drawings of them are all alike.
        if (subjects < LeastSubjects || drawn.Length < LeastUsable)
            return new Estimate(ofPairs.Value, 0, 1);
        double low = Math.Min(drawn[(int)(Tail * drawn.Length)], Math.Min(ofPairs.Low, ofWholes.Low));
        double high = Math.Max(drawn[(int)((1 - Tail) * drawn.Length) - 1], Math.Max(ofPairs.High, ofWholes.High));
        return RuleOfThree.Widen(new Estimate(ofPairs.Value, low, high), independent);
    }

    private static (int Left, int Right) Ordered((int Left, int Right) pair) => pair.Left < pair.Right ? pair : (pair.Right, pair.Left);

    private static double Sum(int[] counts, long[] pairs)
    {
        double sum = 0;
        for (int i = 0; i < pairs.Length; i++)
            sum += (double)counts[i] * pairs[i];
        return sum;
    }

    // As sorted numbers rather than a dictionary: there may be millions.
    private static (int Left, int Right, long Pairs)[] Counted((int Left, int Right)[] pairs)
    {
        ulong[] keys = [.. pairs.Select(Ordered).Select(pair => ((ulong)(uint)pair.Left << 32) | (uint)pair.Right)];
        Array.Sort(keys);
        List<(int, int, long)> counted = [];
        for (int i = 0, next; i < keys.Length; i = next)
        {
            for (next = i + 1; next < keys.Length && keys[next] == keys[i];)
                next++;
            counted.Add(((int)(keys[i] >> 32), (int)(uint)keys[i], next - i));
        }

        return [.. counted];
    }

    private double[] DrawStrangers()
    {
        double[] totals = new double[Resamples];
        Draw((counts, resample) =>
        {
            double total = 0;
            foreach ((int left, int right, long pairs) in _between)
                total += (double)counts[left] * counts[right] * pairs;
            totals[resample] = total;
        });
        return totals;
    }

    // What of each drawing, in ascending order; drawings without strangers or owners give no number and are left out.
    private double[] Drawn(Func<int[], int, double> what)
    {
        double[] results = new double[Resamples];
        Draw((counts, resample) => results[resample] = what(counts, resample));
        return [.. results.Where(double.IsFinite).Order()];
    }

    private void Draw(Action<int[], int> use) =>
        Parallel.For(0, Resamples, () => new int[_subjects!.Count], (resample, _, counts) =>
        {
            Array.Clear(counts);
            var random = new CounterRandom(Seed, CounterRandom.Purpose.Evaluation, (uint)resample);
            for (int i = 0; i < counts.Length; i++)
                counts[random.NextInt32(counts.Length)]++;
            use(counts, resample);
            return counts;
        }, _ => { });

    // How many times the closest strangers were drawn.
    private double Accepted(int[] counts, int closest)
    {
        double sum = 0;
        for (int i = 0; i < closest; i++)
            sum += Times(counts, i);
        return sum;
    }

    // How many of the closest strangers were drawn so often in all.
    private double Reach(int[] counts, double times)
    {
        double sum = 0;
        for (int i = 0; i < _subjects!.OfDissimilar.Length; i++)
        {
            sum += Times(counts, i);
            if (sum > times)
                return i;
        }

        return _subjects.OfDissimilar.Length;
    }

    private double Times(int[] counts, int stranger) => (double)counts[_subjects!.OfDissimilar[stranger].Left] * counts[_subjects.OfDissimilar[stranger].Right];

    // How many pairs of subjects the closest strangers are of, for each number of them; each is one of its own where that is not known.
    private int[] Erring(int most)
    {
        int[] erring = new int[most + 1];
        HashSet<(int, int)> seen = [];
        for (int i = 0; i < most; i++)
        {
            if (_subjects is not null)
                seen.Add(Ordered(_subjects.OfDissimilar[i]));
            erring[i + 1] = _subjects is null ? i + 1 : seen.Count;
        }

        return erring;
    }
}
