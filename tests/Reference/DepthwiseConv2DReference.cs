namespace SiameseGen.Reference;

/// <summary>Cross-correlation of each channel with a filter of its own, zeros beyond the border. Weights are kernel rows × kernel columns × channels.</summary>
public sealed class DepthwiseConv2DReference(
    int height, int width, int channels, int kernelHeight, int kernelWidth, int stride,
    int padTop, int padLeft, int outputHeight, int outputWidth, bool bias) : IReferenceLayer
{
    private double[] _input = [];
    private int _items;

    public ReferenceParameter Weight { get; } = new("weight", kernelHeight * kernelWidth * channels);

    public ReferenceParameter? Bias { get; } = bias ? new("bias", channels) : null;

    public IReadOnlyList<ReferenceParameter> Parameters => Bias is null ? [Weight] : [Weight, Bias];

    public double[] Forward(double[] input, int items)
    {
        (_input, _items) = (input, items);
        double[] output = new double[items * outputHeight * outputWidth * channels];
        for (int i = 0; Bias is not null && i < output.Length; i++)
            output[i] = Bias.Values[i % channels];
        foreach ((int x, int w, int y) in Products())
            output[y] += input[x] * Weight.Values[w];
        return output;
    }

    public double[] Backward(double[] outputGradient)
    {
        double[] inputGradient = new double[_input.Length];
        foreach ((int x, int w, int y) in Products())
        {
            inputGradient[x] += Weight.Values[w] * outputGradient[y];
            Weight.Gradients[w] += _input[x] * outputGradient[y];
        }

        for (int i = 0; Bias is not null && i < outputGradient.Length; i++)
            Bias.Gradients[i % channels] += outputGradient[i];
        return inputGradient;
    }

    // Every product of an input and a weight that goes into an output: seen from the output, then from the tap.
    private IEnumerable<(int Input, int Weight, int Output)> Products()
    {
        for (int y = 0; y < _items * outputHeight * outputWidth * channels; y++)
        {
            int channel = y % channels, column = y / channels % outputWidth;
            int row = y / channels / outputWidth % outputHeight, item = y / channels / outputWidth / outputHeight;
            for (int tap = 0; tap < kernelHeight * kernelWidth; tap++)
            {
                int inputRow = (row * stride) + (tap / kernelWidth) - padTop, inputColumn = (column * stride) + (tap % kernelWidth) - padLeft;
                if (inputRow >= 0 && inputRow < height && inputColumn >= 0 && inputColumn < width)
                    yield return ((((((item * height) + inputRow) * width) + inputColumn) * channels) + channel, (tap * channels) + channel, y);
            }
        }
    }
}
