using SiameseGen.Losses;
using SiameseGen.Sampling;

namespace SiameseGen.Tests.Losses;

/// <summary>The losses as their papers write them, in double precision and without any thought of speed.</summary>
internal static class ReferenceLosses
{
    public static double Distance(DistanceMetric metric, double[] x, int a, int b, int length)
    {
        double squares = 0, absolutes = 0, product = 0, left = 0, right = 0;
        for (int k = 0; k < length; k++)
        {
            double p = x[(a * length) + k], q = x[(b * length) + k];
            squares += (p - q) * (p - q);
            absolutes += Math.Abs(p - q);
            product += p * q;
            left += p * p;
            right += q * q;
        }

        return metric switch
        {
            DistanceMetric.Euclidean => Math.Sqrt(squares),
            DistanceMetric.SquaredEuclidean => squares,
            DistanceMetric.Manhattan => absolutes,
            _ => left == 0 || right == 0 ? 1 : 1 - (product / Math.Sqrt(left * right)),
        };
    }

    public static double Contrastive(double margin, DistanceMetric metric, Batch batch, double[] x, int length)
    {
        double Pair(int a, int b, bool similar)
        {
            double d = Distance(metric, x, a, b, length);
            return similar ? d * d : Math.Pow(Math.Max(0, margin - d), 2);
        }

        if (batch.Structure is BatchStructure.Pairs)
        {
            PairLabel[] labels = batch.PairLabels.ToArray();
            return labels.Select((label, i) => Pair(i, i + labels.Length, label is PairLabel.Similar)).Average();
        }

        int[] classes = batch.Classes.ToArray();
        var pairs = (from a in Enumerable.Range(0, classes.Length)
                     from b in Enumerable.Range(0, a)
                     let same = classes[a] == classes[b]
                     select (Same: same, Loss: Pair(a, b, same))).ToArray();
        return Mean(pairs.Where(pair => pair.Same).Select(pair => pair.Loss)) + Mean(pairs.Where(pair => !pair.Same).Select(pair => pair.Loss));
    }

    public static double Triplet(double margin, DistanceMetric metric, Batch batch, double[] x, int length)
    {
        double One(int a, int p, int n) =>
            Math.Max(0, Distance(metric, x, a, p, length) - Distance(metric, x, a, n, length) + margin);

        if (batch.Structure is BatchStructure.Triplets)
        {
            int count = batch.Count / 3;
            return Enumerable.Range(0, count).Average(i => One(i, i + count, i + (2 * count)));
        }

        int[] classes = batch.Classes.ToArray();
        int[] all = [.. Enumerable.Range(0, classes.Length)];
        return Mean(from a in all
                    from p in all
                    where p != a && classes[p] == classes[a]
                    from n in all
                    where classes[n] != classes[a]
                    let loss = One(a, p, n)
                    where loss > 0
                    select loss);
    }

    private static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(0).Average();
}
