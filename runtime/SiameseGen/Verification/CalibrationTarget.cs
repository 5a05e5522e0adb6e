using SiameseGen.Evaluation;

namespace SiameseGen.Verification;

/// <summary>What a threshold is to be chosen for.</summary>
public abstract record CalibrationTarget
{
    private CalibrationTarget()
    {
    }

    /// <summary>The threshold at which as many strangers are accepted as owners are rejected.</summary>
    public static CalibrationTarget EqualErrorRate { get; } = new Equal();

    /// <summary>The threshold with the best balanced accuracy, each kind of pair counting half.</summary>
    public static CalibrationTarget Accuracy { get; } = new Best();

    /// <summary>The most generous threshold that is shown to accept at most so many strangers (FMR): the upper end of the 95 % interval of its rate is within the one asked for, not only what was seen.</summary>
    /// <remarks>
    /// From n pairs of strangers of whom none is accepted, 3/n can be claimed and no less (the rule of three, ISO/IEC 19795-1): fewer than 3/rate pairs are refused, and just as many allow no false match. With more of them some are allowed: of 30/rate pairs,
    /// among which a rate as large as the one asked for would show some thirty (the rule of thirty), 19. Where it is known whose the pairs are, all pairs of two identities count as one here, however many examples they have: 1e-3 takes 78 identities,
    /// 1e-4 takes 246. What the interval is made of is said at <see cref="Calibration.FalseMatchRate"/>.
    /// </remarks>
    /// <param name="rate">The rate, above 0 and below 1, such as 0.001 for one in a thousand.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is outside its range.</exception>
    public static CalibrationTarget FalseMatchRate(double rate) => rate is > 0 and < 1
        ? new Limited(rate)
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "A false match rate is above 0 and below 1.");

    /// <summary>What it says, in words.</summary>
    internal abstract string Words { get; }

    /// <summary>Pairs of strangers of which thirty are accepted at the rate asked for, which tells it within 30 % (the rule of thirty); 0 where any number will do.</summary>
    internal virtual double TrialsWanted => 0;

    /// <summary>The largest distance that is accepted.</summary>
    /// <param name="scores">The pairs.</param>
    /// <param name="rates">How often thresholds err on them.</param>
    internal abstract float Choose(PairScores scores, ErrorRates rates);

    private sealed record Equal : CalibrationTarget
    {
        internal override string Words => "equal error rate";

        internal override float Choose(PairScores scores, ErrorRates rates)
        {
            // Where the two rates are closest; of thresholds that differ alike, the stricter one.
            RocPoint best = scores.Roc.Points.Where(point => float.IsFinite(point.Threshold)).MinBy(point => Math.Abs(point.FalseMatchRate - point.FalseNonMatchRate));
            return best.Threshold;
        }
    }

    private sealed record Best : CalibrationTarget
    {
        internal override string Words => "balanced accuracy";

        internal override float Choose(PairScores scores, ErrorRates rates) => scores.ChooseThreshold().Value.Value;
    }

    private sealed record Limited(double Rate) : CalibrationTarget
    {
        internal override string Words => FormattableString.Invariant($"false match rate {Rate:G3}");

        internal override double TrialsWanted => Math.Ceiling(30 / Rate);

        internal override float Choose(PairScores scores, ErrorRates rates)
        {
            long trials = scores.DissimilarPairs;
            float threshold = rates.MostGenerous(Rate) ?? throw new CalibrationException(TooFew(rates, trials));

            // Nothing but the closest strangers is as close as they are, and they are too many. Distances may be of either sign.
            DistanceCount closest = scores.Distances.First(count => count.Dissimilar > 0);
            if (threshold < closest.Least && scores.Distances[0].Least >= closest.Least)
            {
                throw new CalibrationException(FormattableString.Invariant(
                    $"No threshold has a false match rate of {Rate:G3} and accepts anybody: the closest {closest.Dissimilar:N0} of {trials:N0} pairs of strangers have the distance {closest.Least:G4}, no pair of one identity is closer, and to accept them is not shown to be within the rate. The encoder does not tell them apart: look whether it has collapsed and whether labels belong to their examples, train it on, or calibrate on more pairs."));
            }

            return threshold;
        }

        private string TooFew(ErrorRates rates, long trials)
        {
            long independent = rates.IndependentStrangers;
            double needed = Math.Ceiling(3 / Rate);
            string ask = independent > 3 ? FormattableString.Invariant($", or ask for {RoundedUp(3.0 / independent):G2} or more") : "";
            return rates.KnowsSubjects
                ? FormattableString.Invariant(
                    $"A false match rate of {Rate:G3} cannot be shown by {independent:N0} pairs of identities, though they have {trials:N0} pairs of examples: two that look alike do so in all of them. With no false match at all it takes {needed:N0} pairs of identities (the rule of three), which {Math.Ceiling((1 + Math.Sqrt(1 + (8 * needed))) / 2):N0} identities have, and ten times as many pairs to know it within 30 % (the rule of thirty). Calibrate on more identities{ask}.")
                : FormattableString.Invariant(
                    $"A false match rate of {Rate:G3} cannot be shown by {trials:N0} pairs of strangers: with no false match at all that takes {needed:N0} (the rule of three), and {Math.Ceiling(30 / Rate):N0} to know it within 30 % (the rule of thirty). Calibrate on more data{ask}.");
        }

        // To two digits, so that what is printed can be asked for.
        private static double RoundedUp(double rate)
        {
            double digit = 1;
            while (rate < 10 * digit)
                digit /= 10;
            return Math.Ceiling(rate / digit) * digit;
        }
    }
}
