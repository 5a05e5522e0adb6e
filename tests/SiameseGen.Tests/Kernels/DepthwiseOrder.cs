using SiameseGen.Kernels;

namespace SiameseGen.Tests.Kernels;

/// <summary>
/// A depthwise convolution as one scalar chain of fused multiply-adds for each number, in the order that the kernels document. What lies beyond the border
/// takes no part. Weights come first in the parameters, then biases.
/// </summary>
internal sealed class DepthwiseOrder(DepthwiseConv2DShape shape, float[] parameters)
{
    private int Taps => shape.KernelHeight * shape.KernelWidth;

    /// <summary>From the bias, over kernel rows and kernel columns.</summary>
    public float[] Forward(float[] input)
    {
        float[] output = new float[input.Length / shape.InputLength * shape.OutputLength];
        for (int y = 0; y < output.Length; y++)
        {
            float sum = parameters[shape.WeightLength + (y % shape.Channels)];
            for (int tap = 0; tap < Taps; tap++)
            {
                if (Under(y, tap) is int x and >= 0)
                    sum = MathF.FusedMultiplyAdd(input[x], Weight(tap, y), sum);
            }

            output[y] = sum;
        }

        return output;
    }

    /// <summary>From zero, over the kernel's rows and columns from the last to the first.</summary>
    public float[] InputGradient(float[] slopes)
    {
        float[] gradient = new float[slopes.Length / shape.OutputLength * shape.InputLength];
        for (int tap = Taps - 1; tap >= 0; tap--)
        {
            // A tap brings an input to at most one output.
            for (int y = 0; y < slopes.Length; y++)
            {
                if (Under(y, tap) is int x and >= 0)
                    gradient[x] = MathF.FusedMultiplyAdd(slopes[y], Weight(tap, y), gradient[x]);
            }
        }

        return gradient;
    }

    /// <summary>The gradient of one shard, weights then biases: from zero, over images, rows and columns.</summary>
    public float[] ParameterGradients(ReadOnlySpan<float> input, ReadOnlySpan<float> slopes)
    {
        float[] gradient = new float[shape.WeightLength + shape.Channels];
        for (int y = 0; y < slopes.Length; y++)
        {
            int channel = y % shape.Channels;
            gradient[shape.WeightLength + channel] += slopes[y];
            for (int tap = 0; tap < Taps; tap++)
            {
                ref float sum = ref gradient[(tap * shape.Channels) + channel];
                if (Under(y, tap) is int x and >= 0)
                    sum = MathF.FusedMultiplyAdd(input[x], slopes[y], sum);
            }
        }

        return gradient;
    }

    private float Weight(int tap, int y) => parameters[(tap * shape.Channels) + (y % shape.Channels)];

    // The index of the input under one tap for an output; −1 beyond the border.
    private int Under(int y, int tap)
    {
        int channel = y % shape.Channels, column = y / shape.Channels % shape.OutputWidth;
        int row = y / shape.Channels / shape.OutputWidth % shape.OutputHeight, item = y / shape.OutputLength;
        int inputRow = (row * shape.Stride) + (tap / shape.KernelWidth) - shape.PadTop;
        int inputColumn = (column * shape.Stride) + (tap % shape.KernelWidth) - shape.PadLeft;
        return inputRow < 0 || inputRow >= shape.Height || inputColumn < 0 || inputColumn >= shape.Width
            ? -1
            : (((((item * shape.Height) + inputRow) * shape.Width) + inputColumn) * shape.Channels) + channel;
    }
}
