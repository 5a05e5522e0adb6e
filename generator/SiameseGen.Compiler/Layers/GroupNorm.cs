using SiameseGen.Compiler.Model;
using SiameseGen.Compiler.Planning;
using static System.FormattableString;

namespace SiameseGen.Compiler.Layers;

/// <summary>Normalisation of groups of channels over an image, as PyTorch's <c>GroupNorm</c>.</summary>
internal sealed class GroupNorm() : LayerKind("GroupNorm")
{
    public override Layer? Resolve(LayerSite site)
    {
        int? groups = site.Problems.Size(site.Attribute, "groups", 0, Limits.Channels);
        float? epsilon = GroupNormalization.Epsilon(site);
        site.Leaving = site.Arriving;
        if (groups is null || epsilon is null || site.Arriving is not { } shape || !Divisors.Divide(site, "groups", groups.Value, shape.Channels))
            return null;
        return GroupNormalization.Make(site, shape, 1, groups.Value, epsilon.Value, Invariant($"groupnorm {groups} epsilon {Text.Number(epsilon.Value)}"));
    }

    public override IEnumerable<ArgumentModel> Read(ArchitectureLine line)
    {
        int groups = line.Int();
        line.Expect("epsilon");
        return [new("groups", groups), new("Epsilon", line.Float())];
    }
}
