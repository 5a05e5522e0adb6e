namespace SiameseGen.Reference;

/// <summary>x · Φ(x), or with Φ by a hyperbolic tangent.</summary>
public sealed class GELUReference(bool byTanh) : ElementWiseReference
{
    private static readonly double Scale = Math.Sqrt(2 / Math.PI);

    /// <summary>The distribution function of the standard normal, by Taylor's series of the error function near 0 and a continued fraction elsewhere.</summary>
    public static double Cumulative(double x)
    {
        double z = Math.Abs(x) / Math.Sqrt(2), tail;
        if (z < 2)
        {
            double sum = 0, term = z;
            for (int n = 0; Math.Abs(term) > 1e-20; n++)
            {
                sum += term / ((2 * n) + 1);
                term *= -z * z / (n + 1);
            }

            tail = 0.5 - (sum / Math.Sqrt(Math.PI));
        }
        else
        {
            double fraction = 0;
            for (int n = 120; n > 0; n--)
                fraction = n / 2.0 / (z + fraction);
            tail = Math.Exp(-z * z) / (2 * Math.Sqrt(Math.PI) * (z + fraction));
        }

        return x < 0 ? tail : 1 - tail;
    }

    protected override double Value(double x) => byTanh ? 0.5 * x * (1 + Math.Tanh(Inner(x))) : x * Cumulative(x);

    protected override double Derivative(double x)
    {
        if (!byTanh)
            return Cumulative(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
        double tanh = Math.Tanh(Inner(x));
        return (0.5 * (1 + tanh)) + (0.5 * x * (1 - (tanh * tanh)) * Scale * (1 + (3 * 0.044715 * x * x)));
    }

    private static double Inner(double x) => Scale * (x + (0.044715 * x * x * x));
}
