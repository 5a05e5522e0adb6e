namespace SiameseGen.Compiler.Losses;

/// <summary>Wants an anchor closer to its positive than to its negative, by a margin.</summary>
internal sealed class TripletLoss() : MarginLoss("TripletLoss")
{
    public override IReadOnlyList<string> Accepts { get; } = ["Triplets", "Classes"];

    public override bool NeedsScale => true;

    protected override float DefaultMargin => 0.2f;
}
