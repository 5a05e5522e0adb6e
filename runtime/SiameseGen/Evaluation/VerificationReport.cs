using System.Globalization;
using System.Text;

namespace SiameseGen.Evaluation;

/// <summary>What verification figures are worth: each with its 95 % interval, and none that the pairs cannot show. Print it: it is a table.</summary>
/// <remarks>
/// Intervals are percentiles over drawings of whole classes with repetition (ISO/IEC 19795-1 asks for intervals that take subjects, not pairs, for independent). Pairs given without their classes are taken for independent, and
/// the protocol says so; the intervals are then too narrow where pairs share people. Resamples are counted in some 8,000 steps of distance, finer where rates are small. Of a figure of 0 or 1 an interval is 3/n wide at least (the rule of three), n being the classes with similar pairs, or the pairs where classes are not known. Equally far pairs are accepted or rejected together.
/// </remarks>
public sealed record VerificationReport
{
    private static readonly double[] UsualLimits = [1e-4, 1e-3, 1e-2, 1e-1];

    /// <summary>The area under the ROC curve, 0 to 1; 0.5 by chance.</summary>
    public required Estimate Auc { get; init; }

    /// <summary>The equal error rate, 0 to 1.</summary>
    public required Estimate EqualErrorRate { get; init; }

    /// <summary>The share of similar pairs rejected at each limit on the share of dissimilar pairs accepted, from the largest limit to the smallest.</summary>
    public required IReadOnlyList<ErrorAtLimit> FalseNonMatchRates { get; init; }

    /// <summary>Similar pairs.</summary>
    public required long SimilarPairs { get; init; }

    /// <summary>Dissimilar pairs.</summary>
    public required long DissimilarPairs { get; init; }

    /// <summary>What was measured, in words.</summary>
    public required string Protocol { get; init; }

    /// <summary>Measures.</summary>
    /// <param name="scores">Distances of pairs of classes that training has not seen.</param>
    /// <param name="falseMatchRates">Limits on the FMR, each above 0 and below 1; none for 10⁻¹, 10⁻², 10⁻³ and 10⁻⁴.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is outside its range.</exception>
    public static VerificationReport Of(PairScores scores, params ReadOnlySpan<double> falseMatchRates)
    {
        ArgumentNullException.ThrowIfNull(scores);
        double[] limits = falseMatchRates.IsEmpty ? UsualLimits : [.. falseMatchRates.ToArray().Distinct().Order()];
        foreach (double limit in limits)
        {
            if (limit is not (> 0 and < 1))
                throw new ArgumentOutOfRangeException(nameof(falseMatchRates), limit, "A limit on the false match rate is above 0 and below 1.");
        }

        long similar = scores.SimilarPairs, dissimilar = scores.DissimilarPairs;
        var bootstrap = new PairBootstrap(scores.Pairs, [.. scores.Distances]);
        double[][] resamples = bootstrap.Figures(limits);

        // Pairs of one class go right or wrong together.
        long independent = scores.Pairs.KnowsSubjects ? scores.SimilarOfSubjects(0).All.Count(pairs => pairs > 0) : similar, leastIndependent = Math.Min(independent, dissimilar);
        ErrorAtLimit[] rates = new ErrorAtLimit[limits.Length];
        for (int i = 0; i < limits.Length; i++)
        {
            // With no error at all in n trials, 3 / n is what can be claimed with 95 % confidence.
            Estimate? rate = dissimilar * limits[i] >= 3 ? Interval(scores.Roc.FalseNonMatchRateAt(limits[i]), resamples, 2 + i, independent) : null;
            rates[^(i + 1)] = new ErrorAtLimit(limits[i], rate, (long)Math.Ceiling(3 / limits[i]));
        }

        return new VerificationReport
        {
            Auc = Interval(scores.Auc, resamples, 0, leastIndependent),
            EqualErrorRate = Interval(scores.EqualErrorRate, resamples, 1, leastIndependent),
            FalseNonMatchRates = rates,
            SimilarPairs = similar,
            DissimilarPairs = dissimilar,
            Protocol = $"verification, {scores.Protocol}; ties shared; 95 % intervals by {bootstrap.Words}",
        };
    }

    /// <summary>The figures as a table of plain text, a line each, below the protocol.</summary>
    public override string ToString()
    {
        var table = new StringBuilder();
        CultureInfo culture = CultureInfo.InvariantCulture;
        table.Append(Protocol).Append('\n');
        table.Append(culture, $"{"AUC",-20}{Auc}\n{"EER",-20}{EqualErrorRate}\n");
        foreach (ErrorAtLimit rate in FalseNonMatchRates)
        {
            table.Append(culture, $"{string.Create(culture, $"FNMR at FMR {100 * rate.FalseMatchRate:G4} %"),-20}");
            if (rate.FalseNonMatchRate is { } value)
                table.Append(value);
            else
                table.Append(culture, $"not shown: it takes {rate.PairsNeeded:#,0} dissimilar pairs (rule of three), and there are {DissimilarPairs:#,0}");
            table.Append('\n');
        }

        return table.ToString();
    }

    private static Estimate Interval(double value, double[][] resamples, int figure, long trials)
    {
        double[] sorted = [.. resamples.Select(figures => figures[figure]).Order()];

        // One or two classes say nothing of others: drawings of them are all alike, or hardly any are of use.
        return trials < 3 || sorted.Length < 100
            ? new Estimate(value, 0, 1)
            : RuleOfThree.Widen(new Estimate(value, Math.Min(value, sorted[(int)(0.025 * sorted.Length)]), Math.Max(value, sorted[(int)(0.975 * sorted.Length) - 1])), trials);
    }
}

/// <summary>The share of similar pairs rejected when the share of dissimilar pairs accepted may be no more than a limit.</summary>
/// <param name="FalseMatchRate">The limit on the FMR.</param>
/// <param name="FalseNonMatchRate">The FNMR; null where there are too few dissimilar pairs to claim the limit at all.</param>
/// <param name="PairsNeeded">Dissimilar pairs that it takes to claim the limit: 3 / limit (the rule of three).</param>
public readonly record struct ErrorAtLimit(double FalseMatchRate, Estimate? FalseNonMatchRate, long PairsNeeded)
{
    /// <summary>Whether there are enough dissimilar pairs to claim the limit.</summary>
    public bool IsSupported => FalseNonMatchRate is not null;
}
