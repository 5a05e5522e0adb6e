namespace SiameseGen.Compiler.Layers;

/// <summary>Sets random values to 0 in training, as PyTorch's <c>Dropout</c>; passes everything at inference, where no call is made.</summary>
internal sealed class Dropout() : LayerKind("Dropout")
{
    private static readonly Operand Rate = Operand.Constant("Rate");
    private static readonly Operand Position = Operand.Constant("Layer");

    private static readonly Lowering Lowering = new()
    {
        Kernel = "Dropout",
        Forward = [Operand.Length, Rate, Position, Operand.Input, Operand.Output],
        Backward = [Operand.Length, Rate, Position, Operand.OutputGradient, Operand.InputGradient],
        ForwardInPlace = true,
        BackwardReplaces = OperandKind.OutputGradient,
    };

    public override string? Keyword => null;

    public override Layer? Resolve(LayerSite site)
    {
        float? rate = site.Problems.Value(site.Attribute, "rate", 0f, "[0, 1)", value => value is >= 0f and < 1f);
        site.Leaving = site.Arriving;
        if (rate is null || site.Arriving is not { } shape)
            return null;
        return site.Make(shape, "", Lowering) with
        {
            Constants = [Constant.Int("Length", shape.Length), Constant.Float(Rate.Name, rate.Value), Constant.Int(Position.Name, site.Position)],
        };
    }
}
