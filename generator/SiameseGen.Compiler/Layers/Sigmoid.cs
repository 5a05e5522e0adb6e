namespace SiameseGen.Compiler.Layers;

/// <summary>1 / (1 + e⁻ˣ).</summary>
internal sealed class Sigmoid() : LayerKind("Sigmoid")
{
    public override Layer? Resolve(LayerSite site)
    {
        site.Leaving = site.Arriving;
        return site.Arriving is null ? null : ElementWise.Make(site, new Operation.Function(FunctionKind.Sigmoid), "sigmoid");
    }
}
