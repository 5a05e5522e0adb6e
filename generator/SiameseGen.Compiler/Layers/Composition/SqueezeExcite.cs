using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers.Composition;

/// <summary>Weights each channel by what a small network makes of all channels' means (Hu, Shen and Sun, 2018).</summary>
internal sealed class SqueezeExcite() : CompositeKind("SqueezeExcite")
{
    private static readonly Operand Pixels = Operand.Constant("Pixels");
    private static readonly Operand Channels = Operand.Constant("Channels");

    private static readonly Lowering Lowering = new()
    {
        Kernel = "ChannelScale",
        Forward = [Pixels, Channels, Operand.Input, Operand.Branch, Operand.Output],
        Backward = [Pixels, Channels, Operand.Input, Operand.Branch, Operand.OutputGradient, Operand.InputGradient, Operand.BranchGradient],
        Infer = [Pixels, Channels, Operand.Input, Operand.Branch, Operand.Output],
    };

    public override string Keyword => "channelscale";

    public override Cursor Compose(CompositeSite site)
    {
        int? ratio = site.Problems.Size(site.Attribute, "ratio", 16, Limits.Channels);
        var at = new LayerSite(site.Attribute, new LayerName("", ""), 0, site.Start.Shape, site.Start.VectorSince, [], site.Problems);
        if (at.ArrivingImage() is not { } image || ratio is null)
            return site.Start;

        NameScope names = site.Scope(site.Name(Name));
        int hidden = Math.Max(1, image.Channels / ratio.Value);
        AttributeModel[] parts =
        [
            site.Part("GlobalAvgPool"),
            site.Part("Dense", new ArgumentModel("units", hidden)),
            site.Part("ReLU"),
            site.Part("Dense", new ArgumentModel("units", image.Channels)),
            site.Part("Sigmoid"),
        ];
        Cursor gates = site.Put(parts, names, site.Start, Fork.Alone);
        return gates.Shape is null
            ? site.Start
            : site.Join(
                names.Next("ChannelScale"), site.Start, gates, "channelscale", Lowering,
                Constant.Int(Pixels.Name, image.Pixels), Constant.Int(Channels.Name, image.Channels));
    }

    public override IEnumerable<LayerKind> Kinds(AttributeModel attribute, Composer composer) => Fork.Alone;

    public override AttributeModel Read(ArchitectureLine line, int fork, int branch, ArchitectureReader reader)
    {
        // Of all ratios that make as many hidden units, the largest.
        int[] units = [.. reader.Layers(fork, branch).Where(layer => layer.Kind == "Dense").Select(layer => layer.Get("units", 0))];
        return units.Length == 2 && units[0] > 0
            ? new AttributeModel(Name, EquatableArray.Of(new ArgumentModel("ratio", Math.Max(1, units[1] / units[0]))), 0)
            : throw line.Broken("weights of channels from two dense layers were expected");
    }
}
