using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers;

/// <summary>x times the standard normal's distribution function of x.</summary>
internal sealed class GELU() : LayerKind("GELU")
{
    private const int ByTanh = 1;
    private static readonly string[] Approximations = ["None", "Tanh"];

    public override Layer? Resolve(LayerSite site)
    {
        int? approximation = site.Problems.Member(site.Attribute, "Approximation", "GELUApproximation", Approximations);
        site.Leaving = site.Arriving;
        if (approximation is null || site.Arriving is null)
            return null;
        return approximation == ByTanh
            ? ElementWise.Make(site, "TanhGELU", Operand.Input, "gelu tanh")
            : ElementWise.Make(site, "GELU", Operand.Input, "gelu");
    }

    public override IEnumerable<ArgumentModel> Read(ArchitectureLine line) => line.TakeIf("tanh") ? [new("Approximation", ByTanh)] : [];
}
