namespace SiameseGen.Reference;

/// <summary>(mean of max(x, 10⁻⁶)ᵖ)^(1/p) of each channel.</summary>
public sealed class GeMPoolReference(int pixels, int channels, double power) : IReferenceLayer
{
    private const double Smallest = 1e-6f;
    private readonly ReferenceParameter _power = new("power", 1, power);
    private double[] _input = [];

    public IReadOnlyList<ReferenceParameter> Parameters => [_power];

    public double[] Forward(double[] input, int items)
    {
        _input = input;
        return [.. Enumerable.Range(0, items * channels).Select(at => Math.Pow(Mean(at), 1 / _power.Values[0]))];
    }

    public double[] Backward(double[] outputGradient)
    {
        double p = _power.Values[0];
        double[] inputGradient = new double[_input.Length];
        for (int at = 0; at < outputGradient.Length; at++)
        {
            double mean = Mean(at), y = Math.Pow(mean, 1 / p);
            foreach (int pixel in Pixels(at).Where(pixel => _input[pixel] > Smallest))
                inputGradient[pixel] = outputGradient[at] * y / mean * Math.Pow(_input[pixel], p - 1) / pixels;
            double logarithms = Pixels(at).Average(pixel => Math.Pow(Clamped(pixel), p) * Math.Log(Clamped(pixel)));
            _power.Gradients[0] += outputGradient[at] * y * ((logarithms / (p * mean)) - (Math.Log(mean) / (p * p)));
        }

        return inputGradient;
    }

    private double Mean(int at) => Pixels(at).Average(pixel => Math.Pow(Clamped(pixel), _power.Values[0]));

    private double Clamped(int pixel) => Math.Max(_input[pixel], Smallest);

    private IEnumerable<int> Pixels(int at) => Enumerable.Range(0, pixels).Select(pixel => (((at / channels * pixels) + pixel) * channels) + (at % channels));
}
