using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>The generalised mean of each channel, with a learned power.</summary>
internal sealed class GeMPool() : LayerKind("GeMPool")
{
    private static readonly Operand Pixels = Operand.Constant("Pixels");
    private static readonly Operand Channels = Operand.Constant("Channels");
    private static readonly Operand Power = Operand.Tensor(TensorRole.Power);

    public override Layer? Resolve(LayerSite site)
    {
        float? power = site.Problems.Value(site.Attribute, "Power", 3f, "[0.1, 100]", value => value is >= 0.1f and <= 100f);
        Shape? image = site.ArrivingImage();
        site.Leaving = site.Arriving is { } arriving ? Shape.Vector(arriving.Channels) : null;
        if (power is null || image is not { } input)
            return null;
        var lowering = new Lowering
        {
            Kernel = "GeMPool",
            Forward = [Pixels, Channels, Operand.Input, Power, Operand.Output],
            Backward = [Pixels, Channels, Operand.Input, Power, Operand.OutputGradient, Operand.InputGradient],
            Prepare = [Power, Operand.Prepared],
            Infer = [Pixels, Channels, Operand.Input, Operand.Prepared, Operand.Output],
            TrainingScratch = input.Channels,
            Prepared = 1,
        };
        return site.Make(Shape.Vector(input.Channels), Invariant($"gempool -> {input.Channels}"), lowering) with
        {
            Tensors = [new Tensor(TensorRole.Power, [1], "Constant", 1, 1) { InitialValue = power.Value }],
            Operation = new Operation.PowerMean(),
            Constants = [Constant.Int(Pixels.Name, input.Pixels), Constant.Int(Channels.Name, input.Channels)],
        };
    }
}
