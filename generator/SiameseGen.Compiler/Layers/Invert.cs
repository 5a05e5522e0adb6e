namespace SiameseGen.Compiler.Layers;

/// <summary>1 − x.</summary>
internal sealed class Invert() : LayerKind("Invert")
{
    public override string? Keyword => null; // Rescale's

    public override Layer? Resolve(LayerSite site) => Preprocessing.Make(site, -1f, 1f);
}
