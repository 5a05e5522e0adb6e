using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>Convolution with square kernels, as PyTorch's <c>Conv2d</c>.</summary>
internal sealed class Conv2D() : LayerKind("Conv2D")
{
    private static readonly string[] Paddings = ["Valid", "Same"];

    public override Layer? Resolve(LayerSite site)
    {
        AttributeModel attribute = site.Attribute;
        int? filters = site.Problems.Size(attribute, "filters", 0, Limits.Channels);
        int? kernel = site.Problems.Size(attribute, "Kernel", 3, Limits.Kernel);
        int? stride = site.Problems.Size(attribute, "Stride", 1, Limits.Stride);
        int? padding = site.Problems.Member(attribute, "Padding", "Padding", Paddings);
        Shape? image = site.ArrivingImage();
        if (filters is null || kernel is null || stride is null || padding is null || image is not { } input)
            return null;

        // As many zeros as keep the size at stride 1; an odd one goes below and to the right.
        int zeros = Paddings[padding.Value] == "Same" ? kernel.Value - 1 : 0;
        if (kernel > input.Height + zeros || kernel > input.Width + zeros)
        {
            int largest = Math.Min(input.Height, input.Width);
            site.Problems.Report(
                ProblemIds.KernelTooLarge, attribute, "Kernel", Text.Brief(attribute), Invariant($"{kernel}×{kernel}"), input.ToString(),
                Invariant($"use a kernel of at most {largest}×{largest}, Padding.Same, or fewer strides and pooling layers before it"));
            return null;
        }

        int rows = ((input.Height + zeros - kernel.Value) / stride.Value) + 1;
        int columns = ((input.Width + zeros - kernel.Value) / stride.Value) + 1;
        var output = Shape.Image(rows, columns, filters.Value);
        bool bias = attribute.Get("Bias", !site.BatchNormFollows);
        var shape = new Conv2DSizes(input.Height, input.Width, input.Channels, filters.Value, kernel.Value, stride.Value, zeros / 2, rows, columns);
        string architecture = Invariant($"conv2d {filters} kernel {kernel} stride {stride} pad {zeros / 2} {zeros - (zeros / 2)} bias {(bias ? 1 : 0)}");
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
