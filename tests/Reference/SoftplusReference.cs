namespace SiameseGen.Reference;

/// <summary>ln(1 + eˣ).</summary>
public sealed class SoftplusReference : ElementWiseReference
{
    protected override double Value(double x) => Math.Max(x, 0) + (2 * Math.Atanh(Math.Exp(-Math.Abs(x)) / (2 + Math.Exp(-Math.Abs(x)))));

    protected override double Derivative(double x) => 1 / (1 + Math.Exp(-x));
}
