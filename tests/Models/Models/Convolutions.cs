namespace SiameseGen.Models;

/// <summary>Zeros around the image; sizes that fill no vector.</summary>
[Encoder]
[Image(5, 7, Channels = 3), Conv2D(5, Padding = Padding.Same), Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class SameConvolution;

/// <summary>No zeros, and no bias.</summary>
[Encoder]
[Image(6, 5, Channels = 2), Conv2D(17, Kernel = 3, Bias = false), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class ValidConvolution;

/// <summary>A kernel of even size: the odd row of zeros lies below, the odd column to the right.</summary>
[Encoder]
[Image(5, 4), Conv2D(3, Kernel = 2, Padding = Padding.Same), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class EvenConvolution;

/// <summary>Steps of two that leave out a row.</summary>
[Encoder]
[Image(8, 9, Channels = 2), Conv2D(7, Kernel = 3, Stride = 2), Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class StridedConvolution;

/// <summary>Steps larger than the kernel.</summary>
[Encoder]
[Image(9, 8), Conv2D(4, Kernel = 2, Stride = 3, Padding = Padding.Same), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class WideStrideConvolution;

/// <summary>A kernel of one pixel.</summary>
[Encoder]
[Image(3, 3, Channels = 5), Conv2D(6, Kernel = 1), Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class PointConvolution;

/// <summary>A kernel as large as the image.</summary>
[Encoder]
[Image(4, 4, Channels = 2), Conv2D(9, Kernel = 4), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class WholeImageConvolution;

/// <summary>More filters than a register tile holds, twice.</summary>
[Encoder]
[Image(4, 5, Channels = 2), Conv2D(33, Padding = Padding.Same), Conv2D(35, Padding = Padding.Same), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class ManyFilters;

/// <summary>The second one's gradient reaches the first one's weights through borders.</summary>
[Encoder]
[Image(7, 6), Conv2D(4, Kernel = 5, Padding = Padding.Same), Conv2D(3, Stride = 2, Padding = Padding.Same), Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class TwoConvolutions;

/// <summary>Batch norm and ReLU go into the convolution at inference.</summary>
[Encoder]
[Image(6, 7, Channels = 2), Conv2D(5, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(3), BatchNorm(Epsilon = 0.01f), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class FoldedConvolution;

/// <summary>A bias that was asked for, although batch norm takes it away in training.</summary>
[Encoder]
[Image(5, 5), Conv2D(4, Bias = true), BatchNorm(Momentum = 0.5f), Tanh, Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class BiasedFoldedConvolution;

/// <summary>Rows and columns of the kernel differ, and so do the borders.</summary>
[Encoder]
[Image(6, 7, Channels = 2), Conv2D(5, KernelHeight = 2, KernelWidth = 5, Pad = 1, PadRight = 3), Tanh, Conv2D(4, KernelWidth = 1, PadTop = 2), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class RectangularConvolution;

/// <summary>Taps apart from one another, with and without steps.</summary>
[Encoder]
[Image(9, 8, Channels = 2), Conv2D(7, Dilation = 2, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(4, Kernel = 2, Dilation = 3, Stride = 2, Pad = 2), Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class DilatedConvolution;

/// <summary>Groups of channels, a filter for each channel among them.</summary>
[Encoder]
[Image(6, 6, Channels = 4), Conv2D(6, Groups = 2, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(6, Groups = 6), Conv2D(9, Kernel = 1, Groups = 3), MaxPool2D(2), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class GroupedConvolution;

/// <summary>As in ResNeXt: a bottleneck whose middle is in groups, with a shortcut.</summary>
[Block]
[Conv2D(8, Kernel = 1), BatchNorm, ReLU, Conv2D(8, Groups = 4, Dilation = 2, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(5, Kernel = 1), BatchNorm]
public partial class GroupedBottleneck;

/// <summary>A residual of grouped convolutions after the stem of a residual network.</summary>
[Encoder]
[Image(12, 11), Conv2D(5, Kernel = 5, Stride = 2, Pad = 2), BatchNorm, ReLU, MaxPool2D(3, Stride = 2, Pad = 1), Residual<GroupedBottleneck>, ReLU, GlobalAvgPool, Dense(6)]
[TripletLoss(Margin = 2f)]
public sealed partial class GroupedResidual;

/// <summary>Large enough for Winograd's algorithm, in training and at inference; and a convolution of the inputs that does what follows it as well, of three channels.</summary>
[Encoder]
[Image(22, 23, Channels = 3), Conv2D(32, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2), Conv2D(34, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(16), Flatten]
[Dense(4), L2Normalize]
[TripletLoss(Margin = 2f)]
public sealed partial class WinogradConvolutions;
