namespace SiameseGen.Compiler.Layers;

/// <summary>Sets random channels to 0 in training, as PyTorch's <c>Dropout2d</c>; passes everything at inference, where no call is made.</summary>
internal sealed class SpatialDropout() : LayerKind("SpatialDropout")
{
    private static readonly Operand Pixels = Operand.Constant("Pixels");
    private static readonly Operand Channels = Operand.Constant("Channels");
    private static readonly Operand Rate = Operand.Constant("Rate");
    private static readonly Operand Position = Operand.Constant("Layer");

    private static readonly Lowering Lowering = new()
    {
        Kernel = "SpatialDropout",
        Forward = [Pixels, Channels, Rate, Position, Operand.Input, Operand.Output],
        Backward = [Pixels, Channels, Rate, Position, Operand.OutputGradient, Operand.InputGradient],
        ForwardInPlace = true,
        BackwardReplaces = OperandKind.OutputGradient,
    };

    public override string? Keyword => null;

    public override Layer? Resolve(LayerSite site)
    {
        float? rate = site.Problems.Value(site.Attribute, "rate", 0f, "[0, 1)", value => value is >= 0f and < 1f);
        Shape? image = site.ArrivingImage();
        site.Leaving = site.Arriving;
        if (rate is null || image is not { } shape)
            return null;
        return site.Make(shape, "", Lowering) with
        {
            Constants =
            [
                Constant.Int(Pixels.Name, shape.Pixels), Constant.Int(Channels.Name, shape.Channels), Constant.Float(Rate.Name, rate.Value),
                Constant.Int(Position.Name, site.Position),
            ],
        };
    }
}
