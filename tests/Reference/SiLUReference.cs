namespace SiameseGen.Reference;

/// <summary>x / (1 + e⁻ˣ).</summary>
public sealed class SiLUReference : ElementWiseReference
{
    protected override double Value(double x) => x / (1 + Math.Exp(-x));

    protected override double Derivative(double x) => (1 + (x * (1 - (1 / (1 + Math.Exp(-x)))))) / (1 + Math.Exp(-x));
}
