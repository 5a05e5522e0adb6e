namespace SiameseGen.Persistence;

/// <summary>Layers with weights, as far as the weights tell them apart: those of one sort are matched with one another.</summary>
internal enum LayerSort
{
    Convolution,
    Depthwise,
    Dense,
    BatchNormalization,
    Normalization,
    Slope,
    Power,
}

/// <summary>Tells sorts apart.</summary>
internal static class LayerSorts
{
    private static readonly string[] Names = ["convolutions", "depthwise convolutions", "dense layers", "batch normalisations", "normalisations", "learned slopes", "learned powers"];

    /// <summary>The sort of a layer.</summary>
    /// <param name="roles">What its tensors are.</param>
    /// <param name="rank">Dimensions of its weights.</param>
    /// <param name="isDepthwise">Whether it is a depthwise convolution, and these are told apart.</param>
    public static LayerSort Of(IReadOnlyCollection<ParameterRole> roles, int rank, bool isDepthwise) =>
        roles.Contains(ParameterRole.RunningMean) ? LayerSort.BatchNormalization
        : roles.Contains(ParameterRole.Gain) ? LayerSort.Normalization
        : roles.Contains(ParameterRole.Slope) ? LayerSort.Slope
        : roles.Contains(ParameterRole.Power) ? LayerSort.Power
        : rank == 2 ? LayerSort.Dense
        : isDepthwise ? LayerSort.Depthwise
        : LayerSort.Convolution;

    /// <summary>The plural of a sort, for messages.</summary>
    /// <param name="sort">The sort.</param>
    public static string Plural(LayerSort sort) => Names[(int)sort];
}
