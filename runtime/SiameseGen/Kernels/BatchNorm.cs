namespace SiameseGen.Kernels;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy, 2015): y = γ · (x − mean) / √(variance + ε) + β for each channel, with mean and biased variance of the
/// whole batch in training and running statistics at inference. Running variances take the unbiased variance, as PyTorch's do.
/// </summary>
public static class BatchNorm
{
    /// <summary>Doubles that workers share: for each shard two figures a channel in forward, and two more in backward.</summary>
    /// <param name="shape">The layer's shape.</param>
    public static int StatisticsLength(in BatchNormShape shape) => 4 * shape.Channels * Shard.Count;

    /// <summary>Floats that each worker keeps from forward to backward.</summary>
    /// <param name="shape">The layer's shape.</param>
    public static int SavedLength(in BatchNormShape shape) => 5 * shape.Channels;

    /// <summary>Floats of prepared weights where the layer stands alone at inference.</summary>
    /// <param name="shape">The layer's shape.</param>
    public static int PreparedLength(in BatchNormShape shape) => 2 * shape.Channels;

    /// <summary>Normalises the batch and updates the running statistics. Every worker has to call it; they wait for each other once.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="input">Offset of the input, which backward needs again.</param>
    /// <param name="gain">Offset of the gains in the parameters.</param>
    /// <param name="shift">Offset of the shifts in the parameters.</param>
    /// <param name="runningMean">Offset of the running means in the parameters.</param>
    /// <param name="runningVariance">Offset of the running variances in the parameters.</param>
    /// <param name="statistics">Offset of <see cref="StatisticsLength"/> doubles.</param>
    /// <param name="saved">Offset of <see cref="SavedLength"/> floats.</param>
    /// <param name="output">Offset of the output; not the input's.</param>
    public static void Forward(
        TrainingPass pass, in BatchNormShape shape, int input, int gain, int shift, int runningMean, int runningVariance, int statistics, int saved, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        BatchNormTraining.Forward(
            pass, shape, default(BatchNormPixels<NoRectification>), shape.Length, input, gain, shift, runningMean, runningVariance, statistics, saved, output);
    }

    /// <summary>
    /// Accumulates the gradients of gains and shifts and computes the gradient of the input, through mean and variance too.
    /// Every worker has to call it; they wait for each other once, unless nobody wants the gradient of the input.
    /// </summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="input">Offset of the input, as it was in forward.</param>
    /// <param name="gain">Offset of the gains in the parameters.</param>
    /// <param name="shift">Offset of the shifts in the parameters.</param>
    /// <param name="statistics">Offset of the doubles that forward left.</param>
    /// <param name="saved">Offset of the floats that forward left.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; may be that of the output's; −1 when not wanted.</param>
    public static void Backward(
        TrainingPass pass, in BatchNormShape shape, int input, int gain, int shift, int statistics, int saved, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        BatchNormTraining.Backward(
            pass, shape, default(BatchNormPixels<NoRectification>), shape.Length, input, gain, shift, statistics, saved, outputGradient, inputGradient);
    }

    /// <summary>Turns running statistics, gains and shifts into one factor and one summand a channel.</summary>
    /// <param name="parameters">The weights to read.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="fold">Offsets in the parameters.</param>
    /// <param name="prepared">Receives <see cref="PreparedLength"/> floats.</param>
    public static void Prepare(Parameters parameters, in BatchNormShape shape, in BatchNormFold fold, Span<float> prepared)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ReadOnlySpan<float> values = parameters.Values;
        for (int c = 0; c < shape.Channels; c++)
        {
            double scale = values[fold.Gain + c] / Math.Sqrt((double)values[fold.RunningVariance + c] + fold.Epsilon);
            prepared[c] = (float)scale;
            prepared[shape.Channels + c] = (float)(values[fold.Shift + c] - (values[fold.RunningMean + c] * scale));
        }
    }

    /// <summary>Normalises all items by the running statistics.</summary>
    /// <param name="pass">Inputs, prepared weights and memory.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="prepared">Offset of what <see cref="Prepare"/> gave.</param>
    /// <param name="output">Offset of the output; may be the input's.</param>
    public static void Infer(InferencePass pass, in BatchNormShape shape, int input, int prepared, int output)
    {
        int channels = shape.Channels;
        ReadOnlySpan<float> weights = pass.Prepared(prepared, PreparedLength(shape));
        BatchNormCoefficients.Scale(
            pass.Activations(input, shape.Length), weights[..channels], weights[channels..], pass.Activations(output, shape.Length));
    }
}
