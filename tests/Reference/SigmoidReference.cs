namespace SiameseGen.Reference;

/// <summary>1 / (1 + e⁻ˣ).</summary>
public sealed class SigmoidReference : ElementWiseReference
{
    protected override double Value(double x) => 1 / (1 + Math.Exp(-x));

    protected override double Derivative(double x) => Value(x) * (1 - Value(x));
}
