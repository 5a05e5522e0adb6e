using SiameseGen.Verification;

namespace SiameseGen.Evaluation;

/// <summary>
/// The 95 % interval of what a given threshold decides rightly, each kind of pair counting half. Where it is known whose the pairs are, classes are drawn with repetition (<see cref="DrawnCounts"/>); else both rates of error are shares of
/// independent trials, and their intervals make one of their sum (Newcombe, "Interval Estimation for the Difference between Independent Proportions", 1998).
/// </summary>
internal static class AccuracyInterval
{
    /// <summary>How it is made, in words.</summary>
    /// <param name="pairs">The pairs.</param>
    public static string Words(PairSource pairs) => pairs.KnowsSubjects
        ? $"bootstrap {DrawnCounts.Words(pairs.Subjects, PairBootstrap.ResamplesOf(pairs))}"
        : "Newcombe's formula, which takes pairs for independent";

    /// <summary>The interval where so many of the closest pairs of each kind are accepted.</summary>
    /// <param name="scores">The pairs.</param>
    /// <param name="matches">Similar pairs that are accepted.</param>
    /// <param name="falseMatches">Dissimilar pairs that are accepted.</param>
    /// <param name="threshold">The largest distance that is accepted.</param>
    public static Estimate Of(PairScores scores, long matches, long falseMatches, float threshold)
    {
        Estimate accepted = WilsonInterval.Of(matches, scores.SimilarPairs), rejected = WilsonInterval.Of(scores.DissimilarPairs - falseMatches, scores.DissimilarPairs);
        double accuracy = (accepted.Value + rejected.Value) / 2;
        if (scores.Pairs.KnowsSubjects)
            return OfSubjects(scores, accuracy, threshold);
        double down = Math.Sqrt(Square(accepted.Value - accepted.Low) + Square(rejected.Value - rejected.Low)) / 2;
        double up = Math.Sqrt(Square(accepted.High - accepted.Value) + Square(rejected.High - rejected.Value)) / 2;
        return new Estimate(accuracy, Math.Max(0, accuracy - down), Math.Min(1, accuracy + up));
    }

    private static Estimate OfSubjects(PairScores scores, double accuracy, float threshold)
    {
        double[] drawn = new double[PairBootstrap.ResamplesOf(scores.Pairs)];
        DrawnCounts.Each(scores.Pairs, new DistanceBins([threshold]), drawn.Length, (resample, similar, dissimilar) =>
            drawn[resample] = ((similar[0] / (similar[0] + similar[1])) + (dissimilar[1] / (dissimilar[0] + dissimilar[1]))) / 2);
        double[] accuracies = [.. drawn.Where(double.IsFinite).Order()]; // some drawings have no pairs of a kind

        // One or two classes say nothing of others: drawings of them are all alike, or hardly any are of use.
        if (scores.Pairs.Subjects < 3 || accuracies.Length < 100)
            return new Estimate(accuracy, 0, 1);
        var drawnInterval = new Estimate(
            accuracy, Math.Min(accuracy, accuracies[(int)(0.025 * accuracies.Length)]), Math.Max(accuracy, accuracies[(int)(0.975 * accuracies.Length) - 1]));
        return RuleOfThree.Widen(drawnInterval, scores.SimilarOfSubjects(threshold).All.Count(pairs => pairs > 0));
    }

    private static double Square(double value) => value * value;
}
