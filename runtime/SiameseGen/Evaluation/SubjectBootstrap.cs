using System.Globalization;

namespace SiameseGen.Evaluation;

/// <summary>
/// Intervals that take whole subjects at a time (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993; ISO/IEC 19795-1): trials of one person, product or class are alike, so that as many trials of more subjects
/// would say more, and an interval that takes trials for independent is too narrow.
/// </summary>
internal sealed class SubjectBootstrap
{
    private const int Resamples = 2000;
    private const ulong Seed = 95;
    private readonly int[] _subjectOf;

    /// <summary>Takes the subject of each trial.</summary>
    public SubjectBootstrap(int[] subjects)
    {
        int[] distinct = [.. subjects.Distinct()];
        Dictionary<int, int> numbers = distinct.Select((subject, i) => (subject, i)).ToDictionary(entry => entry.subject, entry => entry.i);
        _subjectOf = [.. subjects.Select(subject => numbers[subject])];
        Subjects = distinct.Length;
    }

    /// <summary>How many there are.</summary>
    public int Subjects { get; }

    /// <summary>How intervals were made, in words, so that they can be made again.</summary>
    /// <param name="subjects">What the subjects are called, in the plural.</param>
    public string Words(string subjects) => string.Create(CultureInfo.InvariantCulture, $"bootstrap over {Subjects:#,0} {subjects}, {Resamples:#,0} resamples, seed {Seed}");

    /// <summary>The mean over all trials, with the 2.5th and 97.5th percentile of the means over subjects drawn with repetition, or, of 0 and 1, by the rule of three over subjects.</summary>
    public Estimate Mean(double[] values)
    {
        if (Subjects == 1)
            return new Estimate(values.Average(), 0, 1); // one subject says nothing of others
        double[] sums = new double[Subjects];
        int[] counts = new int[Subjects];
        for (int i = 0; i < values.Length; i++)
        {
            sums[_subjectOf[i]] += values[i];
            counts[_subjectOf[i]]++;
        }

        return Interval(sums.Sum() / values.Length, drawn =>
        {
            double sum = 0;
            long count = 0;
            foreach (int subject in drawn)
            {
                sum += sums[subject];
                count += counts[subject];
            }

            return sum / count;
        });
    }

    /// <summary>The same of answers.</summary>
    /// <param name="answers">Those of each subject.</param>
    /// <param name="ways">The most classes that any of them had to choose from.</param>
    public Estimate Mean(IReadOnlyList<TieCounts> answers, int ways)
    {
        var sum = new TieCounts(ways);
        double mean = MeanOf(Enumerable.Range(0, answers.Count));
        return Subjects == 1 ? new Estimate(mean, 0, 1) : Interval(mean, MeanOf);

        double MeanOf(IEnumerable<int> subjects)
        {
            sum.Clear();
            foreach (int subject in subjects)
                sum.Add(answers[subject]);
            return sum.Mean;
        }
    }

    private Estimate Interval(double mean, Func<int[], double> meanOf)
    {
        double[] means = new double[Resamples];
        int[] drawn = new int[Subjects];
        for (int resample = 0; resample < Resamples; resample++)
        {
            var random = new CounterRandom(Seed, CounterRandom.Purpose.Evaluation, (uint)resample);
            foreach (ref int subject in drawn.AsSpan())
                subject = random.NextInt32(Subjects);
            means[resample] = meanOf(drawn);
        }

        Array.Sort(means);
        return RuleOfThree.Widen(new Estimate(mean, means[(int)(0.025 * Resamples)], means[(int)(0.975 * Resamples) - 1]), Subjects);
    }
}
