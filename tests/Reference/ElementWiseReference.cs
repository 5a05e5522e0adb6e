namespace SiameseGen.Reference;

/// <summary>A function of each element.</summary>
public abstract class ElementWiseReference : IReferenceLayer
{
    private double[] _input = [];

    public double[] Forward(double[] input, int items)
    {
        _input = input;
        return Array.ConvertAll(input, Value);
    }

    public double[] Backward(double[] outputGradient) => [.. outputGradient.Zip(_input, (gradient, x) => gradient * Derivative(x))];

    protected abstract double Value(double x);

    protected abstract double Derivative(double x);
}
