using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>Convolution, as PyTorch's <c>Conv2d</c>.</summary>
internal sealed class Conv2D() : LayerKind("Conv2D")
{
    public override Layer? Resolve(LayerSite site)
    {
        AttributeModel attribute = site.Attribute;
        int? filters = site.Problems.Size(attribute, "filters", 0, Limits.Channels);
        int? groups = site.Problems.Size(attribute, "Groups", 1, Limits.Channels);
        KernelPlaces? places = KernelPlaces.Resolve(site, Border.Valid);
        if (filters is null || groups is null || places is null)
            return null;
        Shape input = places.Image;
        if (!Divisors.Divide(site, "Groups", groups.Value, input.Channels) || !Divisors.Divide(site, "Groups", groups.Value, filters.Value))
            return null;

        bool bias = attribute.Get("Bias", !site.BatchNormFollows);
        Conv2DSizes group = SizesOf(places, input.Channels / groups.Value, filters.Value / groups.Value);
        string architecture = Invariant($"conv2d {filters} {places.Architecture}{(groups == 1 ? "" : Invariant($" groups {groups}"))} bias {(bias ? 1 : 0)}");
        Layer layer = groups == 1
            ? site.Make(Output(), Arrow(), Lower(group)) with { Constants = [new Constant("Shape", "Conv2DShape", group.Arguments)] }
            : GroupedConvolution.Make(site, places, Output(), Arrow(), groups.Value, group);
        return layer with
        {
            MultiplyAdds = (long)places.Rows * places.Columns * groups.Value * group.WeightLength,
            Tensors = GroupedConvolution.Parameters(group, groups.Value, bias, site.WeightInitializer),
            Operation = new Operation.Convolution(places, filters.Value, groups.Value),
        };

        Shape Output() => Shape.Image(places.Rows, places.Columns, filters.Value);
        string Arrow() => Invariant($"{architecture} -> {places.Rows}x{places.Columns}x{filters}");
    }

    public override IEnumerable<ArgumentModel> Read(ArchitectureLine line)
    {
        List<ArgumentModel> arguments = [new("filters", line.Int()), .. KernelPlaces.Read(line)];
        if (line.TakeIf("groups"))
            arguments.Add(new("Groups", line.Int()));
        line.Expect("bias");
        arguments.Add(new("Bias", line.Bool()));
        return arguments;
    }

    /// <summary>The runtime's shape.</summary>
    /// <param name="places">Where the kernel comes to lie.</param>
    /// <param name="channels">Channels of a group.</param>
    /// <param name="filters">Filters of a group.</param>
    public static Conv2DSizes SizesOf(KernelPlaces places, int channels, int filters) => new(
        places.Image.Height, places.Image.Width, channels, filters, places.Down.Taps, places.Across.Taps, places.Stride, places.Down.Before,
        places.Across.Before, places.Rows, places.Columns, places.Dilation);

    private static Lowering Lower(Conv2DSizes shape) => Lower(ConvolutionAlgorithm.ForTraining(shape)) with
    {
        Inference = Lower(ConvolutionAlgorithm.ForInference(shape, shape)),
        PooledInference = Lower(ConvolutionAlgorithm.ForInference(shape, shape.AsPooled)),
        InputTraining = InputConvolutionSizes.Pays(shape) ? LowerInput(new InputConvolutionSizes(shape)) : null,
    };

    private static Lowering LowerInput(InputConvolutionSizes sizes)
    {
        Operand weight = Operand.Tensor(TensorRole.Weight), bias = Operand.Tensor(TensorRole.Bias);
        return new Lowering
        {
            Kernel = "Conv2DBatchNormReLUMaxPool",
            Algorithm = "direct",
            Forward = [Operand.Shape, Operand.NormShape, Operand.Fold, Operand.Input, weight, bias, Operand.Statistics, Operand.Marks, Operand.Output],
            Backward = [Operand.Shape, Operand.Fold, Operand.Input, weight, Operand.Statistics, Operand.Marks, Operand.OutputGradient],
            Statistics = sizes.StatisticsLength,
            Marks = sizes.MarksLength,
            TrainingScratch = sizes.TrainingScratch,
        };
    }

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
            SingleInferenceScratch = algorithm.SingleInferenceScratch,
            Prepared = algorithm.Prepared,
        };
    }
}
