using SiameseGen.Kernels;

namespace SiameseGen.Benchmarks.Peers;

/// <summary>One kernel by itself at inference, on a batch that stays in the second-level cache.</summary>
internal sealed class SingleKernel : IContestant
{
    private readonly Action<InferencePass> _infer;
    private readonly AlignedBuffer<float> _prepared;
    private readonly InferenceMemory _memory;

    private SingleKernel(string name, int items, long multiplyAdds, (int Input, int Output, int Prepared, int Scratch) lengths, Action<InferencePass> infer)
    {
        Name = name;
        MultiplyAdds = items * multiplyAdds;
        _infer = infer;
        var info = new EncoderInfo
        {
            Name = name,
            Input = new InputShape(1, 1, lengths.Input, false),
            EmbeddingLength = lengths.Output,
            ParameterCount = 0,
            StateCount = 0,
            Tensors = [],
            Architecture = name,
            Fingerprint = new string('0', 64),
            Training = new TrainingPlan(0, 0, 0, 0, 0, 0, 0),
            Inference = new InferencePlan(lengths.Input + lengths.Output, 0, lengths.Input, lengths.Prepared, lengths.Scratch),
            Distance = DistanceMetric.Euclidean,
        };
        _prepared = new AlignedBuffer<float>(lengths.Prepared);
        _prepared.Span.Fill(0.01f);
        _memory = new InferenceMemory(info, items);
        Pass.Inputs.Fill(0.5f);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Multiply-adds of a call, counted plainly.</summary>
    public long MultiplyAdds { get; }

    private InferencePass Pass => _memory.Pass(_prepared.Span, _memory.Capacity);

    /// <summary>A plain convolution of 64 channels with 64 kernels of 3 × 3, of a few images of 14 × 14.</summary>
    public static SingleKernel DirectConvolution() =>
        Convolution("direct 3×3 convolution, 64 to 64 channels, 14×14", new Conv2DShape(14, 14, 64, 64, 3, 3, 1, 1, 1, 14, 14), 4, winograd: false);

    /// <summary>The same as a Winograd convolution, which performs a quarter of the multiply-adds that are counted.</summary>
    public static SingleKernel WinogradConvolution() =>
        Convolution("the same by Winograd's algorithm", new Conv2DShape(14, 14, 64, 64, 3, 3, 1, 1, 1, 14, 14), 4, winograd: true);

    /// <summary>A convolution.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="items">Images.</param>
    /// <param name="winograd">By Winograd's algorithm, or plainly.</param>
    public static SingleKernel Convolution(string name, Conv2DShape shape, int items, bool winograd)
    {
        int input = shape.InputLength;
        long multiplyAdds = (long)shape.OutputLength * shape.KernelHeight * shape.KernelWidth * shape.Channels;
        return winograd
            ? new SingleKernel(
                name, items, multiplyAdds, (input, shape.OutputLength, WinogradConv2D.PreparedLength(shape), WinogradConv2D.InferenceScratch(shape)),
                pass => WinogradConv2D.Infer(pass, shape, input: 0, prepared: 0, relu: false, pool: false, output: input))
            : new SingleKernel(
                name, items, multiplyAdds, (input, shape.OutputLength, Conv2D.PreparedLength(shape), Conv2D.InferenceScratch(shape)),
                pass => Conv2D.Infer(pass, shape, input: 0, prepared: 0, relu: false, pool: false, output: input));
    }

    /// <summary>A product of two square matrices.</summary>
    /// <param name="side">Rows and columns.</param>
    public static SingleKernel Product(int side)
    {
        var shape = new DenseShape(side, side);
        return new SingleKernel(
            $"product of matrices, {side} × {side} × {side}", side, shape.WeightLength,
            (side, side, Dense.PreparedLength(shape), 0),
            pass => Dense.Infer(pass, shape, input: 0, prepared: 0, relu: false, output: side));
    }

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(() => _infer(Pass), duration, milliseconds);
}
