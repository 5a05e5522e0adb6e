namespace SiameseGen.Reference;

/// <summary>x / max(‖x‖, 10⁻¹²) of each item.</summary>
public sealed class L2NormalizeReference : IReferenceLayer
{
    private const double Smallest = 1e-12;
    private double[] _input = [];
    private int _items;

    public double[] Forward(double[] input, int items)
    {
        (_input, _items) = (input, items);
        return [.. Items(input).SelectMany(x => x.Select(value => value / Math.Max(Norm(x), Smallest)))];
    }

    public double[] Backward(double[] outputGradient) =>
        [.. Items(_input).Zip(Items(outputGradient), Differentiate).SelectMany(gradient => gradient)];

    private static IEnumerable<double> Differentiate(double[] x, double[] outputGradient)
    {
        double norm = Norm(x);
        if (norm <= Smallest)
            return outputGradient.Select(gradient => gradient / Smallest);

        // ∂(xᵢ / ‖x‖) / ∂xⱼ = (i = j) / ‖x‖ − xᵢ · xⱼ / ‖x‖³
        double along = x.Zip(outputGradient, (value, gradient) => value * gradient).Sum();
        return x.Zip(outputGradient, (value, gradient) => (gradient / norm) - (value * along / (norm * norm * norm)));
    }

    private static double Norm(double[] x) => Math.Sqrt(x.Sum(value => value * value));

    private IEnumerable<double[]> Items(double[] values) => values.Chunk(values.Length / _items);
}
