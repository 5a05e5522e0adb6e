using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>Fully connected layer, as PyTorch's <c>Linear</c>.</summary>
internal sealed class Dense() : LayerKind("Dense")
{
    public override Layer? Resolve(LayerSite site)
    {
        AttributeModel attribute = site.Attribute;
        int? units = site.Problems.Size(attribute, "units", 0, Limits.Channels);
        Shape? vector = site.ArrivingVector();
        site.Leaving = units is null ? null : Shape.Vector(units.Value);
        if (units is null || vector is not { } input)
            return null;

        var output = Shape.Vector(units.Value);
        bool bias = attribute.Get("Bias", !site.BatchNormFollows);
        var shape = new DenseSizes(input.Length, units.Value);
        return site.Make(output, Invariant($"dense bias {(bias ? 1 : 0)} -> {units}"), Lower(shape)) with
        {
            MultiplyAdds = shape.WeightLength,
            Tensors = Parameters(shape, bias, site.WeightInitializer),
            Constants = [new Constant("Shape", "DenseShape", shape.Arguments)],
            Operation = new Operation.Product(),
        };
    }

    public override IEnumerable<ArgumentModel> Read(ArchitectureLine line)
    {
        line.Expect("bias");
        bool bias = line.Bool();
        line.Expect("->");
        return [new("units", line.Int()), new("Bias", bias)];
    }

    private static Lowering Lower(DenseSizes shape)
    {
        Operand weight = Operand.Tensor(TensorRole.Weight), bias = Operand.Tensor(TensorRole.Bias);
        return new Lowering
        {
            Kernel = "Dense",
            Algorithm = "gemm",
            MultiplyAdds = shape.WeightLength,
            Forward = [Operand.Shape, Operand.Input, weight, bias, Operand.Output],
            Backward = [Operand.Shape, Operand.Input, weight, bias, Operand.OutputGradient, Operand.InputGradient],
            Prepare = [Operand.Shape, weight, bias, Operand.Fold, Operand.Prepared],
            Infer = [Operand.Shape, Operand.Input, Operand.Prepared, Operand.Rectify, Operand.Output],
            TrainingScratch = KernelSizes.TrainingScratch(shape),
            Prepared = KernelSizes.PreparedLength(shape),
        };
    }

    private static Tensor[] Parameters(DenseSizes shape, bool bias, string initializer)
    {
        var weight = new Tensor(TensorRole.Weight, [shape.Inputs, shape.Outputs], initializer, shape.Inputs, shape.Outputs) { HasBatchGradient = true };
        return bias ? [weight, new Tensor(TensorRole.Bias, [shape.Outputs], "Zeros", shape.Inputs, shape.Outputs)] : [weight];
    }
}
