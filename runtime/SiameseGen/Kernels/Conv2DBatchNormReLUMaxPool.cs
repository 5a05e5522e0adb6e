using System.Runtime.InteropServices;

namespace SiameseGen.Kernels;

/// <summary>
/// A convolution of an encoder's inputs, the batch normalisation after it, the rectifier and 2×2 maximum pooling, in training. Nobody asks for the gradient of
/// inputs, and a kernel sees few numbers of them, so the convolution's outputs, the largest tensor of most encoders, are never stored: means and
/// variances follow from the moments of what the kernel sees, outputs are pooled where they are computed, and the gradient of the weights needs only the
/// pixels that pooling has chosen, and those moments.
/// </summary>
/// <remarks>
/// With x = w·p + b, x̂ = (x − mean(x)) / deviation and y = γ·x̂ + β, the gradient of the weights is
/// γ / deviation · (Σ dy·p − mean(p) · Σ dy − C·w · mean(dy·x̂) / deviation), where C = Σ (p − mean(p))·(p − mean(p))ᵀ and
/// Σ dy·x̂ = w · (Σ dy·p − mean(p) · Σ dy) / deviation: the formula of batch normalisation (Ioffe and Szegedy, "Batch Normalization: Accelerating Deep
/// Network Training by Reducing Internal Covariate Shift", 2015), with the sums over pixels moved inside. The gradient of b is 0.
/// </remarks>
public static class Conv2DBatchNormReLUMaxPool
{
    /// <summary>Doubles that workers share: moments of what the kernel sees, and sums of gradients.</summary>
    /// <param name="shape">The shape of the convolution.</param>
    public static int StatisticsLength(in Conv2DShape shape)
    {
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(shape);
        return Shard.Count * (PatchMoments.Length(geometry) + MarkedWeightGradient.Length(geometry));
    }

    /// <summary>Floats of scratch that a worker needs.</summary>
    /// <param name="shape">The shape of the convolution.</param>
    public static int TrainingScratch(in Conv2DShape shape)
    {
        ConvolutionGeometry whole = ConvolutionGeometry.Of(shape), pooled = ConvolutionGeometry.Of(shape.AsPooled);
        int moments = PatchMoments.ScratchLength(whole) + whole.BufferLength + PatchMoments.Slack;
        int forward = pooled.BufferLength + pooled.PackedLength + pooled.BiasLength + pooled.StripsLength;
        return PatchStatistics.ScratchLength(whole.Terms) + Math.Max(moments, Math.Max(forward, pooled.BufferLength + MarkedWeightGradient.Slack));
    }

    /// <summary>Floats an item in which forward leaves marks of the pixels that pooling has chosen.</summary>
    /// <param name="shape">The shape of the convolution.</param>
    public static int MarksLength(in Conv2DShape shape) => shape.OutputHeight / 2 * (shape.OutputWidth / 2) * MarkedMaxPool.MarksOfPixel(shape.Filters);

    /// <summary>Convolves, normalises the batch, rectifies and pools, and updates the running statistics. Every worker has to call it; they wait for each other once.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape of the convolution.</param>
    /// <param name="norm">The shape of the batch normalisation.</param>
    /// <param name="fold">Where its parameters are.</param>
    /// <param name="input">Offset of the input, which backward needs again.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="bias">Offset of the biases; −1 for none.</param>
    /// <param name="statistics">Offset of <see cref="StatisticsLength"/> doubles.</param>
    /// <param name="marks">Offset of <see cref="MarksLength"/> floats an item.</param>
    /// <param name="output">Offset of the output.</param>
    /// <exception cref="ArgumentException">The batch normalisation is not of the convolution's outputs, or has another ε than its fold, or no window of 2×2 fits into them.</exception>
    public static void Forward(
        TrainingPass pass, in Conv2DShape shape, in BatchNormShape norm, in BatchNormFold fold, int input, int weight, int bias, int statistics, int marks, int output)
    {
        ArgumentNullException.ThrowIfNull(pass);
        EnsureFits(shape, norm, fold);
        ConvolutionGeometry whole = ConvolutionGeometry.Of(shape);
        int length = PatchMoments.Length(whole);
        Span<double> moments = pass.Statistics(statistics, Shard.Count * length);
        AddMoments(pass, shape, input, moments);
        pass.Synchronize();

        PatchStatistics patches = Statistics(pass, shape, moments);
        ReadOnlySpan<float> weights = pass.Parameters(weight, shape.WeightLength), biases = bias < 0 ? default : pass.Parameters(bias, shape.Filters);
        ConvolutionGeometry pooled = ConvolutionGeometry.Of(shape.AsPooled);
        Memory memory = new(pooled, Scratch(pass, shape));
        PackedWeights.Pack(pooled, weights, memory.Weights);
        memory.Bias.Clear();
        for (int filter = 0; filter < shape.Filters; filter++)
        {
            BatchMoments of = patches.MomentsOf(weights, filter, shape.Filters, biases.IsEmpty ? 0 : biases[filter]);
            double scale = pass.Parameters(fold.Gain, shape.Filters)[filter] * of.InverseDeviation(fold.Epsilon);
            double center = biases.IsEmpty ? of.Mean : of.Mean - biases[filter];
            PackedWeights.Scale(pooled, filter, scale, memory.Weights);
            memory.Bias[filter] = (float)(pass.Parameters(fold.Shift, shape.Filters)[filter] - (scale * center));

            // Nobody reads running statistics in training, so one worker may write them while the others go on.
            if (pass.Worker == 0)
            {
                BatchNormTraining.Average(ref pass.Parameters(fold.RunningMean, shape.Filters)[filter], of.Mean, norm.Momentum);
                BatchNormTraining.Average(ref pass.Parameters(fold.RunningVariance, shape.Filters)[filter], of.UnbiasedVariance, norm.Momentum);
            }
        }

        int outputLength = pooled.OutputLength / 4;
        foreach (Shard shard in pass.Shards)
        {
            Conv2D.RunPooled(
                pooled, memory.Buffer, memory.Strips, memory.Weights, memory.Bias, pass.Activations(input, shape.InputLength, shard), relu: false,
                pass.Activations(output, outputLength, shard), Marks(pass, shape, marks, shard));
        }
    }

