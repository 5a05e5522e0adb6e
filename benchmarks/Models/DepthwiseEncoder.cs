namespace SiameseGen.Benchmarks.Models;

/// <summary>A verifier for images of 48 × 48 from depthwise-separable convolutions, with less than a hundred thousand parameters.</summary>
[Encoder]
[Image(48, 48)]
[Conv2D(16, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU]
[DepthwiseConv2D, BatchNorm, ReLU, Conv2D(32, Kernel = 1), BatchNorm, ReLU]
[DepthwiseConv2D(Stride = 2), BatchNorm, ReLU, Conv2D(64, Kernel = 1), BatchNorm, ReLU]
[DepthwiseConv2D, BatchNorm, ReLU, Conv2D(64, Kernel = 1), BatchNorm, ReLU]
[DepthwiseConv2D(Stride = 2), BatchNorm, ReLU, Conv2D(128, Kernel = 1), BatchNorm, ReLU]
[DepthwiseConv2D, BatchNorm, ReLU, Conv2D(128, Kernel = 1), BatchNorm, ReLU]
[GlobalAvgPool, Dense(64), L2Normalize]
internal sealed partial class DepthwiseEncoder;
