namespace SiameseGen.Benchmarks.Models;

/// <summary>The network of the sample Glyphs, for batches of classes.</summary>
[Encoder]
[Image(48, 48)]
[Conv2D(32, Kernel = 5, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(128, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(256, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2, PadBottom = 1, PadRight = 1)]
[Flatten, Dense(128), BatchNorm, L2Normalize]
[NTXentLoss]
internal sealed partial class GlyphClassEncoder;
