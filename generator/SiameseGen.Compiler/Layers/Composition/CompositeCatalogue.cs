namespace SiameseGen.Compiler.Layers.Composition;

/// <summary>Every kind of attribute that stands for several layers.</summary>
internal static class CompositeCatalogue
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<CompositeKind> All { get; } = [new Use(), new Repeat(), new Residual(), new SeparableConv2D(), new SqueezeExcite()];

    private static readonly Dictionary<string, CompositeKind> ByName = All.ToDictionary(kind => kind.Name);

    /// <summary>The kind of that name; null when it is none.</summary>
    /// <param name="name">The attribute's name without <c>Attribute</c>.</param>
    public static CompositeKind? Named(string name) => ByName.TryGetValue(name, out CompositeKind kind) ? kind : null;
}
