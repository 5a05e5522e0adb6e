using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>Convolution with square kernels, as PyTorch's <c>Conv2d</c>.</summary>
internal sealed class Conv2D() : LayerKind("Conv2D")
{
    public override Layer? Resolve(LayerSite site)
    {
        AttributeModel attribute = site.Attribute;
        int? filters = site.Problems.Size(attribute, "filters", 0, Limits.Channels);
        KernelPlaces? places = KernelPlaces.Resolve(site, KernelPlaces.Valid);
        if (filters is null || places is null)
            return null;

        Shape input = places.Image;
        int rows = places.Rows, columns = places.Columns;
        var output = Shape.Image(rows, columns, filters.Value);
        bool bias = attribute.Get("Bias", !site.BatchNormFollows);
        var shape = new Conv2DSizes(input.Height, input.Width, input.Channels, filters.Value, places.Kernel, places.Stride, places.Pad, rows, columns);
        string architecture = Invariant($"conv2d {filters} {places.Architecture} bias {(bias ? 1 : 0)}");
        Layer layer = site.Make(output, Invariant($"{architecture} -> {rows}x{columns}x{filters}"), Lower(shape));
        return layer with
        {
            MultiplyAdds = (long)rows * columns * shape.WeightLength,
            Tensors = Parameters(shape, bias, site.WeightInitializer),
            Constants = [new Constant("Shape", "Conv2DShape", shape.Arguments)],
        };
    }

    private static Lowering Lower(Conv2DSizes shape) => Lower(ConvolutionAlgorithm.ForTraining(shape)) with
    {
        Inference = Lower(ConvolutionAlgorithm.ForInference(shape, shape)),
        PooledInference = Lower(ConvolutionAlgorithm.ForInference(shape, shape.AsPooled)),
    };

    private static Lowering Lower(ConvolutionAlgorithm algorithm)
    {
        Operand weight = Operand.Tensor(TensorRole.Weight), bias = Operand.Tensor(TensorRole.Bias);
        return new Lowering
        {
            Kernel = algorithm.Kernel,
            Algorithm = algorithm.Name,
            MultiplyAdds = algorithm.MultiplyAdds,
            Forward = [Operand.Shape, Operand.Input, weight, bias, Operand.Output],
            Backward = [Operand.Shape, Operand.Input, weight, bias, Operand.OutputGradient, Operand.InputGradient],
            Prepare = [Operand.Shape, weight, bias, Operand.Fold, Operand.Prepared],
            Infer = [Operand.Shape, Operand.Input, Operand.Prepared, Operand.Rectify, Operand.Pool, Operand.Output],
            TrainingScratch = algorithm.TrainingScratch,
            InferenceScratch = algorithm.InferenceScratch,
            Prepared = algorithm.Prepared,
        };
    }

    private static Tensor[] Parameters(Conv2DSizes shape, bool bias, string initializer)
    {
        int pixels = shape.Kernel * shape.Kernel, fanIn = pixels * shape.Channels, fanOut = pixels * shape.Filters;
        var weight = new Tensor(TensorRole.Weight, [shape.Kernel, shape.Kernel, shape.Channels, shape.Filters], initializer, fanIn, fanOut);
        return bias ? [weight, new Tensor(TensorRole.Bias, [shape.Filters], "Zeros", fanIn, fanOut)] : [weight];
    }
}
