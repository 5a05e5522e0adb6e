namespace SiameseGen.Benchmarks.Models;

/// <summary>Six convolutions for faces of 92 × 112 pixels, the size of the AT&amp;T set.</summary>
[Encoder]
[Image(112, 92)]
[Conv2D(16, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(32, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(32, Padding = Padding.Same), BatchNorm, ReLU]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Flatten, Dense(128), L2Normalize]
[ContrastiveLoss(Margin = 1f)]
internal sealed partial class FaceEncoder;
