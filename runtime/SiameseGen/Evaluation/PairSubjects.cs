namespace SiameseGen.Evaluation;

/// <summary>Whose the pairs are: subjects are numbered from 0, pairs are in the order of their distances.</summary>
/// <param name="Count">How many subjects there are.</param>
/// <param name="OfSimilar">The subject of each similar pair.</param>
/// <param name="OfDissimilar">The two subjects of each dissimilar pair.</param>
internal sealed record PairSubjects(int Count, int[] OfSimilar, (int Left, int Right)[] OfDissimilar);
