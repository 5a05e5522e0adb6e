namespace SiameseGen.Compiler.Layers;

/// <summary>x above 0, a learned slope · x elsewhere.</summary>
internal sealed class PReLU() : LayerKind("PReLU")
{
    private static readonly Operand Channels = Operand.Constant("Channels");
    private static readonly Operand Slope = Operand.Tensor(TensorRole.Slope);

    public override bool IsRectifier => true;

    public override Layer? Resolve(LayerSite site)
    {
        site.Leaving = site.Arriving;
        if (site.Arriving is not { } shape)
            return null;
        var lowering = new Lowering
        {
            Kernel = "PReLU",
            Forward = [Operand.Length, Channels, Operand.Input, Slope, Operand.Output],
            Backward = [Operand.Length, Channels, Operand.Input, Slope, Operand.OutputGradient, Operand.InputGradient],
            Prepare = [Channels, Slope, Operand.Prepared],
            Infer = [Operand.Length, Channels, Operand.Input, Operand.Prepared, Operand.Output],
            ForwardInPlace = true,
            BackwardReplaces = OperandKind.OutputGradient,
            Prepared = shape.Channels,
        };
        return site.Make(shape, "prelu", lowering) with
        {
            Tensors = [new Tensor(TensorRole.Slope, [shape.Channels], "Constant", shape.Channels, shape.Channels) { InitialValue = 0.25f }],
            Constants = [Constant.Int("Length", shape.Length), Constant.Int(Channels.Name, shape.Channels)],
            Operation = new Operation.ChannelSlope(),
        };
    }
}
