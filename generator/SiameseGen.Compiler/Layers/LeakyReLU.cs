using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers;

/// <summary>x above 0, slope · x elsewhere.</summary>
internal sealed class LeakyReLU() : LayerKind("LeakyReLU")
{
    public override bool IsRectifier => true;

    public override Layer? Resolve(LayerSite site)
    {
        float? slope = site.Problems.Value(site.Attribute, "Slope", 0.01f, "[0, 1)", value => value is >= 0f and < 1f);
        site.Leaving = site.Arriving;
        if (slope is null || site.Arriving is null)
            return null;
        return ElementWise.Make(site, $"leakyrelu {Text.Number(slope.Value)}", Constant.Float("Slope", slope.Value));
    }

    public override IEnumerable<ArgumentModel> Read(ArchitectureLine line) => [new("Slope", line.Float())];
}
