namespace SiameseGen.Reference;

/// <summary>x · min(max(x + 3, 0), 6) / 6.</summary>
public sealed class HardSwishReference : ElementWiseReference
{
    protected override double Value(double x) => x * Math.Min(Math.Max(x + 3, 0), 6) / 6;

    protected override double Derivative(double x) => x <= -3 ? 0 : x >= 3 ? 1 : ((2 * x) + 3) / 6;
}
