using SiameseGen.Sampling;

namespace SiameseGen.Evaluation;

/// <summary>All pairs of one class and of two, numbered without listing them, so that any part of them can be drawn without drawing one twice.</summary>
internal sealed class PairDraw
{
    // Similar pairs are those of a class, whichever groups its examples are in.
    private readonly PairSpace _similar, _dissimilar;

    /// <summary>Sorts examples by class and group.</summary>
    /// <param name="classes">The class of each example.</param>
    /// <param name="groups">The group to which dissimilar pairs keep; empty for none.</param>
    /// <param name="parameter">The name of the argument to blame.</param>
    /// <exception cref="ArgumentException">There is no similar or no dissimilar pair.</exception>
    public PairDraw(ReadOnlySpan<int> classes, ReadOnlySpan<int> groups, string parameter)
    {
        _similar = PairSpace.OfPairs(classes, default);
        _dissimilar = groups.IsEmpty ? _similar : PairSpace.OfPairs(classes, groups);
        if (Similar == 0)
            throw new ArgumentException($"None of the {classes.ToArray().Distinct().Count()} classes has two examples, so there are no similar pairs. Add examples.", parameter);
        if (Dissimilar == 0)
        {
            throw new ArgumentException(
                groups.IsEmpty
                    ? "All examples are of one class, so there are no dissimilar pairs. Add classes."
                    : "No group has two classes, so there are no dissimilar pairs within groups. Draw them across groups.",
                parameter);
        }
    }

    /// <summary>Pairs of one class.</summary>
    public long Similar => _similar.Similar;

    /// <summary>Pairs of two classes.</summary>
    public long Dissimilar => _dissimilar.Dissimilar;

    /// <summary>The pair of one class with a number.</summary>
    public (int Left, int Right) SimilarPair(long number) => InOrder(_similar.SimilarPair(number));

    /// <summary>The pair of two classes with a number.</summary>
    public (int Left, int Right) DissimilarPair(long number) => InOrder(_dissimilar.DissimilarPair(number));

    // As all pairs are taken: not every distance is the same both ways.
    private static (int Left, int Right) InOrder((int First, int Second) pair) => pair.First < pair.Second ? pair : (pair.Second, pair.First);
}
