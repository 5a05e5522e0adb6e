using SiameseGen.Kernels;

namespace SiameseGen.Tests.Kernels;

/// <summary>
/// A convolution as one scalar chain of fused multiply-adds for each number, in the order that the kernels document. Pixels beyond the border are zeros
/// that take part. Weights come first in the parameters, then biases.
/// </summary>
internal sealed class ConvolutionOrder(Conv2DShape shape, float[] parameters)
{
    /// <summary>From the bias, over kernel rows, kernel columns and channels.</summary>
    public float[] Forward(float[] input)
    {
        float[] output = new float[input.Length / shape.InputLength * shape.OutputLength];
        for (int i = 0; i < output.Length; i++)
        {
            (int item, int row, int column, int filter) = Split(i, shape.OutputHeight, shape.OutputWidth, shape.Filters);
            float sum = parameters[shape.WeightLength + filter];
            for (int term = 0; term < shape.WeightLength / shape.Filters; term++)
                sum = MathF.FusedMultiplyAdd(Under(input, item, row, column, term), parameters[(term * shape.Filters) + filter], sum);
            output[i] = sum;
        }

        return output;
    }

    /// <summary>From zero, over the kernel's rows and columns from the last to the first, and filters; between strides there are zeros.</summary>
    public float[] InputGradient(float[] slopes)
    {
        float[] gradient = new float[slopes.Length / shape.OutputLength * shape.InputLength];
        for (int i = 0; i < gradient.Length; i++)
        {
            (int item, int y, int x, int channel) = Split(i, shape.Height, shape.Width, shape.Channels);
            float sum = 0;
            for (int tap = (shape.KernelHeight * shape.KernelWidth) - 1; tap >= 0; tap--)
            {
                int row = y + shape.PadTop - (tap / shape.KernelWidth), column = x + shape.PadLeft - (tap % shape.KernelWidth);
                bool hits = row >= 0 && column >= 0 && row % shape.Stride == 0 && column % shape.Stride == 0
                    && row / shape.Stride < shape.OutputHeight && column / shape.Stride < shape.OutputWidth;
                int pixel = (((item * shape.OutputHeight) + (row / shape.Stride)) * shape.OutputWidth) + (column / shape.Stride);
                for (int filter = 0; filter < shape.Filters; filter++)
                {
                    float slope = hits ? slopes[(pixel * shape.Filters) + filter] : 0f;
                    sum = MathF.FusedMultiplyAdd(slope, parameters[(((tap * shape.Channels) + channel) * shape.Filters) + filter], sum);
                }
            }

            gradient[i] = sum;
        }

        return gradient;
    }

    /// <summary>
    /// The gradient of one shard, weights then biases: over the pixels of as many images as a group has, each from zero, and the groups' sums added up in
    /// order.
    /// </summary>
    public float[] ParameterGradients(ReadOnlySpan<float> input, ReadOnlySpan<float> slopes)
    {
        float[] gradient = new float[shape.WeightLength + shape.Filters];
        int items = input.Length / shape.InputLength, pixels = shape.OutputHeight * shape.OutputWidth, group = Math.Clamp(256 / pixels, 1, 16);
        for (int first = 0; first < items; first += group)
        {
            int last = Math.Min(items, first + group);
            for (int i = 0; i < gradient.Length; i++)
            {
                int term = i / shape.Filters, filter = i % shape.Filters;
                float sum = 0;
                for (int pixel = first * pixels; pixel < last * pixels; pixel++)
                {
                    (int item, int row, int column, _) = Split(pixel, shape.OutputHeight, shape.OutputWidth, 1);
                    float slope = slopes[(pixel * shape.Filters) + filter];
                    sum = i >= shape.WeightLength ? sum + slope : MathF.FusedMultiplyAdd(Under(input, item, row, column, term), slope, sum);
                }

                gradient[i] += sum;
            }
        }

        return gradient;
    }

    // The input under one term of the kernel, for one output pixel.
    private float Under(ReadOnlySpan<float> input, int item, int row, int column, int term)
    {
        (_, int kernelRow, int kernelColumn, int channel) = Split(term, shape.KernelHeight, shape.KernelWidth, shape.Channels);
        int y = (row * shape.Stride) + kernelRow - shape.PadTop, x = (column * shape.Stride) + kernelColumn - shape.PadLeft;
        return y < 0 || y >= shape.Height || x < 0 || x >= shape.Width
            ? 0f
            : input[(((((item * shape.Height) + y) * shape.Width) + x) * shape.Channels) + channel];
    }

    private static (int Item, int Row, int Column, int Channel) Split(int index, int height, int width, int channels) =>
        (index / (height * width * channels), index / (width * channels) % height, index / channels % width, index % channels);
}
