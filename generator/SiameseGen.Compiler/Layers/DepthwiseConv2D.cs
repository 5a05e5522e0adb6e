using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>Convolution with a kernel for each channel, as PyTorch's <c>Conv2d</c> with as many groups as channels.</summary>
internal sealed class DepthwiseConv2D() : LayerKind("DepthwiseConv2D")
{
    public override Layer? Resolve(LayerSite site)
    {
        if (KernelPlaces.Resolve(site, Border.Same) is not { } places)
            return null;
        int channels = places.Image.Channels;
        bool bias = site.Attribute.Get("Bias", !site.BatchNormFollows);
        Conv2DSizes one = Conv2D.SizesOf(places, 1, 1);
        string architecture = Invariant($"depthwiseconv2d {places.Architecture} bias {(bias ? 1 : 0)} -> {places.Rows}x{places.Columns}x{channels}");
        Layer layer = GroupedConvolution.Make(site, places, Shape.Image(places.Rows, places.Columns, channels), architecture, channels, one);

        // A dimension of one channel says nothing.
        Tensor[] tensors = GroupedConvolution.Parameters(one, channels, bias, site.WeightInitializer);
        tensors[0] = tensors[0] with { Shape = [one.KernelHeight, one.KernelWidth, channels] };
        return layer with
        {
            MultiplyAdds = layer.Lowering.MultiplyAdds,
            Tensors = tensors,
            Operation = new Operation.Convolution(places, channels, channels),
        };
    }

    public override IEnumerable<ArgumentModel> Read(ArchitectureLine line)
    {
        List<ArgumentModel> arguments = [.. KernelPlaces.Read(line)];
        line.Expect("bias");
        arguments.Add(new("Bias", line.Bool()));
        return arguments;
    }
}
