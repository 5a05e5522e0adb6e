using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;

namespace SiameseGen.Compiler.Layers;

/// <summary>scale · x + offset, as Keras's <c>Rescaling</c>.</summary>
internal sealed class Rescale() : LayerKind("Rescale")
{
    // The line of all three layers that multiply and add; this one can mean any of them.
    public override string Keyword => "affine";

    public override Layer? Resolve(LayerSite site)
    {
        float? scale = site.Problems.Value(site.Attribute, "scale", 1f, "any finite number but 0", value => !float.IsInfinity(value) && value != 0f);
        return Preprocessing.Make(site, scale, Preprocessing.Finite(site, "Offset"));
    }

    public override IEnumerable<ArgumentModel> Read(ArchitectureLine line) => [new("scale", line.Float()), new("Offset", line.Float())];
}
