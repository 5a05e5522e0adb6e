namespace SiameseGen.Compiler.Losses;

/// <summary>Every kind of loss there is.</summary>
internal static class LossCatalogue
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<LossKind> All { get; } = [new ContrastiveLoss(), new TripletLoss(), new OwnLoss()];

    /// <summary>The kind of that name; null when it is no loss.</summary>
    /// <param name="name">The attribute's name without <c>Attribute</c>.</param>
    public static LossKind? Named(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
