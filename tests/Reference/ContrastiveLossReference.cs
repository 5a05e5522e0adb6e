using SiameseGen.Losses;

namespace SiameseGen.Reference;

/// <summary>D² of similar pairs and max(0, margin − D)² of dissimilar ones, averaged over groups of pairs; the groups' means are added.</summary>
public sealed class ContrastiveLossReference : DistanceLossReference
{
    private readonly double _margin;
    private readonly (int A, int B, bool Similar)[][] _groups;

    private ContrastiveLossReference(double margin, DistanceMetric metric, params (int A, int B, bool Similar)[][] groups)
        : base(metric)
    {
        _margin = margin;
        _groups = groups;
    }

    /// <summary>Over a batch of pairs: item i and item i + n.</summary>
    public static ContrastiveLossReference OfPairs(double margin, DistanceMetric metric, params PairLabel[] labels) =>
        new(margin, metric, [.. labels.Select((label, i) => (i, i + labels.Length, label is PairLabel.Similar))]);

    /// <summary>Over a batch of classes: all pairs of two items, there and back where that differs, similar and dissimilar ones averaged for themselves.</summary>
    public static ContrastiveLossReference OfClasses(double margin, DistanceMetric metric, params int[] classes)
    {
        (int A, int B, bool Similar)[] all =
        [
            .. from a in Enumerable.Range(0, classes.Length)
               from b in Enumerable.Range(0, metric is DistanceMetric.SignalToNoise ? classes.Length : a)
               where a != b
               select (a, b, classes[a] == classes[b]),
        ];
        return new(margin, metric, [.. all.Where(pair => pair.Similar)], [.. all.Where(pair => !pair.Similar)]);
    }

    protected override IEnumerable<Term> Terms(double[][] embeddings) =>
        _groups.SelectMany(group => group.Select(pair => Pair(embeddings, pair, group.Length)));

    private Term Pair(double[][] embeddings, (int A, int B, bool Similar) pair, int count)
    {
        double distance = Distance(embeddings, pair.A, pair.B), missing = Math.Max(0, _margin - distance);
        return pair.Similar
            ? new Term(distance * distance / count, (pair.A, pair.B, 2 * distance / count))
            : new Term(missing * missing / count, (pair.A, pair.B, -2 * missing / count));
    }
}
