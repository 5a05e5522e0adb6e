using SiameseGen.Kernels;
using SiameseGen.Reference;

namespace SiameseGen.Tests.Kernels;

/// <summary>Where a layer's tensors lie in the memory of a <see cref="LayerHarness"/>; statistics, saved and prepared floats start at 0.</summary>
internal readonly record struct LayerOffsets(int Input, int Output, int OutputGradient, int InputGradient, int Marks);

/// <summary>One layer of one shape: how its kernels are called, and what they should compute.</summary>
internal sealed partial record LayerCase(int InputLength, int OutputLength)
{
    public required Action<TrainingPass, LayerOffsets> Forward { get; init; }

    public required Action<TrainingPass, LayerOffsets> Backward { get; init; }

    /// <summary>Null for layers that do nothing at inference.</summary>
    public Action<InferencePass, LayerOffsets>? Infer { get; init; }

    public Action<Parameters, float[]> Prepare { get; init; } = (_, _) => { };

    public required Func<IReferenceLayer> Reference { get; init; }

    /// <summary>What a number may be off, as a share of the largest one.</summary>
    public double Tolerance { get; init; } = 2e-6;

    /// <summary>Lengths of the trainable tensors, in the order of the reference's parameters.</summary>
    public int[] Trainable { get; init; } = [];

    /// <summary>Lengths of running means and variances.</summary>
    public int[] State { get; init; } = [];

    public int StatisticsLength { get; init; }

    public int SavedLength { get; init; }

    public int PreparedLength { get; init; }

    public int TrainingScratch { get; init; }

    public int InferenceScratch { get; init; }

    /// <summary>Floats an item in which forward leaves marks for backward.</summary>
    public int Marks { get; init; }

    /// <summary>Whether backward computes the gradient of the input.</summary>
    public bool HasInputGradient { get; init; } = true;

    /// <summary>Whether forward may write over its input: backward does not need it.</summary>
    public bool ForwardInPlace { get; init; }

    /// <summary>Whether backward may write over the gradient of the output.</summary>
    public bool BackwardInPlace { get; init; }

    public static LayerCase GroupNorm(int rows, int pixels, int channels, int groups)
    {
        var shape = new GroupNormShape(rows, pixels, channels, groups, 1e-5f);
        return new(shape.Length, shape.Length)
        {
            Forward = (pass, at) => SiameseGen.Kernels.GroupNorm.Forward(pass, shape, at.Input, gain: 0, shift: channels, at.Output),
            Backward = (pass, at) => SiameseGen.Kernels.GroupNorm.Backward(pass, shape, at.Input, gain: 0, shift: channels, at.OutputGradient, at.InputGradient),
            Infer = (pass, at) => SiameseGen.Kernels.GroupNorm.Infer(pass, shape, at.Input, prepared: 0, at.Output),
            Prepare = (parameters, prepared) => SiameseGen.Kernels.GroupNorm.Prepare(parameters, shape, gain: 0, shift: channels, prepared),
            Reference = () => new GroupNormReference(pixels, channels, groups, shape.Epsilon),
            Trainable = [channels, channels],
            PreparedLength = 2 * channels,
            TrainingScratch = SiameseGen.Kernels.GroupNorm.ScratchLength(shape),
            InferenceScratch = SiameseGen.Kernels.GroupNorm.ScratchLength(shape),
            BackwardInPlace = true,
            Tolerance = 4e-6,
        };
    }

