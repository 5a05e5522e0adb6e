namespace SiameseGen.Compiler.Layers;

/// <summary>The hyperbolic tangent.</summary>
internal sealed class Tanh() : LayerKind("Tanh")
{
    public override Layer? Resolve(LayerSite site)
    {
        site.Leaving = site.Arriving;
        return site.Arriving is null ? null : ElementWise.Make(site, new Operation.Function(FunctionKind.Tanh), "tanh");
    }
}
