namespace SiameseGen.Kernels;

/// <summary>
/// Depthwise convolution over channels-last images, one filter for each channel: y[oy, ox, c] = b[c] + Σ x[oy·s + ky − top, ox·s + kx − left, c] · w[ky, kx, c],
/// zeros outside of the image (Sifre, "Rigid-Motion Scattering for Image Classification", 2014; Howard et al., "MobileNets", 2017).
/// </summary>
public static class DepthwiseConv2D
{
    /// <summary>Floats of scratch that a worker needs in training, whatever the batch.</summary>
    /// <param name="shape">The shape.</param>
    public static int TrainingScratch(in DepthwiseConv2DShape shape) =>
        Math.Max(DepthwiseWeightGradient.SumsLength(shape), shape.WeightLength + shape.Channels);

    /// <summary>Floats of prepared weights and biases.</summary>
    /// <param name="shape">The shape.</param>
    public static int PreparedLength(in DepthwiseConv2DShape shape) => shape.WeightLength + shape.Channels;

    /// <summary>Computes the outputs of the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="output">Offset of the output.</param>
    /// <exception cref="ArgumentException">A size is not positive, or a tensor has more floats than can be counted.</exception>
    public static void Forward(TrainingPass pass, in DepthwiseConv2DShape shape, int input, int weight, int bias, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        shape.EnsurePositive();
        DepthwiseGeometry geometry = DepthwiseGeometry.Of(shape);
        ReadOnlySpan<float> weights = pass.Parameters(weight, shape.WeightLength);
        ReadOnlySpan<float> biases = bias < 0 ? Zeros(pass.Scratch(shape.Channels)) : pass.Parameters(bias, shape.Channels);
        foreach (Shard shard in pass.Shards)
        {
            DepthwiseConvolution.Run(
                geometry, pass.Activations(input, shape.InputLength, shard), weights, biases, false, pass.Activations(output, shape.OutputLength, shard));
        }
    }

    /// <summary>Adds the gradients of weights and biases, and computes the gradient of the input, for the worker's shards.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; −1 when nobody needs it.</param>
    /// <exception cref="ArgumentException">A size is not positive, or a tensor has more floats than can be counted.</exception>
    public static void Backward(
        TrainingPass pass, in DepthwiseConv2DShape shape, int input, int weight, int bias, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        shape.EnsurePositive();
        Span<float> scratch = pass.Scratch(TrainingScratch(shape));
        foreach (Shard shard in pass.Shards)
        {
            ReadOnlySpan<float> slopes = pass.Activations(outputGradient, shape.OutputLength, shard);
            DepthwiseWeightGradient.Add(
                shape, pass.Activations(input, shape.InputLength, shard), slopes, scratch, pass.Gradients(shard, weight, shape.WeightLength));
            if (bias >= 0)
                BiasGradient.Add(slopes, scratch[..shape.Channels], pass.Gradients(shard, bias, shape.Channels));
        }

        if (inputGradient >= 0)
            ComputeInputGradient(pass, shape, pass.Parameters(weight, shape.WeightLength), scratch, outputGradient, inputGradient);
    }

    /// <summary>Lays weights and biases out for inference, with a batch normalisation folded into them.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="weight">Offset of the weights.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="fold">The batch normalisation that follows, or <see cref="BatchNormFold.None"/>.</param>
    /// <param name="prepared">Receives <see cref="PreparedLength"/> floats.</param>
    public static void Prepare(
        Parameters parameters, in DepthwiseConv2DShape shape, int weight, int bias, in BatchNormFold fold, Span<float> prepared)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Span<float> weights = prepared[..shape.WeightLength], biases = prepared.Slice(shape.WeightLength, shape.Channels);
        parameters.Values.Slice(weight, shape.WeightLength).CopyTo(weights);
        biases.Clear();
        if (bias >= 0)
            parameters.Values.Slice(bias, shape.Channels).CopyTo(biases);
        if (fold.IsNone)
            return;
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            double scale = fold.FoldBias(parameters, channel, ref biases[channel]);
            for (int i = channel; i < weights.Length; i += shape.Channels)
                weights[i] = (float)(weights[i] * scale);
        }
    }

    /// <summary>Computes the outputs of all items with prepared weights.</summary>
    /// <param name="pass">Inputs and memory.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="prepared">Offset of the prepared weights.</param>
    /// <param name="relu">Whether a rectifier follows.</param>
    /// <param name="output">Offset of the output.</param>
    /// <exception cref="ArgumentException">A size is not positive, or a tensor has more floats than can be counted.</exception>
    public static void Infer(InferencePass pass, in DepthwiseConv2DShape shape, int input, int prepared, bool relu, int output)
    {
        shape.EnsurePositive();
        DepthwiseConvolution.Run(
            DepthwiseGeometry.Of(shape), pass.Activations(input, shape.InputLength), pass.Prepared(prepared, shape.WeightLength),
            pass.Prepared(prepared + shape.WeightLength, shape.Channels), relu, pass.Activations(output, shape.OutputLength));
    }

    // Phase after phase, as many as the stride has both ways; with stride 1 there is one, and the kernel is rotated by half a turn.
    private static void ComputeInputGradient(
        TrainingPass pass, in DepthwiseConv2DShape shape, ReadOnlySpan<float> weights, Span<float> scratch, int outputGradient, int inputGradient)
    {
        ReadOnlySpan<float> biases = Zeros(scratch.Slice(shape.WeightLength, shape.Channels));
        for (int row = 0; row < Math.Min(shape.Stride, shape.Height); row++)
        {
            for (int column = 0; column < Math.Min(shape.Stride, shape.Width); column++)
            {
                DepthwiseGeometry geometry = DepthwiseGeometry.OfInputGradient(shape, row, column);
                DepthwiseGeometry.Phase rows = DepthwiseGeometry.Phase.OfRows(shape, row), columns = DepthwiseGeometry.Phase.OfColumns(shape, column);
                Rotate(shape, rows, columns, weights, scratch);
                foreach (Shard shard in pass.Shards)
                {
                    DepthwiseConvolution.Run(
                        geometry, pass.Activations(outputGradient, shape.OutputLength, shard), scratch[..shape.WeightLength], biases, false,
                        pass.Activations(inputGradient, shape.InputLength, shard));
                }
            }
        }
    }

    // The taps of a phase, last ones first.
    private static void Rotate(
        in DepthwiseConv2DShape shape, in DepthwiseGeometry.Phase rows, in DepthwiseGeometry.Phase columns, ReadOnlySpan<float> weights, Span<float> rotated)
    {
        int channels = shape.Channels;
        for (int row = rows.Taps - 1; row >= 0; row--)
        {
            for (int column = columns.Taps - 1; column >= 0; column--)
            {
                int tap = ((rows.FirstTap + (row * shape.Stride)) * shape.KernelWidth) + columns.FirstTap + (column * shape.Stride);
                weights.Slice(tap * channels, channels).CopyTo(rotated);
                rotated = rotated[channels..];
            }
        }
    }

    private static Span<float> Zeros(Span<float> memory)
    {
        memory.Clear();
        return memory;
    }
}
