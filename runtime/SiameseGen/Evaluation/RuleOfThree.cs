namespace SiameseGen.Evaluation;

/// <summary>
/// What can be said where nothing went wrong, or everything: no error in n independent trials shows with 95 % confidence that the rate is at most 3/n (the rule of three, ISO/IEC 19795-1). A resampling of such trials
/// has no spread at all, and its interval would claim that none of any others can go wrong.
/// </summary>
internal static class RuleOfThree
{
    /// <summary>The upper end of the interval of a rate that was seen as 0.</summary>
    /// <param name="trials">Independent trials.</param>
    public static double High(long trials) => Math.Min(1, 3.0 / trials);

    /// <summary>Makes an interval of a figure of 0 or 1 as wide as so many trials leave it; others stay as they are.</summary>
    /// <param name="estimate">The figure.</param>
    /// <param name="trials">Independent trials: subjects or episodes rather than what was asked of each.</param>
    public static Estimate Widen(Estimate estimate, long trials)
    {
        // A mean of ones may be off by its last digit.
        const double nothing = 1e-12;
        return estimate.Value <= nothing ? estimate with { High = Math.Max(estimate.High, High(trials)) }
            : estimate.Value >= 1 - nothing ? estimate with { Low = Math.Min(estimate.Low, 1 - High(trials)) }
            : estimate;
    }
}
