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
        ReadOnlySpan<float> similar = scores.Similar, dissimilar = scores.Dissimilar;
        double high = (similar.Length + 1.0) / (similar.Length + 2), low = 1 / (dissimilar.Length + 2.0);

        // In units of the spread of distances, so that the first step is of a sensible size.
        double unit = Math.Max(1e-12, Math.Max(similar[^1], dissimilar[^1]) - Math.Min(similar[0], dissimilar[0])), middle = (Mean(similar) + Mean(dissimilar)) / 2;
        double slope = 0, offset = 0, value = Loss(0, 0, similar, dissimilar);
        for (int i = 0; i < Iterations; i++)
        {
            var sums = new Sums();
            sums.Add(similar, 0.5 / similar.Length, high, slope, offset, middle, unit);
            sums.Add(dissimilar, 0.5 / dissimilar.Length, low, slope, offset, middle, unit);
            double determinant = (sums.SlopeSlope * sums.OffsetOffset) - (sums.SlopeOffset * sums.SlopeOffset);
            if (!(determinant > 1e-14))
                break;
            double slopeStep = ((sums.OffsetOffset * sums.Slope) - (sums.SlopeOffset * sums.Offset)) / determinant;
            double offsetStep = ((sums.SlopeSlope * sums.Offset) - (sums.SlopeOffset * sums.Slope)) / determinant;
            double share = 1, next = 0;
            for (; share > 1e-4; share /= 2)
            {
                next = Loss(slope - (share * slopeStep), offset - (share * offsetStep), similar, dissimilar);
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

        double Loss(double s, double o, ReadOnlySpan<float> near, ReadOnlySpan<float> far) =>
            (LossOf(near, high, s, o, middle, unit) / near.Length) + (LossOf(far, low, s, o, middle, unit) / far.Length);
    }

    private static double LossOf(ReadOnlySpan<float> distances, double target, double slope, double offset, double middle, double unit)
    {
        double sum = 0;
        foreach (float distance in distances)
        {
            double logit = offset - (slope * (distance - middle) / unit);
            sum += LogSumExp.Softplus((float)logit) - (target * logit);
        }

        return sum;
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return sum / values.Length;
    }

    // First and second derivatives of the loss.
    private record struct Sums(double Slope, double Offset, double SlopeSlope, double SlopeOffset, double OffsetOffset)
    {
        public void Add(ReadOnlySpan<float> distances, double weight, double target, double slope, double offset, double middle, double unit)
        {
            foreach (float distance in distances)
            {
                double x = -(distance - middle) / unit, probability = LogSumExp.Sigmoid((float)(offset + (slope * x)));
                double difference = weight * (probability - target), curvature = weight * Math.Max(1e-9, probability * (1 - probability));
                Slope += difference * x;
                Offset += difference;
                SlopeSlope += curvature * x * x;
                SlopeOffset += curvature * x;
                OffsetOffset += curvature;
            }
        }
    }
}
