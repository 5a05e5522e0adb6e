using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers;

/// <summary>x above 0, alpha · (eˣ − 1) elsewhere.</summary>
internal sealed class ELU() : LayerKind("ELU")
{
    public override Layer? Resolve(LayerSite site)
    {
        float? alpha = site.Problems.Value(site.Attribute, "Alpha", 1f, "[0, 1000]", value => value is >= 0f and <= 1000f);
        site.Leaving = site.Arriving;
        if (alpha is null || site.Arriving is null)
            return null;
        return ElementWise.Make(site, $"elu {Text.Number(alpha.Value)}", Constant.Float("Alpha", alpha.Value));
    }

    public override IEnumerable<ArgumentModel> Read(ArchitectureLine line) => [new("Alpha", line.Float())];
}
