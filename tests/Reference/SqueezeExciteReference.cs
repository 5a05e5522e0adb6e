namespace SiameseGen.Reference;

/// <summary>Each channel times the factor that a network makes of the whole image.</summary>
public sealed class SqueezeExciteReference(int channels, IReferenceLayer gates) : IReferenceLayer
{
    private double[] _input = [];
    private double[] _factors = [];

    public IReadOnlyList<ReferenceParameter> Parameters => gates.Parameters;

    public IReadOnlyList<double[]> State => gates.State;

    public double[] Forward(double[] input, int items)
    {
        (_input, _factors) = (input, gates.Forward(input, items));
        return [.. input.Select((value, at) => value * _factors[Factor(at)])];
    }

    public double[] Backward(double[] outputGradient)
    {
        double[] factorGradient = new double[_factors.Length];
        for (int at = 0; at < _input.Length; at++)
            factorGradient[Factor(at)] += outputGradient[at] * _input[at];
        double[] throughGates = gates.Backward(factorGradient);
        return [.. outputGradient.Select((gradient, at) => (gradient * _factors[Factor(at)]) + throughGates[at])];
    }

    public double[] Infer(double[] input, int items)
    {
        double[] factors = gates.Infer(input, items);
        int length = input.Length / items;
        return [.. input.Select((value, at) => value * factors[(at / length * channels) + (at % channels)])];
    }

    private int Factor(int at) => (at / (_input.Length / (_factors.Length / channels)) * channels) + (at % channels);
}
