using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers;

/// <summary>Normalisation of each pixel's channels, as PyTorch's <c>LayerNorm</c> over the last axis.</summary>
internal sealed class LayerNorm() : LayerKind("LayerNorm")
{
    public override Layer? Resolve(LayerSite site)
    {
        float? epsilon = GroupNormalization.Epsilon(site);
        site.Leaving = site.Arriving;
        return epsilon is null || site.Arriving is not { } shape
            ? null
            : GroupNormalization.Make(site, shape, shape.Pixels, 1, epsilon.Value, $"layernorm epsilon {Text.Number(epsilon.Value)}");
    }

    public override IEnumerable<ArgumentModel> Read(ArchitectureLine line)
    {
        line.Expect("epsilon");
        return [new("Epsilon", line.Float())];
    }
}
