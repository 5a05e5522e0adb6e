namespace SiameseGen.Reference;

/// <summary>x above 0, a learned slope · x elsewhere, with a slope for each channel.</summary>
public sealed class PReLUReference(int channels) : IReferenceLayer
{
    private readonly ReferenceParameter _slope = new("slope", channels, 0.25);
    private double[] _input = [];

    public IReadOnlyList<ReferenceParameter> Parameters => [_slope];

    public double[] Forward(double[] input, int items)
    {
        _input = input;
        return [.. input.Select((x, at) => x > 0 ? x : _slope.Values[at % channels] * x)];
    }

    public double[] Backward(double[] outputGradient)
    {
        for (int at = 0; at < _input.Length; at++)
            _slope.Gradients[at % channels] += _input[at] > 0 ? 0 : _input[at] * outputGradient[at];
        return [.. outputGradient.Select((gradient, at) => _input[at] > 0 ? gradient : _slope.Values[at % channels] * gradient)];
    }
}
