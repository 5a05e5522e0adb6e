using SiameseGen.Compiler.Layers;
using SiameseGen.Compiler.Model;

namespace SiameseGen.Compiler.Losses;

/// <summary>Wants an anchor closer to its positive than to its negative, by a margin.</summary>
internal sealed class TripletLoss() : MarginLoss("TripletLoss")
{
    // Members of SiameseGen.Losses.LossReduction, in order.
    private static readonly string[] Reductions = ["Default", "MeanOfActive", "Mean", "Sum"];

    public override IReadOnlyList<string> Accepts { get; } = ["Triplets", "Classes"];

    public override bool NeedsScale => true;

    protected override bool TakesProducts => true;

    protected override float DefaultMargin => 0.2f;

    protected override string? OptionsOf(AttributeModel attribute, ProblemList problems)
    {
        if (problems.Member(attribute, "Reduction", "LossReduction", Reductions) is not { } reduction)
            return null;
        return (attribute.Get("Swap", false) ? ", swap: true" : "") + (attribute.Get("Soft", false) ? ", soft: true" : "")
            + (reduction > 0 ? $", reduction: global::SiameseGen.Losses.LossReduction.{Reductions[reduction]}" : "");
    }
}
