using SiameseGen.Evaluation;
using SiameseGen.Losses;

namespace SiameseGen.Verification;

/// <summary>The probability of one identity as a logistic function of the distance, 1 / (1 + exp(slope · distance − offset)) (Platt, "Probabilistic Outputs for Support Vector Machines", 1999).</summary>
/// <param name="Slope">How fast it falls, 0 or above.</param>
/// <param name="Offset">The slope times the distance at which it is ½.</param>
public readonly record struct LogisticScore(double Slope, double Offset) : IDistanceScore
{
    private const int Iterations = 100;

    /// <summary>The score of a distance.</summary>
    /// <param name="distance">The distance.</param>
    public SimilarityScore Of(Distance distance) => new(LogSumExp.Sigmoid((float)(Slope > 0 ? Offset - (Slope * distance.Value) : Offset))); // 0 times an infinite distance is no number

    /// <summary>Fits scores, both kinds of pairs counting half, by Newton's method with Platt's targets, which keep it finite where the two kinds do not overlap.</summary>
    internal static LogisticScore Fit(PairScores scores)
    {
        // Of pairs that are counted together all are taken to lie in the middle, which they hardly differ from.
        (double Distance, double Pairs)[] similar = Weighted(scores, count => count.Similar), dissimilar = Weighted(scores, count => count.Dissimilar);
        double high = (scores.SimilarPairs + 1.0) / (scores.SimilarPairs + 2), low = 1 / (scores.DissimilarPairs + 2.0);

        // In units of the spread of distances, so that the first step is of a sensible size.
        double unit = Math.Max(1e-12, scores.Distances[^1].Most - scores.Distances[0].Least), middle = (Mean(similar) + Mean(dissimilar)) / 2;
        double slope = 0, offset = 0, value = Loss(0, 0);
        for (int i = 0; i < Iterations; i++)
        {
            var sums = new Sums();
            sums.Add(similar, 0.5 / scores.SimilarPairs, high, slope, offset, middle, unit);
            sums.Add(dissimilar, 0.5 / scores.DissimilarPairs, low, slope, offset, middle, unit);
            double determinant = (sums.SlopeSlope * sums.OffsetOffset) - (sums.SlopeOffset * sums.SlopeOffset);
            if (!(determinant > 1e-14))
                break;
            double slopeStep = ((sums.OffsetOffset * sums.Slope) - (sums.SlopeOffset * sums.Offset)) / determinant;
            double offsetStep = ((sums.SlopeSlope * sums.Offset) - (sums.SlopeOffset * sums.Slope)) / determinant;
            double share = 1, next = 0;
            for (; share > 1e-4; share /= 2)
            {
                next = Loss(slope - (share * slopeStep), offset - (share * offsetStep));
                if (next <= value)
                    break;
            }

            if (share <= 1e-4)
                break;
            slope -= share * slopeStep;
            offset -= share * offsetStep;
            if (value - next < 1e-10)
                break;
            value = next;
        }

        // Never rising with the distance: an encoder that is no better than chance says ½ of everything.
        return slope <= 0 ? new LogisticScore(0, 0) : new LogisticScore(slope / unit, offset + (slope * middle / unit));

        double Loss(double s, double o) =>
            (LossOf(similar, high, s, o, middle, unit) / scores.SimilarPairs) + (LossOf(dissimilar, low, s, o, middle, unit) / scores.DissimilarPairs);
    }

    private static (double Distance, double Pairs)[] Weighted(PairScores scores, Func<DistanceCount, long> kind) =>
        [.. scores.Distances.Where(count => kind(count) > 0).Select(count => (((double)count.Least + count.Most) / 2, (double)kind(count)))];

    private static double LossOf((double Distance, double Pairs)[] counts, double target, double slope, double offset, double middle, double unit)
    {
        double sum = 0;
        foreach ((double distance, double pairs) in counts)
        {
            double logit = offset - (slope * (distance - middle) / unit);
            sum += pairs * (LogSumExp.Softplus((float)logit) - (target * logit));
        }

        return sum;
    }

    private static double Mean((double Distance, double Pairs)[] counts)
    {
        double sum = 0, all = 0;
        foreach ((double distance, double pairs) in counts)
            (sum, all) = (sum + (pairs * distance), all + pairs);
        return sum / all;
    }

    // First and second derivatives of the loss.
    private record struct Sums(double Slope, double Offset, double SlopeSlope, double SlopeOffset, double OffsetOffset)
    {
        public void Add((double Distance, double Pairs)[] counts, double weight, double target, double slope, double offset, double middle, double unit)
        {
            foreach ((double distance, double pairs) in counts)
            {
                double x = -(distance - middle) / unit, probability = LogSumExp.Sigmoid((float)(offset + (slope * x)));
                double difference = weight * pairs * (probability - target), curvature = weight * pairs * Math.Max(1e-9, probability * (1 - probability));
                Slope += difference * x;
                Offset += difference;
                SlopeSlope += curvature * x * x;
                SlopeOffset += curvature * x;
                OffsetOffset += curvature;
            }
        }
    }
}