    /// <summary>Accumulates the gradients of weights, gains and shifts. Every worker has to call it; they wait for each other once.</summary>
    /// <param name="pass">The worker's view of the batch.</param>
    /// <param name="shape">The shape of the convolution.</param>
    /// <param name="fold">Where the batch normalisation's parameters are.</param>
    /// <param name="input">Offset of the input, as it was in forward.</param>
    /// <param name="weight">Offset of the weights in the parameters.</param>
    /// <param name="statistics">Offset of the doubles that forward left.</param>
    /// <param name="marks">Offset of the marks that forward left.</param>
    /// <param name="outputGradient">Offset of the gradient of the output.</param>
    public static void Backward(
        TrainingPass pass, in Conv2DShape shape, in BatchNormFold fold, int input, int weight, int statistics, int marks, int outputGradient)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ConvolutionGeometry pooled = ConvolutionGeometry.Of(shape.AsPooled);
        int length = Shard.Count * PatchMoments.Length(ConvolutionGeometry.Of(shape)), part = MarkedWeightGradient.Length(pooled);
        Span<double> moments = pass.Statistics(statistics, length), sums = pass.Statistics(statistics + length, Shard.Count * part);
        AddSums(pass, shape, pooled, input, marks, outputGradient, sums);
        pass.Synchronize();

