namespace SiameseGen.Benchmarks.Models;

/// <summary>Conv4 with 16 filters.</summary>
[Encoder]
[Image(28, 28)]
[Conv2D(16, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(16, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(16, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(16, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Flatten, Dense(64), L2Normalize]
internal sealed partial class NarrowEncoder;

/// <summary>Conv4 with 128 filters.</summary>
[Encoder]
[Image(28, 28)]
[Conv2D(128, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(128, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(128, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(128, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Flatten, Dense(64), L2Normalize]
internal sealed partial class WideEncoder;

/// <summary>Conv4-64 for images of twice the side.</summary>
[Encoder]
[Image(56, 56)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Flatten, Dense(64), L2Normalize]
internal sealed partial class DoubleSideEncoder;

/// <summary>Conv4-64 for images of four times the side.</summary>
[Encoder]
[Image(112, 112)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Flatten, Dense(64), L2Normalize]
internal sealed partial class FourfoldSideEncoder;
