namespace SiameseGen.Compiler.Layers;

/// <summary>(x − mean) / deviation, as torchvision's <c>Normalize</c>.</summary>
internal sealed class Standardize() : LayerKind("Standardize")
{
    public override string? Keyword => null; // Rescale's

    public override Layer? Resolve(LayerSite site)
    {
        float? mean = Preprocessing.Finite(site, "mean");
        float? deviation = site.Problems.Value(site.Attribute, "deviation", 1f, "(0, ∞), with a finite reciprocal", value => value > 0f && !float.IsInfinity(1f / value) && 1f / value > 0f);
        float? scale = 1f / deviation;
        return Preprocessing.Make(site, scale, -mean * scale);
    }
}
