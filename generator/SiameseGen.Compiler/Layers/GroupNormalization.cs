using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>What group and layer normalisation have in common.</summary>
internal static class GroupNormalization
{
    /// <summary>Reads <c>Epsilon</c>.</summary>
    /// <param name="site">Where the layer stands.</param>
    public static float? Epsilon(LayerSite site) => site.Problems.Value(site.Attribute, "Epsilon", 1e-5f, "(0, 1]", value => value is > 0f and <= 1f);

    /// <summary>Makes the layer.</summary>
    /// <param name="site">Where it stands.</param>
    /// <param name="shape">What arrives.</param>
    /// <param name="rows">Parts of an item that are normalised each for itself.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="architecture">See <see cref="Layer.Architecture"/>.</param>
    public static Layer Make(LayerSite site, Shape shape, int rows, int groups, float epsilon, string architecture)
    {
        Operand gain = Operand.Tensor(TensorRole.Gain), shift = Operand.Tensor(TensorRole.Shift);
        int channels = shape.Channels;
        var lowering = new Lowering
        {
            Kernel = "GroupNorm",
            Forward = [Operand.Shape, Operand.Input, gain, shift, Operand.Output],
            Backward = [Operand.Shape, Operand.Input, gain, shift, Operand.OutputGradient, Operand.InputGradient],
            Prepare = [Operand.Shape, gain, shift, Operand.Prepared],
            Infer = [Operand.Shape, Operand.Input, Operand.Prepared, Operand.Output],
            ForwardInPlace = true,
            BackwardReplaces = OperandKind.OutputGradient,
            TrainingScratch = 6L * channels,
            InferenceScratch = 6L * channels,
            Prepared = 2L * channels,
        };
        string sizes = Invariant($"Rows: {rows}, Pixels: {shape.Pixels / rows}, Channels: {channels}, Groups: {groups}, Epsilon: {Text.Literal(epsilon)}");
        return site.Make(shape, architecture, lowering) with
        {
            Tensors = [new Tensor(TensorRole.Gain, [channels], "Ones", channels, channels), new Tensor(TensorRole.Shift, [channels], "Zeros", channels, channels)],
            Constants = [new Constant("Shape", "GroupNormShape", sizes)],
            Operation = new Operation.GroupNormalization(rows, groups, epsilon),
        };
    }
}
