namespace SiameseGen.Reference;

/// <summary>scale · x + offset.</summary>
public sealed class AffineReference(double scale, double offset) : ElementWiseReference
{
    protected override double Value(double x) => (scale * x) + offset;

    protected override double Derivative(double x) => scale;
}
