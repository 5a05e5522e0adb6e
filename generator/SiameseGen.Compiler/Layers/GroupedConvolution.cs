using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers;

/// <summary>Convolutions whose channels are in groups: what <see cref="Conv2D"/> and <see cref="DepthwiseConv2D"/> have in common.</summary>
internal static class GroupedConvolution
{
    /// <summary>Makes a layer without its tensors, computed in the faster way.</summary>
    /// <param name="site">Where it stands.</param>
    /// <param name="places">Where the kernel comes to lie.</param>
    /// <param name="output">Its output.</param>
    /// <param name="architecture">Its line in the architecture's text.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="group">The convolution of one group.</param>
    public static Layer Make(LayerSite site, KernelPlaces places, Shape output, string architecture, int groups, Conv2DSizes group)
    {
        // A filter for each channel has a kernel of its own, unless it is dilated.
        if (group is { Channels: 1, Filters: 1, Dilation: 1 })
        {
            var depthwise = new DepthwiseConv2DSizes(
                group.Height, group.Width, groups, group.KernelHeight, group.KernelWidth, group.Stride, group.PadTop, group.PadLeft, places.Rows, places.Columns);
            Lowering lowering = Lower("DepthwiseConv2D", "depthwise") with
            {
                MultiplyAdds = depthwise.MultiplyAdds,
                TrainingScratch = depthwise.TrainingScratch,
                Prepared = depthwise.PreparedLength,
            };
            return site.Make(output, architecture, lowering) with { Constants = [new Constant("Shape", "DepthwiseConv2DShape", depthwise.Arguments)] };
        }

        var shape = new GroupedConv2DSizes(groups, group);
        Lowering grouped = Lower("GroupedConv2D", "direct") with
        {
            MultiplyAdds = shape.MultiplyAdds,
            TrainingScratch = shape.TrainingScratch,
            InferenceScratch = shape.InferenceScratch,
            SingleInferenceScratch = shape.SingleInferenceScratch,
            Prepared = shape.PreparedLength,
        };
        return site.Make(output, architecture, grouped) with { Constants = [new Constant("Shape", "GroupedConv2DShape", shape.Arguments)] };
    }

    /// <summary>The tensors: kernel rows × kernel columns × channels of a group × filters of all groups, and biases.</summary>
    /// <param name="group">The convolution of one group.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="initializer">How the weights start.</param>
    public static Tensor[] Parameters(Conv2DSizes group, int groups, bool bias, string initializer)
    {
        int pixels = group.KernelHeight * group.KernelWidth, fanIn = pixels * group.Channels, fanOut = pixels * group.Filters, filters = groups * group.Filters;
        var weight = new Tensor(TensorRole.Weight, [group.KernelHeight, group.KernelWidth, group.Channels, filters], initializer, fanIn, fanOut);
        return bias ? [weight, new Tensor(TensorRole.Bias, [filters], "Zeros", fanIn, fanOut)] : [weight];
    }

    private static Lowering Lower(string kernel, string algorithm)
    {
        Operand weight = Operand.Tensor(TensorRole.Weight), bias = Operand.Tensor(TensorRole.Bias);
        return new Lowering
        {
            Kernel = kernel,
            Algorithm = algorithm,
            Forward = [Operand.Shape, Operand.Input, weight, bias, Operand.Output],
            Backward = [Operand.Shape, Operand.Input, weight, bias, Operand.OutputGradient, Operand.InputGradient],
            Prepare = [Operand.Shape, weight, bias, Operand.Fold, Operand.Prepared],
            Infer = [Operand.Shape, Operand.Input, Operand.Prepared, Operand.Rectify, Operand.Output],
        };
    }
}
