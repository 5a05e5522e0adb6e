namespace SiameseGen.Reference;

/// <summary>A loss that is a sum of terms, each a function of a few distances between items.</summary>
public abstract class DistanceLossReference(DistanceMetric metric) : LossReference
{
    public override double Value(double[][] embeddings) => Terms(embeddings).Sum(term => term.Value);

    public override double[] Gradient(double[] embeddings, int length)
    {
        double[][] items = [.. embeddings.Chunk(length)];
        double[] gradient = new double[embeddings.Length];
        foreach ((int from, int to, double slope) in Terms(items).SelectMany(term => term.Slopes))
        {
            AddTo(from, DistanceReference.Gradient(metric, items[from], items[to]), slope);
            AddTo(to, DistanceReference.GradientOfSecond(metric, items[from], items[to]), slope);
        }

        return gradient;

        void AddTo(int item, double[] direction, double slope)
        {
            for (int k = 0; k < length; k++)
                gradient[(item * length) + k] += slope * direction[k];
        }
    }

    /// <summary>The terms, already divided by how many are averaged.</summary>
    protected abstract IEnumerable<Term> Terms(double[][] embeddings);

    protected double Distance(double[][] embeddings, int a, int b) => DistanceReference.Between(metric, embeddings[a], embeddings[b]);

    /// <summary>One term and its derivatives with respect to distances between two items.</summary>
    protected sealed record Term(double Value, params (int From, int To, double Slope)[] Slopes);
}
