namespace SiameseGen.Compiler.Layers;

/// <summary>ln(1 + eˣ).</summary>
internal sealed class Softplus() : LayerKind("Softplus")
{
    public override Layer? Resolve(LayerSite site)
    {
        site.Leaving = site.Arriving;
        return site.Arriving is null ? null : ElementWise.Make(site, new Operation.Function(FunctionKind.Softplus), "softplus");
    }
}
