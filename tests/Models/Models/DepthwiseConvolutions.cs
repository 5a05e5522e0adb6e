namespace SiameseGen.Models;

/// <summary>A filter for each channel, on fewer channels than a vector has.</summary>
[Encoder]
[Image(5, 7, Channels = 3), DepthwiseConv2D, Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class FirstDepthwiseConvolution;

/// <summary>Whole vectors and a rest, between others whose gradients go through it.</summary>
[Encoder]
[Image(6, 5, Channels = 2), Conv2D(19, Kernel = 1), DepthwiseConv2D(Bias = true), Tanh, Conv2D(3, Kernel = 1), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class InnerDepthwiseConvolution;

/// <summary>No zeros, a larger kernel, and no bias.</summary>
[Encoder]
[Image(7, 8, Channels = 2), Conv2D(8, Kernel = 1), DepthwiseConv2D(Kernel = 5, Padding = Padding.Valid, Bias = false), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class ValidDepthwiseConvolution;

/// <summary>Steps of two with an even kernel, then steps larger than the kernel.</summary>
[Encoder]
[Image(11, 10, Channels = 2), Conv2D(9, Kernel = 1), DepthwiseConv2D(Kernel = 4, Stride = 2), DepthwiseConv2D(Kernel = 2, Stride = 3), Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class StridedDepthwiseConvolution;

/// <summary>A depthwise-separable network: batch norm and ReLU go into the convolutions at inference.</summary>
[Encoder]
[Image(8, 9), Conv2D(8, Stride = 2, Padding = Padding.Same), BatchNorm, ReLU]
[DepthwiseConv2D, BatchNorm, ReLU, Conv2D(17, Kernel = 1), BatchNorm, ReLU]
[DepthwiseConv2D(Stride = 2), BatchNorm, ReLU, Conv2D(10, Kernel = 1), BatchNorm, GlobalAvgPool, Dense(6)]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class SeparableConvolutions;

/// <summary>Rows and columns of the kernel differ, taps lie apart, and the border is given.</summary>
[Encoder]
[Image(8, 7, Channels = 2), Conv2D(9, Kernel = 1), DepthwiseConv2D(KernelHeight = 2, KernelWidth = 4, Pad = 1), Tanh, DepthwiseConv2D(Dilation = 2), Tanh]
[SeparableConv2D(5, KernelHeight = 1, PadLeft = 2), SeparableConv2D(4, Kernel = 2, Dilation = 2, Padding = Padding.Same), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class RectangularDepthwiseConvolution;
