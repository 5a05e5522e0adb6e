namespace SiameseGen.Reference;

/// <summary>Distances by their definitions, and their gradients with respect to the first of the two.</summary>
public static class DistanceReference
{
    public static double Between(DistanceMetric metric, double[] a, double[] b) => metric switch
    {
        DistanceMetric.Euclidean => Norm(Differences(a, b)),
        DistanceMetric.SquaredEuclidean => Product(Differences(a, b), Differences(a, b)),
        DistanceMetric.Manhattan => Differences(a, b).Sum(Math.Abs),
        DistanceMetric.Cosine => HasAngle(a, b) ? 1 - (Product(a, b) / (Norm(a) * Norm(b))) : 1,
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };

    /// <summary>The gradient; where there is a kink, 0.</summary>
    public static double[] Gradient(DistanceMetric metric, double[] a, double[] b)
    {
        double[] differences = Differences(a, b);
        double distance = Between(metric, a, b);
        return metric switch
        {
            DistanceMetric.Euclidean => Array.ConvertAll(differences, d => distance == 0 ? 0 : d / distance),
            DistanceMetric.SquaredEuclidean => Array.ConvertAll(differences, d => 2 * d),
            DistanceMetric.Manhattan => Array.ConvertAll(differences, d => (double)Math.Sign(d)),
            DistanceMetric.Cosine => [.. a.Zip(b, (p, q) => HasAngle(a, b) ? ((1 - distance) * p / Product(a, a)) - (q / (Norm(a) * Norm(b))) : 0)],
            _ => throw new ArgumentOutOfRangeException(nameof(metric)),
        };
    }

    private static bool HasAngle(double[] a, double[] b) => Norm(a) > 0 && Norm(b) > 0;

    private static double[] Differences(double[] a, double[] b) => [.. a.Zip(b, (p, q) => p - q)];

    private static double Product(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();

    private static double Norm(double[] a) => Math.Sqrt(Product(a, a));
}
