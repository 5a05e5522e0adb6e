using System.Globalization;
using System.Runtime.InteropServices;
using SiameseGen.Verification;

namespace SiameseGen.Evaluation;

/// <summary>
/// The 95 % interval of what a given threshold decides rightly, each kind of pair counting half. Where it is known whose the pairs are, classes are drawn with repetition as in <see cref="PairBootstrap"/>; else both rates of error are shares of
/// independent trials, and their intervals make one of their sum (Newcombe, "Interval Estimation for the Difference between Independent Proportions", 1998).
/// </summary>
internal static class AccuracyInterval
{
    private const int Resamples = 2000;
    private const ulong Seed = 95;

    /// <summary>How it is made, in words.</summary>
    public static string Words(PairSubjects? subjects) => subjects is null
        ? "Newcombe's formula, which takes pairs for independent"
        : string.Create(CultureInfo.InvariantCulture, $"bootstrap over {subjects.Count:#,0} classes, {Resamples:#,0} resamples, seed {Seed}");

    /// <summary>The interval where so many of the closest pairs of each kind are accepted.</summary>
    /// <param name="matches">Similar pairs that are accepted.</param>
    /// <param name="similar">Similar pairs.</param>
    /// <param name="falseMatches">Dissimilar pairs that are accepted.</param>
    /// <param name="dissimilar">Dissimilar pairs.</param>
    /// <param name="subjects">Whose the pairs are; null when that is not known.</param>
    public static Estimate Of(int matches, int similar, int falseMatches, int dissimilar, PairSubjects? subjects)
    {
        Estimate accepted = WilsonInterval.Of(matches, similar), rejected = WilsonInterval.Of(dissimilar - falseMatches, dissimilar);
        double accuracy = (accepted.Value + rejected.Value) / 2;
        if (subjects is not null)
            return OfSubjects(accuracy, matches, falseMatches, subjects);
        double down = Math.Sqrt(Square(accepted.Value - accepted.Low) + Square(rejected.Value - rejected.Low)) / 2;
        double up = Math.Sqrt(Square(accepted.High - accepted.Value) + Square(rejected.High - rejected.Value)) / 2;
        return new Estimate(accuracy, Math.Max(0, accuracy - down), Math.Min(1, accuracy + up));
    }

    private static Estimate OfSubjects(double accuracy, int matches, int falseMatches, PairSubjects subjects)
    {
        // Pairs of the same subjects count alike in every resample, so that there are few sums, however many pairs.
        Dictionary<(int Left, int Right), (long Right, long All)> similar = [], dissimilar = [];
        for (int i = 0; i < subjects.OfSimilar.Length; i++)
            Add(similar, (subjects.OfSimilar[i], subjects.OfSimilar[i]), i < matches);
        for (int i = 0; i < subjects.OfDissimilar.Length; i++)
            Add(dissimilar, subjects.OfDissimilar[i], i >= falseMatches);
        List<double> accuracies = [];
        int[] counts = new int[subjects.Count];
        for (int resample = 0; resample < Resamples; resample++)
        {
            Array.Clear(counts);
            var random = new CounterRandom(Seed, CounterRandom.Purpose.Evaluation, (uint)resample);
            for (int i = 0; i < counts.Length; i++)
                counts[random.NextInt32(counts.Length)]++;
            double drawn = (Share(similar, counts, isOfOne: true) + Share(dissimilar, counts, isOfOne: false)) / 2;
            if (!double.IsNaN(drawn))
                accuracies.Add(drawn);
        }

        // One or two classes say nothing of others: drawings of them are all alike, or hardly any are of use.
        if (subjects.Count < 3 || accuracies.Count < 100)
            return new Estimate(accuracy, 0, 1);
        accuracies.Sort();
        var drawnInterval = new Estimate(
            accuracy, Math.Min(accuracy, accuracies[(int)(0.025 * accuracies.Count)]), Math.Max(accuracy, accuracies[(int)(0.975 * accuracies.Count) - 1]));
        return RuleOfThree.Widen(drawnInterval, similar.Count);
    }

    private static void Add(Dictionary<(int Left, int Right), (long Right, long All)> sums, (int Left, int Right) subjects, bool isRight)
    {
        ref (long Right, long All) sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, subjects, out _);
        sum = (sum.Right + (isRight ? 1 : 0), sum.All + 1);
    }

    // Not a number where none was drawn.
    private static double Share(Dictionary<(int Left, int Right), (long Right, long All)> sums, int[] counts, bool isOfOne)
    {
        double right = 0, all = 0;
        foreach (((int one, int other), (long ofRight, long ofAll)) in sums)
        {
            double times = isOfOne ? counts[one] : (double)counts[one] * counts[other];
            right += times * ofRight;
            all += times * ofAll;
        }

        return right / all;
    }

    private static double Square(double value) => value * value;
}
