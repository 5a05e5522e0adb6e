using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>The largest value of each channel: maximum pooling with a window of the whole image.</summary>
internal sealed class GlobalMaxPool() : LayerKind("GlobalMaxPool")
{
    private static readonly Lowering Lowering = new()
    {
        Kernel = "MaxPool2D",
        Forward = [Operand.Shape, Operand.Input, Operand.Output],
        Backward = [Operand.Shape, Operand.Input, Operand.OutputGradient, Operand.InputGradient],
        Infer = [Operand.Shape, Operand.Input, Operand.Output],
    };

    public override Layer? Resolve(LayerSite site)
    {
        Shape? image = site.ArrivingImage();
        site.Leaving = site.Arriving is { } arriving ? Shape.Vector(arriving.Channels) : null;
        if (image is not { } input)
            return null;
        string sizes = Invariant($"Height: {input.Height}, Width: {input.Width}, Channels: {input.Channels}, WindowHeight: {input.Height}, WindowWidth: {input.Width}, ")
            + "Stride: 1, OutputHeight: 1, OutputWidth: 1";
        return site.Make(Shape.Vector(input.Channels), Invariant($"globalmaxpool -> {input.Channels}"), Lowering) with
        {
            Constants = [new Constant("Shape", "Pool2DShape", sizes)],
            Operation = new Operation.Window(IsMean: false, KernelSide.Whole(input.Height), KernelSide.Whole(input.Width)),
        };
    }
}
