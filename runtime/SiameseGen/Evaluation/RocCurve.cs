namespace SiameseGen.Evaluation;

/// <summary>The receiver operating characteristic: both rates of error at every threshold that makes a difference.</summary>
public sealed class RocCurve
{
    private readonly RocPoint[] _points;
    private DetPoint[]? _det;

    private RocCurve(RocPoint[] points, double auc)
    {
        _points = points;
        Auc = auc;
        EqualErrorRate = Equal(points);
    }

    /// <summary>From the threshold that accepts nothing to the one that accepts everything: one at each of <see cref="PairScores.Distances"/>.</summary>
    public IReadOnlyList<RocPoint> Points => _points;

    /// <summary>
    /// The detection error tradeoff: the same points with both rates as standard normal deviates, on which normally distributed distances give straight lines (Martin et al., "The DET Curve in Assessment of Detection Task Performance",
    /// 1997; ISO/IEC 19795-1). Without the first and the last point, at which both rates are 0 or 1. <see cref="CurvePicture"/> draws it.
    /// </summary>
    public IReadOnlyList<DetPoint> Det => _det ??=
    [
        .. _points[1..^1].Select(point => new DetPoint(
            point.Threshold, point.FalseMatchRate, point.FalseNonMatchRate, NormalDeviate.Of(point.FalseMatchRate), NormalDeviate.Of(point.FalseNonMatchRate))),
    ];

    /// <summary>The area under the curve: Mann and Whitney's probability that a similar pair is closer than a dissimilar one, ties counting half.</summary>
    public double Auc { get; }

    /// <summary>
    /// The rate at which as many dissimilar pairs are accepted as similar ones are rejected, in shares of each. Between two neighbouring points the
    /// curve is taken as straight, so that the rate exists also where the two rates jump past each other.
    /// </summary>
    public double EqualErrorRate { get; }

    /// <summary>
    /// The share of similar pairs rejected (FNMR) by the most generous threshold whose share of dissimilar pairs accepted (FMR) is within a limit.
    /// </summary>
    /// <param name="falseMatchRate">The limit on the FMR, 0 to 1, such as 0.001.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is outside 0…1.</exception>
    public double FalseNonMatchRateAt(double falseMatchRate)
    {
        if (!(falseMatchRate is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(falseMatchRate), falseMatchRate, "A rate is between 0 and 1.");
        double rate = 1;
        foreach (RocPoint point in _points)
        {
            if (point.FalseMatchRate <= falseMatchRate)
                rate = point.FalseNonMatchRate;
        }

        return rate;
    }

    /// <summary>The curve of counted distances.</summary>
    /// <param name="counts">The counts, by ascending distance.</param>
    internal static RocCurve Of(DistanceCount[] counts)
    {
        long similar = counts.Sum(count => count.Similar), dissimilar = counts.Sum(count => count.Dissimilar), accepted = 0, falselyAccepted = 0;
        var points = new RocPoint[counts.Length + 1];
        points[0] = new RocPoint(float.NegativeInfinity, 0, 1);
        double wins = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            accepted += counts[i].Similar;
            falselyAccepted += counts[i].Dissimilar;
            wins += counts[i].Similar * ((dissimilar - falselyAccepted) + (counts[i].Dissimilar / 2.0));
            points[i + 1] = new RocPoint(counts[i].Most, (double)falselyAccepted / dissimilar, 1 - ((double)accepted / similar));
        }

        return new RocCurve(points, wins / ((double)similar * dissimilar));
    }

    private static double Equal(RocPoint[] points)
    {
        int after = 1;
        while (points[after].FalseMatchRate < points[after].FalseNonMatchRate)
            after++;
        RocPoint left = points[after - 1], right = points[after];
        double gap = left.FalseNonMatchRate - left.FalseMatchRate, passed = right.FalseMatchRate - right.FalseNonMatchRate;
        double share = gap / (gap + passed);
        return left.FalseMatchRate + (share * (right.FalseMatchRate - left.FalseMatchRate));
    }
}

/// <summary>The rates of error at one threshold.</summary>
/// <param name="Threshold">Pairs at most so far apart are accepted as similar; negative infinity accepts none.</param>
/// <param name="FalseMatchRate">The share of dissimilar pairs that are accepted (FMR).</param>
/// <param name="FalseNonMatchRate">The share of similar pairs that are rejected (FNMR).</param>
public readonly record struct RocPoint(float Threshold, double FalseMatchRate, double FalseNonMatchRate);

/// <summary>A point of a DET curve.</summary>
/// <param name="Threshold">Pairs at most so far apart are accepted as similar.</param>
/// <param name="FalseMatchRate">The share of dissimilar pairs that are accepted (FMR).</param>
/// <param name="FalseNonMatchRate">The share of similar pairs that are rejected (FNMR).</param>
/// <param name="FalseMatchDeviate">Where the FMR lies on the axis: the inverse of the standard normal distribution function, infinite for 0 and 1.</param>
/// <param name="FalseNonMatchDeviate">The same of the FNMR.</param>
public readonly record struct DetPoint(float Threshold, double FalseMatchRate, double FalseNonMatchRate, double FalseMatchDeviate, double FalseNonMatchDeviate);
