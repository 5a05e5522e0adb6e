namespace SiameseGen.Compiler.Layers;

/// <summary>x / (1 + e⁻ˣ).</summary>
internal sealed class SiLU() : LayerKind("SiLU")
{
    public override Layer? Resolve(LayerSite site)
    {
        site.Leaving = site.Arriving;
        return site.Arriving is null ? null : ElementWise.Make(site, new Operation.Function(FunctionKind.SiLU), Operand.Input, "silu");
    }
}
