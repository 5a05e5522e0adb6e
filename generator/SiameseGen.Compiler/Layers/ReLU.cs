namespace SiameseGen.Compiler.Layers;

/// <summary>max(0, x).</summary>
internal sealed class ReLU() : LayerKind("ReLU")
{
    public override bool IsRectifier => true;

    public override Layer? Resolve(LayerSite site)
    {
        site.Leaving = site.Arriving;
        return site.Arriving is null ? null : ElementWise.Make(site, new Operation.Function(FunctionKind.ReLU), "relu") with { IsPlainReLU = true };
    }
}
