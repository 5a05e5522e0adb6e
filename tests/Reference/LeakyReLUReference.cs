namespace SiameseGen.Reference;

/// <summary>x above 0, slope · x elsewhere.</summary>
public sealed class LeakyReLUReference(double slope) : ElementWiseReference
{
    protected override double Value(double x) => x > 0 ? x : slope * x;

    protected override double Derivative(double x) => x > 0 ? 1 : slope;
}
