namespace SiameseGen.Kernels;

/// <summary>The training passes of batch normalisation, whatever its ending: moments of the whole batch first, then a sweep over each worker's shards.</summary>
internal static class BatchNormTraining
{
    /// <summary>Normalises the batch, goes on to the output and updates the running statistics. Workers wait for each other once.</summary>
    /// <typeparam name="TEnding">What follows normalisation.</typeparam>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="ending">What follows normalisation.</param>
    /// <param name="outputLength">Floats of an item's output.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="gain">Offset of the gains.</param>
    /// <param name="shift">Offset of the shifts.</param>
    /// <param name="runningMean">Offset of the running means.</param>
    /// <param name="runningVariance">Offset of the running variances.</param>
    /// <param name="statistics">Offset of the doubles that workers share.</param>
    /// <param name="saved">Offset of the worker's coefficients.</param>
    /// <param name="output">Offset of the output.</param>
    public static void Forward<TEnding>(
        TrainingPass pass, in BatchNormShape shape, in TEnding ending, int outputLength, int input, int gain, int shift, int runningMean,
        int runningVariance, int statistics, int saved, int output)
        where TEnding : struct, IBatchNormEnding
    {
        int channels = shape.Channels, length = shape.Length;
        Span<double> parts = pass.Statistics(statistics, BatchNorm.StatisticsLength(shape));
        foreach (Shard shard in pass.Shards)
            BatchNormMoments.Compute(pass.Activations(input, length, shard), channels, parts.Slice(shard.Index * PartLength(shape), PartLength(shape)));
        pass.Synchronize();

        BatchNormCoefficients coefficients = Coefficients(pass, shape, saved);
        ReadOnlySpan<float> gains = pass.Parameters(gain, channels), shifts = pass.Parameters(shift, channels);
        for (int c = 0; c < channels; c++)
        {
            BatchMoments moments = BatchMoments.Of(parts, shape, c, pass.BatchSize);
            coefficients.SetForward(c, moments, gains[c], shifts[c], shape.Epsilon);
            if (pass.Worker == 0)
            {
                // Nobody reads running statistics in training, so one worker may write them while the others go on.
                Average(ref pass.Parameters(runningMean, channels)[c], moments.Mean, shape.Momentum);
                Average(ref pass.Parameters(runningVariance, channels)[c], moments.UnbiasedVariance, shape.Momentum);
            }
        }

        foreach (Shard shard in pass.Shards)
            ending.Forward(coefficients, pass.Activations(input, length, shard), pass.Activations(output, outputLength, shard));
    }

    /// <summary>Accumulates the gradients of gains and shifts and computes the gradient of the input. Workers wait for each other once.</summary>
    /// <typeparam name="TEnding">What follows normalisation.</typeparam>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The layer's shape.</param>
    /// <param name="ending">What follows normalisation.</param>
    /// <param name="outputLength">Floats of an item's output.</param>
    /// <param name="input">Offset of the input.</param>
    /// <param name="gain">Offset of the gains.</param>
    /// <param name="shift">Offset of the shifts.</param>
    /// <param name="statistics">Offset of the doubles that forward left.</param>
    /// <param name="saved">Offset of the coefficients that forward left.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    /// <param name="inputGradient">Offset of the gradient of the input; −1 when not wanted.</param>
    public static void Backward<TEnding>(
        TrainingPass pass, in BatchNormShape shape, in TEnding ending, int outputLength, int input, int gain, int shift, int statistics, int saved,
        int outputGradient, int inputGradient)
        where TEnding : struct, IBatchNormEnding
    {
        int channels = shape.Channels, length = shape.Length, half = BatchNorm.StatisticsLength(shape) / 2;
        Span<double> parts = pass.Statistics(statistics, half), sums = pass.Statistics(statistics + half, half);
        BatchNormCoefficients coefficients = Coefficients(pass, shape, saved);
        foreach (Shard shard in pass.Shards)
        {
            Span<double> own = sums.Slice(shard.Index * PartLength(shape), PartLength(shape));
            ending.Sum(coefficients, pass.Activations(input, length, shard), pass.Activations(outputGradient, outputLength, shard), own);
            Span<float> gainGradient = pass.Gradients(shard, gain, channels), shiftGradient = pass.Gradients(shard, shift, channels);
            for (int c = 0; c < channels; c++)
            {
                BatchMoments moments = BatchMoments.Of(parts, shape, c, pass.BatchSize);
                double rest = moments.Mean - coefficients.Centers[c];
                gainGradient[c] += (float)((own[channels + c] - (rest * own[c])) * moments.InverseDeviation(shape.Epsilon));
                shiftGradient[c] += (float)own[c];
            }
        }

        if (inputGradient < 0)
            return;
        pass.Synchronize();
        for (int c = 0; c < channels; c++)
        {
            double sum = 0, product = 0;
            for (int s = 0; s < Shard.Count; s++)
            {
                if (Shard.Of(s, pass.BatchSize).Items == 0)
                    continue;
                sum += sums[(s * PartLength(shape)) + c];
                product += sums[(s * PartLength(shape)) + channels + c];
            }

            coefficients.SetBackward(c, BatchMoments.Of(parts, shape, c, pass.BatchSize), sum, product, shape.Epsilon);
        }

        foreach (Shard shard in pass.Shards)
        {
            ending.Backward(
                coefficients, pass.Activations(input, length, shard), pass.Activations(outputGradient, outputLength, shard),
                pass.Activations(inputGradient, length, shard));
        }
    }

    /// <summary>Moves a running statistic towards a batch's.</summary>
    /// <param name="running">The running statistic.</param>
    /// <param name="value">The batch's.</param>
    /// <param name="momentum">The batch's weight.</param>
    public static void Average(ref float running, double value, float momentum) =>
        running = (float)(((1 - (double)momentum) * running) + (momentum * value));

    private static int PartLength(in BatchNormShape shape) => 2 * shape.Channels;

    private static BatchNormCoefficients Coefficients(TrainingPass pass, in BatchNormShape shape, int saved) =>
        new(pass.Saved(saved, BatchNorm.SavedLength(shape)), shape.Channels);
}
