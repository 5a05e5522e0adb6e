using SiameseGen;

namespace TinyVerifier;

/// <summary>
/// The network that is trained, and whose weights are shipped: four blocks of 3×3 convolution, batch normalisation, rectifier and pooling take a 28×28 drawing down to 1×1×64.
/// It is Conv4-64 of few-shot learning made narrow where pictures are large: 52,000 parameters, 2.5 million multiply-adds.
/// </summary>
[Encoder]
[Image(28, 28)]
[Conv2D(24, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(32, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(48, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(64, Kernel = 3, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Flatten, Dense(48), L2Normalize]
[TripletLoss(Margin = 0.2f)]
public partial class TinyGlyphEncoder;
