using Xunit;

namespace SiameseGen.Generator.Tests;

/// <summary>Models of the kinds that users write.</summary>
internal static class SampleModels
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        // Snell et al., 2017, and Hermans et al., 2017.
        ["GlyphEncoder"] = """
            [Image(28, 28)]
            [Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
            [Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
            [Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
            [Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
            [Flatten, Dense(64), L2Normalize]
            [TripletLoss(Margin = 0.2f)]
            """,
        ["SensorEncoder"] = """
            [Features(12)]
            [Dense(32), ReLU, Dense(8)]
            [ContrastiveLoss]
            """,
        ["PatchEncoder"] = """
            [Image(16, 12, Channels = 3)]
            [Dropout(0.1f), Conv2D(8, Kernel = 5, Stride = 2), LeakyReLU(Slope = 0.1f), AvgPool2D(2)]
            [Conv2D(16, Kernel = 2), Sigmoid, Dropout(0.25f), GlobalAvgPool]
            [BatchNorm, Tanh, Dense(6, Bias = false)]
            [ContrastiveLoss(Margin = 1.5f, Distance = DistanceMetric.Manhattan)]
            """,
    };

    public static TheoryData<string> Names => [.. All.Keys];
}
