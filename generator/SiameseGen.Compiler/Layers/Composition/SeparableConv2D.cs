using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers.Composition;

/// <summary>A convolution of each channel for itself, then one of 1×1 that mixes the channels, as Keras's <c>SeparableConv2D</c>.</summary>
internal sealed class SeparableConv2D() : CompositeKind("SeparableConv2D")
{
    private static readonly string[] OfThePlaces =
        ["Kernel", "KernelHeight", "KernelWidth", "Stride", "Dilation", "Padding", "Pad", "PadTop", "PadBottom", "PadLeft", "PadRight", "Initializer"];
    private static readonly string[] OfTheMixture = ["filters", "Bias", "Initializer"];

    public override Cursor Compose(CompositeSite site)
    {
        AttributeModel attribute = site.Attribute;

        // A depthwise convolution by itself has another default.
        ArgumentModel[] border = Border.IsSet(attribute) ? [] : [new("Padding", Border.Valid)];
        AttributeModel depthwise = site.Part(
            "DepthwiseConv2D", [.. attribute.Arguments.Where(argument => OfThePlaces.Contains(argument.Name)), .. border, new("Bias", false)]);
        AttributeModel pointwise = site.Part(
            "Conv2D", [.. attribute.Arguments.Where(argument => OfTheMixture.Contains(argument.Name)), new ArgumentModel("Kernel", 1)]);
        return site.Put([depthwise, pointwise], site.Scope(site.Name(Name)), site.Start, site.Following);
    }

    public override IEnumerable<LayerKind> Kinds(AttributeModel attribute, Composer composer) =>
        [LayerCatalogue.Named("DepthwiseConv2D")!, LayerCatalogue.Named("Conv2D")!];
}
