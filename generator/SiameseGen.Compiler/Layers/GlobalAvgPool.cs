using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>The mean of each channel, as PyTorch's <c>AdaptiveAvgPool2d(1)</c> and <c>Flatten</c>.</summary>
internal sealed class GlobalAvgPool() : LayerKind("GlobalAvgPool")
{
    private static readonly Operand Pixels = Operand.Constant("Pixels");
    private static readonly Operand Channels = Operand.Constant("Channels");

    private static readonly Lowering Lowering = new()
    {
        Kernel = "GlobalAvgPool",
        Forward = [Pixels, Channels, Operand.Input, Operand.Output],
        Backward = [Pixels, Channels, Operand.OutputGradient, Operand.InputGradient],
        Infer = [Pixels, Channels, Operand.Input, Operand.Output],
    };

    public override Layer? Resolve(LayerSite site)
    {
        Shape? image = site.ArrivingImage();
        site.Leaving = site.Arriving is { } arriving ? Shape.Vector(arriving.Channels) : null;
        if (image is not { } input)
            return null;
        return site.Make(Shape.Vector(input.Channels), Invariant($"globalavgpool -> {input.Channels}"), Lowering) with
        {
            Constants = [Constant.Int(Pixels.Name, input.Pixels), Constant.Int(Channels.Name, input.Channels)],
            Operation = new Operation.Window(IsMean: true, KernelSide.Whole(input.Height), KernelSide.Whole(input.Width)),
        };
    }
}
