namespace SiameseGen.Benchmarks.Models;

/// <summary>Conv4-64, the usual encoder of few-shot learning, with an embedding of 64 numbers of length 1.</summary>
[Encoder]
[Image(28, 28)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Flatten, Dense(64), L2Normalize]
[ContrastiveLoss(Margin = 1f)]
internal sealed partial class ContrastiveGlyphEncoder;
