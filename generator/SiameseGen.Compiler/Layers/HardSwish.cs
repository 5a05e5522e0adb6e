namespace SiameseGen.Compiler.Layers;

/// <summary>x · min(max(x + 3, 0), 6) / 6.</summary>
internal sealed class HardSwish() : LayerKind("HardSwish")
{
    public override Layer? Resolve(LayerSite site)
    {
        site.Leaving = site.Arriving;
        return site.Arriving is null ? null : ElementWise.Make(site, new Operation.Function(FunctionKind.HardSwish), Operand.Input, "hardswish");
    }
}
