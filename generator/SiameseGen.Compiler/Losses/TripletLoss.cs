using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Losses;

/// <summary>Wants an anchor closer to its positive than to its negative, by a margin.</summary>
internal sealed class TripletLoss() : MarginLoss("TripletLoss")
{
    public override IReadOnlyList<string> Accepts { get; } = ["Triplets", "Classes"];

    public override bool NeedsScale => true;

    protected override bool TakesProducts => true;

    protected override float DefaultMargin => 0.2f;

    protected override string? OptionsOf(AttributeModel attribute, ProblemList problems)
    {
        if (LossCatalogue.Reduction.Resolve(attribute, problems) is not { } reduction)
            return null;
        return (attribute.Get("Swap", false) ? ", swap: true" : "") + (attribute.Get("Soft", false) ? ", soft: true" : "") + (reduction.Length > 0 ? $", {reduction}" : "");
    }
}
