namespace SiameseGen.Reference;

/// <summary>The hyperbolic tangent.</summary>
public sealed class TanhReference : ElementWiseReference
{
    protected override double Value(double x) => Math.Tanh(x);

    protected override double Derivative(double x) => 1 - (Math.Tanh(x) * Math.Tanh(x));
}
