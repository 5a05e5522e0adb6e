namespace SiameseGen.Reference;

/// <summary>y = γ · x̂ + β with x̂ = (x − mean) / √(variance + ε), mean and biased variance of each channel over items and pixels.</summary>
public sealed class BatchNormReference(int channels, double epsilon, double momentum) : IReferenceLayer
{
    private double[] _normalized = [];
    private double[] _deviations = [];

    public ReferenceParameter Gain { get; } = new("gain", channels, 1);

    public ReferenceParameter Shift { get; } = new("shift", channels);

    public double[] RunningMean { get; } = new double[channels];

    public double[] RunningVariance { get; } = [.. Enumerable.Repeat(1.0, channels)];

    public IReadOnlyList<ReferenceParameter> Parameters => [Gain, Shift];

    public IReadOnlyList<double[]> State => [RunningMean, RunningVariance];

    public double[] Forward(double[] input, int items)
    {
        _normalized = new double[input.Length];
        _deviations = new double[channels];
        double[] output = new double[input.Length];
        int count = input.Length / channels;
        for (int c = 0; c < channels; c++)
        {
            double[] values = Channel(input, c);
            double mean = values.Average(), squares = values.Sum(x => (x - mean) * (x - mean));
            _deviations[c] = Math.Sqrt((squares / count) + epsilon);
            RunningMean[c] = ((1 - momentum) * RunningMean[c]) + (momentum * mean);
            RunningVariance[c] = ((1 - momentum) * RunningVariance[c]) + (momentum * squares / Math.Max(1, count - 1));
            for (int i = c; i < input.Length; i += channels)
            {
                _normalized[i] = (input[i] - mean) / _deviations[c];
                output[i] = (Gain.Values[c] * _normalized[i]) + Shift.Values[c];
            }
        }

        return output;
    }

    public double[] Backward(double[] outputGradient)
    {
        double[] inputGradient = new double[outputGradient.Length];
        for (int c = 0; c < channels; c++)
        {
            double[] slopes = Channel(outputGradient, c), normalized = Channel(_normalized, c);
            double sum = slopes.Sum(), product = slopes.Zip(normalized, (slope, x) => slope * x).Sum();
            Shift.Gradients[c] += sum;
            Gain.Gradients[c] += product;
            for (int i = c; i < outputGradient.Length; i += channels)
            {
                double through = (sum + (_normalized[i] * product)) / slopes.Length; // by way of mean and variance
                inputGradient[i] = Gain.Values[c] / _deviations[c] * (outputGradient[i] - through);
            }
        }

        return inputGradient;
    }

    public double[] Infer(double[] input, int items)
    {
        double[] output = new double[input.Length];
        for (int i = 0; i < input.Length; i++)
        {
            int c = i % channels;
            output[i] = (Gain.Values[c] * (input[i] - RunningMean[c]) / Math.Sqrt(RunningVariance[c] + epsilon)) + Shift.Values[c];
        }

        return output;
    }

    private double[] Channel(double[] values, int channel) => [.. values.Where((_, i) => i % channels == channel)];
}