    public static LayerCase Affine(int length) => new(length, length)
    {
        Forward = (pass, at) => SiameseGen.Kernels.Affine.Forward(pass, length, -0.3f, 0.7f, at.Input, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.Affine.Backward(pass, length, -0.3f, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.Affine.Infer(pass, length, -0.3f, 0.7f, at.Input, at.Output),
        Reference = () => new AffineReference(-0.3f, 0.7f),
        ForwardInPlace = true,
        BackwardInPlace = true,
    };

    public static LayerCase SpatialDropout(int pixels, int channels, float rate)
    {
        const int layer = 3;
        return Dropout(pixels * channels, rate) with
        {
            Forward = (pass, at) => SiameseGen.Kernels.SpatialDropout.Forward(pass, pixels, channels, rate, layer, at.Input, at.Output),
            Backward = (pass, at) => SiameseGen.Kernels.SpatialDropout.Backward(pass, pixels, channels, rate, layer, at.OutputGradient, at.InputGradient),
            Reference = () => new DropoutReference(rate, (item, index) =>
            {
                CounterRandom random = SiameseGen.Kernels.Dropout.Mask(LayerHarness.Seed, LayerHarness.Step, layer, item);
                for (int i = 0; i < index % channels; i++)
                    random.NextUInt32();
                return random.NextSingle() < rate;
            }),
        };
    }

    public static LayerCase MaxPool2D(int height, int width, int channels, int size, int stride) => MaxPool2D(Pool(height, width, channels, size, stride), default);

    public static LayerCase MaxPool2D(Pool2DShape shape, WindowBorder border)
    {
        return new(shape.InputLength, shape.OutputLength)
        {
            Forward = (pass, at) => SiameseGen.Kernels.MaxPool2D.Forward(pass, shape, at.Input, at.Output),
            Backward = (pass, at) => SiameseGen.Kernels.MaxPool2D.Backward(pass, shape, at.Input, at.OutputGradient, at.InputGradient),
            Infer = (pass, at) => SiameseGen.Kernels.MaxPool2D.Infer(pass, shape, at.Input, at.Output),
            Reference = () => new MaxPool2DReference(
                shape.Height, shape.Width, shape.Channels, shape.WindowHeight, shape.WindowWidth, shape.Stride, border, shape.StrideAcross),
        };
    }

    public static LayerCase AvgPool2D(int height, int width, int channels, int size, int stride) => AvgPool2D(Pool(height, width, channels, size, stride), default);

    public static LayerCase AvgPool2D(Pool2DShape shape, WindowBorder border)
    {
        return new(shape.InputLength, shape.OutputLength)
        {
            Forward = (pass, at) => SiameseGen.Kernels.AvgPool2D.Forward(pass, shape, at.Input, at.Output),
            Backward = (pass, at) => SiameseGen.Kernels.AvgPool2D.Backward(pass, shape, at.OutputGradient, at.InputGradient),
            Infer = (pass, at) => SiameseGen.Kernels.AvgPool2D.Infer(pass, shape, at.Input, at.Output),
            Reference = () => new AvgPool2DReference(
                shape.Height, shape.Width, shape.Channels, shape.WindowHeight, shape.WindowWidth, shape.Stride, border, shape.StrideAcross),
        };
    }

    public static LayerCase GlobalAvgPool(int height, int width, int channels) => new(height * width * channels, channels)
    {
        Forward = (pass, at) => SiameseGen.Kernels.GlobalAvgPool.Forward(pass, height * width, channels, at.Input, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.GlobalAvgPool.Backward(pass, height * width, channels, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.GlobalAvgPool.Infer(pass, height * width, channels, at.Input, at.Output),
        Reference = () => new GlobalAvgPoolReference(height, width, channels),
    };

    public static LayerCase Dropout(int length, float rate)
    {
        const int layer = 3;
        return new(length, length)
        {
            Forward = (pass, at) => SiameseGen.Kernels.Dropout.Forward(pass, length, rate, layer, at.Input, at.Output),
            Backward = (pass, at) => SiameseGen.Kernels.Dropout.Backward(pass, length, rate, layer, at.OutputGradient, at.InputGradient),
            Reference = () => new DropoutReference(rate, (item, index) =>
            {
                CounterRandom random = SiameseGen.Kernels.Dropout.Mask(LayerHarness.Seed, LayerHarness.Step, layer, item);
                for (int i = 0; i < index; i++)
                    random.NextUInt32();
                return random.NextSingle() < rate;
            }),
            ForwardInPlace = true,
            BackwardInPlace = true,
        };
    }

    public static LayerCase L2Normalize(int length) => new(length, length)
    {
        Forward = (pass, at) => SiameseGen.Kernels.L2Normalize.Forward(pass, length, at.Input, at.Output),
        Backward = (pass, at) => SiameseGen.Kernels.L2Normalize.Backward(pass, length, at.Input, at.Output, at.OutputGradient, at.InputGradient),
        Infer = (pass, at) => SiameseGen.Kernels.L2Normalize.Infer(pass, length, at.Input, at.Output),
        Reference = () => new L2NormalizeReference(),
        BackwardInPlace = true,
    };

    public static LayerCase BatchNorm(int pixels, int channels)
    {
        var shape = new BatchNormShape(pixels, channels, 1e-5f, 0.1f);
        int gain = 0, shift = channels, mean = 2 * channels, variance = 3 * channels;
        return new(shape.Length, shape.Length)
        {
            Forward = (pass, at) => SiameseGen.Kernels.BatchNorm.Forward(
                pass, shape, at.Input, gain, shift, mean, variance, statistics: 0, saved: 0, at.Output),
            Backward = (pass, at) => SiameseGen.Kernels.BatchNorm.Backward(
                pass, shape, at.Input, gain, shift, statistics: 0, saved: 0, at.OutputGradient, at.InputGradient),
            Infer = (pass, at) => SiameseGen.Kernels.BatchNorm.Infer(pass, shape, at.Input, prepared: 0, at.Output),
            Prepare = (parameters, prepared) => SiameseGen.Kernels.BatchNorm.Prepare(
                parameters, shape, new BatchNormFold(gain, shift, mean, variance, shape.Epsilon), prepared),
            Reference = () => new BatchNormReference(channels, shape.Epsilon, shape.Momentum),
            Trainable = [channels, channels],
            State = [channels, channels],
            StatisticsLength = SiameseGen.Kernels.BatchNorm.StatisticsLength(shape),
            SavedLength = SiameseGen.Kernels.BatchNorm.SavedLength(shape),
            PreparedLength = SiameseGen.Kernels.BatchNorm.PreparedLength(shape),
            BackwardInPlace = true,
        };
    }

    public static LayerCase BatchNormReLU(int pixels, int channels)
    {
        var shape = new BatchNormShape(pixels, channels, 1e-5f, 0.1f);
        int gain = 0, shift = channels, mean = 2 * channels, variance = 3 * channels;
        return BatchNorm(pixels, channels) with
        {
            Forward = (pass, at) => SiameseGen.Kernels.BatchNormReLU.Forward(
                pass, shape, at.Input, gain, shift, mean, variance, statistics: 0, saved: 0, at.Output),
            Backward = (pass, at) => SiameseGen.Kernels.BatchNormReLU.Backward(
                pass, shape, at.Input, gain, shift, statistics: 0, saved: 0, at.OutputGradient, at.InputGradient),
            Infer = null,
            Reference = () => new ReferenceSequence(new BatchNormReference(channels, shape.Epsilon, shape.Momentum), new ReLUReference()),
        };
    }

    public static LayerCase BatchNormReLUMaxPool(int height, int width, int channels)
    {
        var shape = new BatchNormShape(height * width, channels, 1e-5f, 0.1f);
        Pool2DShape pool = Pool(height, width, channels, 2, 2);
        int gain = 0, shift = channels, mean = 2 * channels, variance = 3 * channels;
        return BatchNorm(shape.Pixels, channels) with
        {
            OutputLength = pool.OutputLength,
            Forward = (pass, at) => SiameseGen.Kernels.BatchNormReLUMaxPool.Forward(
                pass, shape, pool, at.Input, gain, shift, mean, variance, statistics: 0, saved: 0, at.Output),
            Backward = (pass, at) => SiameseGen.Kernels.BatchNormReLUMaxPool.Backward(
                pass, shape, pool, at.Input, gain, shift, statistics: 0, saved: 0, at.OutputGradient, at.InputGradient),
            Infer = null,
            Reference = () => new ReferenceSequence(
                new BatchNormReference(channels, shape.Epsilon, shape.Momentum), new ReLUReference(), new MaxPool2DReference(height, width, channels, 2, 2, 2)),
            BackwardInPlace = false,
        };
    }

    private static Pool2DShape Pool(int height, int width, int channels, int size, int stride) =>
        new(height, width, channels, size, size, stride, ((height - size) / stride) + 1, ((width - size) / stride) + 1);
}
