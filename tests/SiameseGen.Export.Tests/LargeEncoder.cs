namespace SiameseGen.Export.Tests;

/// <summary>An encoder whose convolutions are by Winograd's algorithm, and whose activations take more than a verifier takes from the stack. Compiled in memory: with so many sums it is none for gradients.</summary>
internal static class LargeEncoder
{
    /// <summary>Its declaration.</summary>
    public const string Source =
        """
        [Encoder, Image(24, 24), Conv2D(16, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(16, Padding = Padding.Same), BatchNorm, ReLU, GlobalAvgPool, Dense(6)]
        public partial class Large;
        """;

    /// <summary>Its class.</summary>
    public static Type Type { get; } = Generated.Load(Generated.WithGenerated(Generated.Project(Source))).GetType("Large")!;
}
