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
        DistanceMetric.SignalToNoise => Signal(a) > 0 ? Signal(Differences(a, b)) / Signal(a) : 1,
        DistanceMetric.DotProduct => -Product(a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };

    /// <summary>The gradient with respect to the second.</summary>
    public static double[] GradientOfSecond(DistanceMetric metric, double[] a, double[] b) => metric is DistanceMetric.SignalToNoise
        ? Signal(a) > 0 ? Array.ConvertAll(Centred(Differences(a, b)), d => -2 * d / Signal(a)) : new double[a.Length]
        : Gradient(metric, b, a);

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
            DistanceMetric.SignalToNoise when Signal(a) == 0 => new double[a.Length],
            DistanceMetric.SignalToNoise => [.. Centred(differences).Zip(Centred(a), (d, p) => 2 * (d - (distance * p)) / Signal(a))],
            DistanceMetric.DotProduct => Array.ConvertAll(b, q => -q),
            _ => throw new ArgumentOutOfRangeException(nameof(metric)),
        };
    }

    private static double Signal(double[] a) => Product(Centred(a), Centred(a));

    private static double[] Centred(double[] a) => Array.ConvertAll(a, value => value - a.Average());

    private static bool HasAngle(double[] a, double[] b) => Norm(a) > 0 && Norm(b) > 0;

    private static double[] Differences(double[] a, double[] b) => [.. a.Zip(b, (p, q) => p - q)];

    private static double Product(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();

    private static double Norm(double[] a) => Math.Sqrt(Product(a, a));
}
