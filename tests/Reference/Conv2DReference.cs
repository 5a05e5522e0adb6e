namespace SiameseGen.Reference;

/// <summary>
/// Cross-correlation with zeros beyond the border. Weights are kernel rows × kernel columns × channels × filters, where a filter sees the channels of its
/// group only.
/// </summary>
public sealed class Conv2DReference(
    int height, int width, int channels, int filters, int kernelHeight, int kernelWidth, int stride,
    int padTop, int padLeft, int outputHeight, int outputWidth, bool bias, int dilation = 1, int groups = 1) : IReferenceLayer
{
    private double[] _input = [];
    private int _items;

    public ReferenceParameter Weight { get; } = new("weight", kernelHeight * kernelWidth * (channels / groups) * filters);

    public ReferenceParameter? Bias { get; } = bias ? new("bias", filters) : null;

    public IReadOnlyList<ReferenceParameter> Parameters => Bias is null ? [Weight] : [Weight, Bias];

    public double[] Forward(double[] input, int items)
    {
        (_input, _items) = (input, items);
        double[] output = new double[items * outputHeight * outputWidth * filters];
        if (Bias is not null)
        {
            for (int i = 0; i < output.Length; i++)
                output[i] = Bias.Values[i % filters];
        }

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
            Bias.Gradients[i % filters] += outputGradient[i];
        return inputGradient;
    }

    // Every product of an input and a weight that goes into an output.
    private IEnumerable<(int Input, int Weight, int Output)> Products()
    {
        for (int item = 0; item < _items; item++)
        {
            for (int row = 0; row < outputHeight; row++)
            {
                for (int column = 0; column < outputWidth; column++)
                {
                    for (int kernelRow = 0; kernelRow < kernelHeight; kernelRow++)
                    {
                        for (int kernelColumn = 0; kernelColumn < kernelWidth; kernelColumn++)
                        {
                            int inputRow = (row * stride) + (kernelRow * dilation) - padTop, inputColumn = (column * stride) + (kernelColumn * dilation) - padLeft;
                            if (inputRow < 0 || inputRow >= height || inputColumn < 0 || inputColumn >= width)
                                continue;
                            int x = ((((item * height) + inputRow) * width) + inputColumn) * channels;
                            int w = ((kernelRow * kernelWidth) + kernelColumn) * (channels / groups) * filters;
                            int y = ((((item * outputHeight) + row) * outputWidth) + column) * filters;
                            for (int filter = 0; filter < filters; filter++)
                            {
                                int first = filter / (filters / groups) * (channels / groups);
                                for (int channel = 0; channel < channels / groups; channel++)
                                    yield return (x + first + channel, w + (channel * filters) + filter, y + filter);
                            }
                        }
                    }
                }
            }
        }
    }
}
