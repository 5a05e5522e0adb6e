using SiameseGen.Evaluation;

namespace SiameseGen.Tests.Evaluation;

/// <summary>Distances one by one, as often as there are pairs, ascending: of scores that have few enough for each to be there.</summary>
internal static class PairScoresExtensions
{
    public static float[] Similar(this PairScores scores) => [.. scores.Distances.SelectMany(count => Enumerable.Repeat(count.Most, (int)count.Similar))];

    public static float[] Dissimilar(this PairScores scores) => [.. scores.Distances.SelectMany(count => Enumerable.Repeat(count.Most, (int)count.Dissimilar))];
}