        // Sums of the whole batch have one gradient, not one a shard.
        if (pass.Worker > 0)
            return;
        PatchStatistics patches = Statistics(pass, shape, moments);
        ReadOnlySpan<float> weights = pass.Parameters(weight, shape.WeightLength), gains = pass.Parameters(fold.Gain, shape.Filters);
        Span<float> weightGradient = pass.BatchGradients(weight, shape.WeightLength);
        Span<float> gainGradient = pass.BatchGradients(fold.Gain, shape.Filters), shiftGradient = pass.BatchGradients(fold.Shift, shape.Filters);
        Span<double> total = sums[..part];
        AddUp(sums, pass.BatchSize, total);
        for (int filter = 0; filter < shape.Filters; filter++)
        {
            double inverse = patches.MomentsOf(weights, filter, shape.Filters, 0).InverseDeviation(fold.Epsilon), slopes = total[shape.WeightLength + filter];
            double product = 0;
            for (int term = 0; term < pooled.Terms; term++)
            {
                ref double sum = ref total[(term * shape.Filters) + filter];
                sum -= patches.Mean[term] * slopes;
                product += weights[(term * shape.Filters) + filter] * sum;
            }

            gainGradient[filter] += (float)(product * inverse);
            shiftGradient[filter] += (float)slopes;
            double scale = gains[filter] * inverse, meanProduct = product * inverse * inverse / patches.Count;
            for (int term = 0; term < pooled.Terms; term++)
            {
                double sum = total[(term * shape.Filters) + filter] - (meanProduct * patches.Products(weights, filter, shape.Filters, term));
                weightGradient[(term * shape.Filters) + filter] += (float)(scale * sum);
            }
        }
    }

    private static void AddMoments(TrainingPass pass, in Conv2DShape shape, int input, Span<double> moments)
    {
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(shape);
        int length = PatchMoments.Length(geometry), terms = PatchMoments.ScratchLength(geometry);
        Span<float> scratch = Scratch(pass, shape), buffer = scratch.Slice(terms, geometry.BufferLength + PatchMoments.Slack);
        buffer.Clear();
        foreach (Shard shard in pass.Shards)
        {
            Span<double> own = moments.Slice(shard.Index * length, length);
            own.Clear();
            ReadOnlySpan<float> images = pass.Activations(input, shape.InputLength, shard);
            for (int item = 0; item < shard.Items; item += geometry.Group)
            {
                int count = Math.Min(geometry.Group, shard.Items - item);
                BorderedImages.Copy(geometry, images.Slice(item * shape.InputLength, count * shape.InputLength), buffer);
                PatchMoments.Add(geometry, buffer, count, scratch[..terms], own);
            }
        }
    }

    private static void AddSums(
        TrainingPass pass, in Conv2DShape shape, in ConvolutionGeometry geometry, int input, int marks, int outputGradient, Span<double> sums)
    {
        int part = MarkedWeightGradient.Length(geometry), pooledLength = geometry.OutputLength / 4, marksLength = MarksLength(shape);
        Span<float> buffer = Scratch(pass, shape)[..(geometry.BufferLength + MarkedWeightGradient.Slack)];
        buffer.Clear();
        foreach (Shard shard in pass.Shards)
        {
            Span<double> own = sums.Slice(shard.Index * part, part);
            own.Clear();
            ReadOnlySpan<float> images = pass.Activations(input, shape.InputLength, shard), slopes = pass.Activations(outputGradient, pooledLength, shard);
            ReadOnlySpan<uint> chosen = Marks(pass, shape, marks, shard);
            for (int item = 0; item < shard.Items; item++)
            {
                BorderedImages.Copy(geometry, images.Slice(item * shape.InputLength, shape.InputLength), buffer);
                MarkedWeightGradient.Add(
                    geometry, buffer, slopes.Slice(item * pooledLength, pooledLength), chosen.Slice(item * marksLength, marksLength), own);
            }
        }
    }

    // In the order of the shards, into the first one's place.
    private static void AddUp(ReadOnlySpan<double> sums, int batchSize, Span<double> total)
    {
        if (Shard.Of(0, batchSize).Items == 0)
            total.Clear();
        for (int s = 1; s < Shard.Count; s++)
        {
            if (Shard.Of(s, batchSize).Items == 0)
                continue;
            ReadOnlySpan<double> own = sums.Slice(s * total.Length, total.Length);
            for (int i = 0; i < total.Length; i++)
                total[i] += own[i];
        }
    }

    private static PatchStatistics Statistics(TrainingPass pass, in Conv2DShape shape, ReadOnlySpan<double> moments)
    {
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(shape);
        Span<float> memory = pass.Scratch(TrainingScratch(shape))[..PatchStatistics.ScratchLength(geometry.Terms)];
        return PatchStatistics.Of(geometry, moments, pass.BatchSize, MemoryMarshal.Cast<float, double>(memory));
    }

    // What is left beside the statistics.
    private static Span<float> Scratch(TrainingPass pass, in Conv2DShape shape) =>
        pass.Scratch(TrainingScratch(shape))[PatchStatistics.ScratchLength(ConvolutionGeometry.Of(shape).Terms)..];

    private static Span<uint> Marks(TrainingPass pass, in Conv2DShape shape, int marks, Shard shard) =>
        MemoryMarshal.Cast<float, uint>(pass.Activations(marks, MarksLength(shape), shard));

    private static void EnsureFits(in Conv2DShape shape, in BatchNormShape norm, in BatchNormFold fold)
    {
        if (!shape.IsPoolable || norm.Channels != shape.Filters || norm.Length != shape.OutputLength)
            throw new ArgumentException($"{norm} is not of the outputs of {shape}, or these are smaller than a window of 2×2.", nameof(norm));
        if (norm.Epsilon != fold.Epsilon)
            throw new ArgumentException($"{fold} is of another batch normalisation than {norm}: ε differs.", nameof(fold));
    }

    // A worker's scratch in forward; the buffer's borders are zero from the start.
    private readonly ref struct Memory
    {
        public Memory(in ConvolutionGeometry geometry, Span<float> scratch)
        {
            Buffer = scratch[..geometry.BufferLength];
            scratch = scratch[geometry.BufferLength..];
            Weights = scratch[..geometry.PackedLength];
            Bias = scratch.Slice(geometry.PackedLength, geometry.BiasLength);
            Strips = scratch.Slice(geometry.PackedLength + geometry.BiasLength, geometry.StripsLength);
            Buffer.Clear();
        }

        public Span<float> Buffer { get; }

        public Span<float> Weights { get; }

        public Span<float> Bias { get; }

        public Span<float> Strips { get; }
    }
}
