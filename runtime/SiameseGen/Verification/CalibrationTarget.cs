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

    /// <summary>The most generous threshold that accepts at most so many strangers (FMR).</summary>
    /// <param name="rate">The rate, above 0 and below 1, such as 0.001 for one in a thousand.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is outside its range.</exception>
    public static CalibrationTarget FalseMatchRate(double rate) => rate is > 0 and < 1
        ? new Limited(rate)
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "A false match rate is above 0 and below 1.");

    /// <summary>What it says, in words.</summary>
    internal abstract string Words { get; }

    /// <summary>Pairs of strangers to know the outcome within 30 % (the rule of thirty); 0 where any number will do.</summary>
    internal virtual double TrialsWanted => 0;

    /// <summary>The largest distance that is accepted.</summary>
    internal abstract float Choose(PairScores scores);

    private sealed record Equal : CalibrationTarget
    {
        internal override string Words => "equal error rate";

        internal override float Choose(PairScores scores)
        {
            // Where the two rates are closest; of thresholds that differ alike, the stricter one.
            RocPoint best = scores.Roc.Points.Where(point => float.IsFinite(point.Threshold)).MinBy(point => Math.Abs(point.FalseMatchRate - point.FalseNonMatchRate));
            return best.Threshold;
        }
    }

    private sealed record Best : CalibrationTarget
    {
        internal override string Words => "balanced accuracy";

        internal override float Choose(PairScores scores) => scores.ChooseThreshold().Value.Value;
    }

    private sealed record Limited(double Rate) : CalibrationTarget
    {
        internal override string Words => FormattableString.Invariant($"false match rate {Rate:G3}");

        internal override double TrialsWanted => Math.Ceiling(30 / Rate);

        internal override float Choose(PairScores scores)
        {
            int trials = scores.Dissimilar.Length;

            // With no error at all in n trials, 3 / n is what can be claimed with 95 % confidence (the rule of three, ISO/IEC 19795-1).
            if (trials * Rate < 3)
            {
                throw new CalibrationException(FormattableString.Invariant(
                    $"A false match rate of {Rate:G3} cannot be shown by {trials} pairs of strangers: that takes at least {Math.Ceiling(3 / Rate):N0} (the rule of three), and {Math.Ceiling(30 / Rate):N0} to know it within 30 % (the rule of thirty). Calibrate on more data, or ask for {3.0 / trials:G2} or more."));
            }

            int allowed = (int)Math.Floor(trials * Rate);
            float nearest = scores.Dissimilar[allowed];
            if (nearest <= 0f)
                throw new CalibrationException(FormattableString.Invariant($"More than {Rate:G3} of the pairs of strangers have the same embedding, so that no threshold accepts fewer. The encoder does not tell them apart: train it on, or look whether it has collapsed."));
            return MathF.BitDecrement(nearest);
        }
    }
}
