namespace SiameseGen.Evaluation;

/// <summary>How many pairs of each kind are so far apart.</summary>
/// <param name="Least">The smallest of their distances.</param>
/// <param name="Most">The largest; more than <paramref name="Least"/> only for pairs of one kind that no pair of the other kind lies among.</param>
/// <param name="Similar">Pairs of one class.</param>
/// <param name="Dissimilar">Pairs of two classes.</param>
public readonly record struct DistanceCount(float Least, float Most, long Similar, long Dissimilar);
