namespace SiameseGen.Compiler.Layers;

/// <summary>Every kind of layer there is.</summary>
internal static class LayerCatalogue
{
    /// <summary>All kinds, those with weights first.</summary>
    public static IReadOnlyList<LayerKind> All { get; } =
    [
        new Conv2D(),
        new DepthwiseConv2D(),
        new Dense(),
        new BatchNorm(),
        new LayerNorm(),
        new GroupNorm(),
        new ReLU(),
        new LeakyReLU(),
        new PReLU(),
        new ELU(),
        new GELU(),
        new SiLU(),
        new HardSwish(),
        new Softplus(),
        new Sigmoid(),
        new Tanh(),
        new MaxPool2D(),
        new AvgPool2D(),
        new GlobalAvgPool(),
        new GlobalMaxPool(),
        new GeMPool(),
        new Dropout(),
        new SpatialDropout(),
        new Rescale(),
        new Standardize(),
        new Invert(),
        new Flatten(),
        new L2Normalize(),
    ];

    private static readonly Dictionary<string, LayerKind> ByName = All.ToDictionary(kind => kind.Name);

    /// <summary>The kind of that name; null when it is no layer.</summary>
    /// <param name="name">The attribute's name without <c>Attribute</c>.</param>
    public static LayerKind? Named(string name) => ByName.TryGetValue(name, out LayerKind kind) ? kind : null;
}
