namespace SiameseGen.Benchmarks.UserProject;

/// <summary>A network so small that what a step does besides computing weighs most.</summary>
[Encoder]
[Image(28, 28)]
[Conv2D(8, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Flatten, Dense(16), L2Normalize]
[ContrastiveLoss(Margin = 1f)]
internal sealed partial class SmallGlyphEncoder;
