namespace SiameseGen.Reference;

/// <summary>Each group of channels, over all pixels of a row, to mean 0 and variance 1, then scaled and shifted.</summary>
public sealed class GroupNormReference(int pixels, int channels, int groups, double epsilon) : IReferenceLayer
{
    private readonly ReferenceParameter _gain = new("gain", channels, 1), _shift = new("shift", channels);
    private double[] _normal = [];
    private double[] _scale = [];

    public IReadOnlyList<ReferenceParameter> Parameters => [_gain, _shift];

    public double[] Forward(double[] input, int items)
    {
        (_normal, _scale) = (new double[input.Length], new double[input.Length]);
        foreach (int[] group in Groups(input.Length))
        {
            double mean = group.Average(at => input[at]), variance = group.Average(at => Math.Pow(input[at] - mean, 2));
            foreach (int at in group)
            {
                _scale[at] = 1 / Math.Sqrt(variance + epsilon);
                _normal[at] = (input[at] - mean) * _scale[at];
            }
        }

        return [.. _normal.Select((x, at) => (x * _gain.Values[at % channels]) + _shift.Values[at % channels])];
    }

    public double[] Backward(double[] outputGradient)
    {
        double[] inputGradient = new double[outputGradient.Length];
        foreach (int[] group in Groups(outputGradient.Length))
        {
            double Scaled(int at) => outputGradient[at] * _gain.Values[at % channels];
            double mean = group.Average(Scaled), product = group.Average(at => Scaled(at) * _normal[at]);
            foreach (int at in group)
                inputGradient[at] = _scale[at] * (Scaled(at) - mean - (_normal[at] * product));
        }

        for (int at = 0; at < outputGradient.Length; at++)
        {
            _gain.Gradients[at % channels] += outputGradient[at] * _normal[at];
            _shift.Gradients[at % channels] += outputGradient[at];
        }

        return inputGradient;
    }

    private IEnumerable<int[]> Groups(int length) => Enumerable.Range(0, length)
        .GroupBy(at => (at / (pixels * channels), at % channels / (channels / groups))).Select(group => group.ToArray());
}
