using SiameseGen.Compiler.Planning;
using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>Convolution with a square kernel for each channel, as PyTorch's <c>Conv2d</c> with as many groups as channels.</summary>
internal sealed class DepthwiseConv2D() : LayerKind("DepthwiseConv2D")
{
    public override Layer? Resolve(LayerSite site)
    {
        if (KernelPlaces.Resolve(site, KernelPlaces.Same) is not { } places)
            return null;
        int channels = places.Image.Channels;
        bool bias = site.Attribute.Get("Bias", !site.BatchNormFollows);
        var output = Shape.Image(places.Rows, places.Columns, channels);
        var shape = new DepthwiseConv2DSizes(
            places.Image.Height, places.Image.Width, channels, places.Kernel, places.Stride, places.Pad, places.Rows, places.Columns);
        string architecture = Invariant($"depthwiseconv2d {places.Architecture} bias {(bias ? 1 : 0)} -> {places.Rows}x{places.Columns}x{channels}");
        return site.Make(output, architecture, Lower(shape)) with
        {
            MultiplyAdds = shape.MultiplyAdds,
            Tensors = Parameters(shape, bias, site.WeightInitializer),
            Constants = [new Constant("Shape", "DepthwiseConv2DShape", shape.Arguments)],
        };
    }

    private static Lowering Lower(DepthwiseConv2DSizes shape)
    {
        Operand weight = Operand.Tensor(TensorRole.Weight), bias = Operand.Tensor(TensorRole.Bias);
        return new Lowering
        {
            Kernel = "DepthwiseConv2D",
            Algorithm = "depthwise",
            MultiplyAdds = shape.MultiplyAdds,
            Forward = [Operand.Shape, Operand.Input, weight, bias, Operand.Output],
            Backward = [Operand.Shape, Operand.Input, weight, bias, Operand.OutputGradient, Operand.InputGradient],
            Prepare = [Operand.Shape, weight, bias, Operand.Fold, Operand.Prepared],
            Infer = [Operand.Shape, Operand.Input, Operand.Prepared, Operand.Rectify, Operand.Output],
            TrainingScratch = shape.TrainingScratch,
            Prepared = shape.PreparedLength,
        };
    }

    private static Tensor[] Parameters(DepthwiseConv2DSizes shape, bool bias, string initializer)
    {
        // An output has the pixels under its filter as inputs, and an input reaches as many outputs.
        int fan = shape.Kernel * shape.Kernel;
        var weight = new Tensor(TensorRole.Weight, [shape.Kernel, shape.Kernel, shape.Channels], initializer, fan, fan);
        return bias ? [weight, new Tensor(TensorRole.Bias, [shape.Channels], "Zeros", fan, fan)] : [weight];
    }
}
