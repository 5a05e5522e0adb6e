namespace SiameseGen.Benchmarks.Models;

/// <summary>
/// Signatures of 155 × 220 pixels with the layers of SigNet (Dey et al., 2017): kernels of 11, 5 and 3 and its overlapping pooling; batch normalisation in
/// place of local response normalisation.
/// </summary>
[Encoder]
[Image(155, 220)]
[Conv2D(96, Kernel = 11), BatchNorm, ReLU, MaxPool2D(3, Stride = 2)]
[Conv2D(256, Kernel = 5, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(3, Stride = 2)]
[Conv2D(384, Padding = Padding.Same), BatchNorm, ReLU]
[Conv2D(256, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(3, Stride = 2)]
[Flatten, Dense(128), L2Normalize]
internal sealed partial class SignatureEncoder;
