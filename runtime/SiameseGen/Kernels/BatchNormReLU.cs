namespace SiameseGen.Kernels;

/// <summary>A batch normalisation and the rectifier after it, in one sweep over memory each way in training. The same bits as one after the other.</summary>
public static class BatchNormReLU
{
    /// <summary>Normalises the batch, goes on to the output and updates the running statistics. Every worker has to call it; they wait for each other once.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape of the batch normalisation.</param>
    /// <param name="input">Offset of the input, which backward needs again.</param>
    /// <param name="gain">Offset of the gains in the parameters.</param>
    /// <param name="shift">Offset of the shifts in the parameters.</param>
    /// <param name="runningMean">Offset of the running means in the parameters.</param>
    /// <param name="runningVariance">Offset of the running variances in the parameters.</param>
    /// <param name="statistics">Offset of <see cref="BatchNorm.StatisticsLength"/> doubles.</param>
    /// <param name="saved">Offset of <see cref="BatchNorm.SavedLength"/> floats.</param>
    /// <param name="output">Offset of the output; not the input's.</param>
    public static void Forward(
        TrainingPass pass, in BatchNormShape shape, int input, int gain, int shift, int runningMean, int runningVariance, int statistics, int saved, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        BatchNormTraining.Forward(
            pass, shape, default(BatchNormPixels<Rectification>), shape.Length, input, gain, shift, runningMean, runningVariance, statistics, saved, output);
    }

    /// <summary>
    /// Accumulates the gradients of gains and shifts and computes the gradient of the input, through mean and variance too.
    /// Every worker has to call it; they wait for each other once, unless nobody wants the gradient of the input.
    /// </summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape of the batch normalisation.</param>
    /// <param name="input">Offset of the input, as it was in forward.</param>
    /// <param name="gain">Offset of the gains in the parameters.</param>
    /// <param name="shift">Offset of the shifts in the parameters.</param>
    /// <param name="statistics">Offset of the doubles that forward left.</param>
    /// <param name="saved">Offset of the floats that forward left.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input, overwritten; may be the input's; −1 when not wanted.</param>
    public static void Backward(
        TrainingPass pass, in BatchNormShape shape, int input, int gain, int shift, int statistics, int saved, int outputGradient, int inputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        BatchNormTraining.Backward(
            pass, shape, default(BatchNormPixels<Rectification>), shape.Length, input, gain, shift, statistics, saved, outputGradient, inputGradient);
    }
}
