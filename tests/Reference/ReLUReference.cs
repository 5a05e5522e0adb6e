namespace SiameseGen.Reference;

/// <summary>max(0, x), with gradient 0 at 0.</summary>
public sealed class ReLUReference : ElementWiseReference
{
    protected override double Value(double x) => Math.Max(0, x);

    protected override double Derivative(double x) => x > 0 ? 1 : 0;
}
