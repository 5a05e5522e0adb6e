namespace SiameseGen.Reference;

/// <summary>max(0, D(anchor, positive) − D(anchor, negative) + margin), averaged over triplets.</summary>
public sealed class TripletLossReference : DistanceLossReference
{
    private readonly double _margin;
    private readonly (int Anchor, int Positive, int Negative)[] _triplets;
    private readonly bool _activeOnly;

    private TripletLossReference(double margin, DistanceMetric metric, (int Anchor, int Positive, int Negative)[] triplets, bool activeOnly)
        : base(metric)
    {
        _margin = margin;
        _triplets = triplets;
        _activeOnly = activeOnly;
    }

    /// <summary>Over a batch of triplets: items i, i + n and i + 2n.</summary>
    public static TripletLossReference OfTriplets(double margin, DistanceMetric metric, int triplets) =>
        new(margin, metric, [.. Enumerable.Range(0, triplets).Select(i => (i, i + triplets, i + (2 * triplets)))], activeOnly: false);

    /// <summary>Over a batch of classes: all triplets that there are, averaged over those with a loss above 0.</summary>
    public static TripletLossReference OfClasses(double margin, DistanceMetric metric, params int[] classes)
    {
        int[] items = [.. Enumerable.Range(0, classes.Length)];
        return new(
            margin,
            metric,
            [
                .. from anchor in items
                   from positive in items
                   where positive != anchor && classes[positive] == classes[anchor]
                   from negative in items
                   where classes[negative] != classes[anchor]
                   select (anchor, positive, negative),
            ],
            activeOnly: true);
    }

    protected override IEnumerable<Term> Terms(double[][] embeddings)
    {
        (int Anchor, int Positive, int Negative, double Loss)[] active =
        [
            .. from t in _triplets
               let loss = Distance(embeddings, t.Anchor, t.Positive) - Distance(embeddings, t.Anchor, t.Negative) + _margin
               where loss > 0
               select (t.Anchor, t.Positive, t.Negative, loss),
        ];
        double count = _activeOnly ? active.Length : _triplets.Length;
        return active.Select(t => new Term(t.Loss / count, (t.Anchor, t.Positive, 1 / count), (t.Anchor, t.Negative, -1 / count)));
    }
}
