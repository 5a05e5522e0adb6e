using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Losses;

/// <summary>Pulls similar pairs together and pushes dissimilar ones apart, up to a margin.</summary>
internal sealed class ContrastiveLoss() : MarginLoss("ContrastiveLoss")
{
    public override IReadOnlyList<string> Accepts { get; } = ["Pairs", "Classes"];

    protected override float DefaultMargin => 1f;

    protected override string? OptionsOf(AttributeModel attribute, ProblemList problems)
    {
        if (LossCatalogue.Reduction.Resolve(attribute, problems) is not { } reduction)
            return null;
        return (attribute.Get("Squared", true) ? "" : ", squared: false") + (reduction.Length > 0 ? $", {reduction}" : "");
    }
}
