namespace SiameseGen.Compiler.Layers;

/// <summary>x / max(‖x‖₂, 10⁻¹²), as PyTorch's <c>functional.normalize</c>.</summary>
internal sealed class L2Normalize() : LayerKind("L2Normalize")
{
    private static readonly Lowering Lowering = new()
    {
        Kernel = "L2Normalize",
        Forward = [Operand.Length, Operand.Input, Operand.Output],
        Backward = [Operand.Length, Operand.Input, Operand.Output, Operand.OutputGradient, Operand.InputGradient],
        Infer = [Operand.Length, Operand.Input, Operand.Output],
        BackwardReplaces = OperandKind.OutputGradient,
    };

    public override Layer? Resolve(LayerSite site)
    {
        Shape? vector = site.ArrivingVector();
        site.Leaving = site.Arriving is { } arriving ? Shape.Vector(arriving.Length) : null;
        if (vector is not { } shape)
            return null;
        return site.Make(shape, "l2normalize", Lowering) with
        {
            Constants = [Constant.Int("Length", shape.Length)],
            Operation = new Operation.UnitLength(),
        };
    }
}
