using System.Globalization;
using System.Text;
using SiameseGen.Evaluation;

namespace SiameseGen.Verification;

/// <summary>Whether scores mean what they say: of pairs with a score of 80 %, 80 % should be similar. Both kinds of pairs count half, as for the scores themselves.</summary>
/// <remarks>Measure it on pairs that the score was not fitted on; on its own pairs an isotonic score looks perfect. Print it: it is a table.</remarks>
public sealed record Reliability
{
    /// <summary>The mean square of score less outcome, 1 for similar and 0 for dissimilar pairs (Brier, "Verification of Forecasts Expressed in Terms of Probability", 1950): 0 at best, 0.25 for ½ of everything.</summary>
    public required double BrierScore { get; init; }

    /// <summary>The mean over bins, by weight, of how far the mean score is from the share of similar pairs (ECE; Naeini, Cooper and Hauskrecht, 2015): 0 at best.</summary>
    public required double ExpectedCalibrationError { get; init; }

    /// <summary>Bins of equal width from 0 to 1, the empty ones left out.</summary>
    public required IReadOnlyList<ReliabilityBin> Bins { get; init; }

    /// <summary>What was measured, in words.</summary>
    public required string Protocol { get; init; }

    /// <summary>Measures.</summary>
    /// <param name="scores">Distances of pairs that the score was not fitted on.</param>
    /// <param name="score">The score, such as <see cref="Calibration.Score"/>.</param>
    /// <param name="bins">Bins, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is below 1.</exception>
    public static Reliability Of(PairScores scores, IDistanceScore score, int bins = 10)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(score);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var sums = new (double Weight, double Predicted, double Similar)[bins];
        double brier = scores.Distances.Sum(count =>
            Add(count, score, 1, 0.5 * count.Similar / scores.SimilarPairs, sums) + Add(count, score, 0, 0.5 * count.Dissimilar / scores.DissimilarPairs, sums));
        ReliabilityBin[] filled =
        [
            .. sums.Where(bin => bin.Weight > 0).Select(bin => new ReliabilityBin(bin.Predicted / bin.Weight, bin.Similar / bin.Weight, bin.Weight)),
        ];
        return new Reliability
        {
            BrierScore = brier,
            ExpectedCalibrationError = filled.Sum(bin => bin.Weight * Math.Abs(bin.MeanScore - bin.SimilarShare)),
            Bins = filled,
            Protocol = $"reliability, {scores.Protocol}; both kinds count half; {bins} bins of equal width",
        };
    }

    /// <summary>The figures as a table of plain text below the protocol.</summary>
    public override string ToString()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        var table = new StringBuilder();
        table.Append(culture, $"{Protocol}\nBrier score {BrierScore:F4}\nexpected calibration error {100 * ExpectedCalibrationError:F2} %\n   score  similar   weight\n");
        foreach (ReliabilityBin bin in Bins)
            table.Append(culture, $"{100 * bin.MeanScore,6:F1} % {100 * bin.SimilarShare,6:F1} % {100 * bin.Weight,6:F1} %\n");
        return table.ToString();
    }

    // The square that pairs of a kind add, and what they add to the bins. Of pairs that are counted together all are taken to lie in the middle.
    private static double Add(DistanceCount count, IDistanceScore score, int outcome, double weight, (double Weight, double Predicted, double Similar)[] sums)
    {
        double predicted = score.Of(new Distance(count.Least + ((count.Most - count.Least) / 2))).Value;
        ref (double Weight, double Predicted, double Similar) bin = ref sums[Math.Min(sums.Length - 1, (int)(predicted * sums.Length))];
        bin.Weight += weight;
        bin.Predicted += weight * predicted;
        bin.Similar += weight * outcome;
        return weight * (predicted - outcome) * (predicted - outcome);
    }
}

/// <summary>Pairs whose scores lie close together.</summary>
/// <param name="MeanScore">The mean of their scores.</param>
/// <param name="SimilarShare">The share of them that is similar.</param>
/// <param name="Weight">The share of all pairs that they are, each kind counting half.</param>
public readonly record struct ReliabilityBin(double MeanScore, double SimilarShare, double Weight);
