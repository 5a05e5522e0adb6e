namespace SiameseGen.Reference;

/// <summary>x above 0, alpha · (eˣ − 1) elsewhere.</summary>
public sealed class ELUReference(double alpha) : ElementWiseReference
{
    protected override double Value(double x) => x > 0 ? x : alpha * 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);

    protected override double Derivative(double x) => x > 0 ? 1 : alpha * Math.Exp(x);
}
