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

        double[] means = new double[Resamples];
        for (int resample = 0; resample < Resamples; resample++)
        {
            var random = new CounterRandom(Seed, CounterRandom.Purpose.Evaluation, (uint)resample);
            double sum = 0;
            long count = 0;
            for (int i = 0; i < Subjects; i++)
            {
                int subject = random.NextInt32(Subjects);
                sum += sums[subject];
                count += counts[subject];
            }

            means[resample] = sum / count;
        }

        Array.Sort(means);
        return RuleOfThree.Widen(new Estimate(sums.Sum() / values.Length, means[(int)(0.025 * Resamples)], means[(int)(0.975 * Resamples) - 1]), Subjects);
    }
}
