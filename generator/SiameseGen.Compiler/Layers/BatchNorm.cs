using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>Batch normalisation per channel, as PyTorch's <c>BatchNorm2d</c> and <c>BatchNorm1d</c>.</summary>
internal sealed class BatchNorm() : LayerKind("BatchNorm")
{
    private const int Shards = 8;

    public override bool IsBatchNorm => true;

    public override Layer? Resolve(LayerSite site)
    {
        AttributeModel attribute = site.Attribute;
        float? epsilon = site.Problems.Value(attribute, "Epsilon", 1e-5f, "(0, 1]", value => value is > 0f and <= 1f);
        float? momentum = site.Problems.Value(attribute, "Momentum", 0.1f, "(0, 1]", value => value is > 0f and <= 1f);
        site.Leaving = site.Arriving;
        if (epsilon is null || momentum is null || site.Arriving is not { } shape)
            return null;

        int channels = shape.Channels;
        string sizes = Invariant($"Pixels: {shape.Pixels}, Channels: {channels}, Epsilon: {Text.Literal(epsilon.Value)}, Momentum: {Text.Literal(momentum.Value)}");
        string fold = string.Join(", ", Fold) + ", " + Text.Literal(epsilon.Value);
        return site.Make(shape, $"batchnorm epsilon {Text.Number(epsilon.Value)}", Lower(channels)) with
        {
            Tensors =
            [
                new Tensor(TensorRole.Gain, [channels], "Ones", channels, channels),
                new Tensor(TensorRole.Shift, [channels], "Zeros", channels, channels),
                new Tensor(TensorRole.RunningMean, [channels], "Zeros", channels, channels),
                new Tensor(TensorRole.RunningVariance, [channels], "Ones", channels, channels),
            ],
            Constants = [new Constant("Shape", "BatchNormShape", sizes), new Constant("Fold", "BatchNormFold", fold)],
            IsFoldable = true,
        };
    }

    public override IEnumerable<ArgumentModel> Read(ArchitectureLine line)
    {
        line.Expect("epsilon");
        return [new("Epsilon", line.Float())];
    }

    private static readonly TensorRole[] Fold = [TensorRole.Gain, TensorRole.Shift, TensorRole.RunningMean, TensorRole.RunningVariance];

    private static Lowering Lower(int channels)
    {
        Operand gain = Operand.Tensor(TensorRole.Gain), shift = Operand.Tensor(TensorRole.Shift);
        Operand mean = Operand.Tensor(TensorRole.RunningMean), variance = Operand.Tensor(TensorRole.RunningVariance);
        var alone = new Lowering
        {
            Kernel = "BatchNorm",
            Forward = [Operand.Shape, Operand.Input, gain, shift, mean, variance, Operand.Statistics, Operand.Saved, Operand.Output],
            Backward = [Operand.Shape, Operand.Input, gain, shift, Operand.Statistics, Operand.Saved, Operand.OutputGradient, Operand.InputGradient],
            Prepare = [Operand.Shape, Operand.Constant("Fold"), Operand.Prepared],
            Infer = [Operand.Shape, Operand.Input, Operand.Prepared, Operand.Output],
            ForwardInPlace = true,
            BackwardReplaces = OperandKind.OutputGradient,
            Statistics = 4L * channels * Shards, // two sums a shard and channel, forward and backward
            Saved = 5L * channels,
            Prepared = 2L * channels,
        };
        return alone with
        {
            RectifiedTraining = alone with { Kernel = "BatchNormReLU" },

            // The gradient of the input is larger than that of the output, but fits into the place of the input, which nobody else reads then.
            PooledTraining = alone with
            {
                Kernel = "BatchNormReLUMaxPool",
                Forward = [Operand.Shape, Operand.PoolShape, .. alone.Forward.Skip(1)],
                Backward = [Operand.Shape, Operand.PoolShape, .. alone.Backward.Skip(1)],
                BackwardReplaces = OperandKind.Input,
            },
        };
    }
}
