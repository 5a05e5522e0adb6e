namespace SiameseGen.Verification;

/// <summary>How likely two inputs are of one identity, given their distance: never more likely for a larger one.</summary>
public interface IDistanceScore
{
    /// <summary>The score of a distance.</summary>
    /// <param name="distance">The distance.</param>
    SimilarityScore Of(Distance distance);
}

/// <summary>Forms that the probability of one identity may have, as a function of the distance.</summary>
public enum ScoreForm
{
    /// <summary>A logistic function, of two numbers (<see cref="LogisticScore"/>): right where distances of both kinds are about normally distributed, and steady with few pairs.</summary>
    Logistic,

    /// <summary>Any function that never rises (<see cref="IsotonicScore"/>): right whatever the distances look like, given about a thousand pairs of each kind or more.</summary>
    Isotonic,
}
