namespace SiameseGen.Models;

/// <summary>A convolution as most networks have it.</summary>
[Block]
[Conv2D(9, Padding = Padding.Same), BatchNorm, ReLU]
public sealed partial class ConvolutionBlock;

/// <summary>The branch of a residual network: keeps the shape.</summary>
[Block]
[Conv2D(9, Padding = Padding.Same), BatchNorm, ReLU, Conv2D(9, Padding = Padding.Same), BatchNorm]
public sealed partial class ResidualBranch;

/// <summary>Halves the image.</summary>
[Block]
[Conv2D(12, Stride = 2, Padding = Padding.Same), BatchNorm, LeakyReLU, Conv2D(12, Padding = Padding.Same), BatchNorm]
public sealed partial class HalvingBranch;

/// <summary>Halves the image, too.</summary>
[Block]
[Conv2D(12, Kernel = 1, Stride = 2), BatchNorm]
public sealed partial class HalvingShortcut;

/// <summary>A block of blocks.</summary>
[Block]
[Residual<ResidualBranch>, ReLU]
public sealed partial class ResidualStage;

/// <summary>Branches within branches, which start where others do.</summary>
[Block]
[Residual<ResidualStage>, SqueezeExcite(3), Residual<ConvolutionBlock>]
public sealed partial class NestedBranch;

/// <summary>Layers of a vector, none of which learns.</summary>
[Block]
[Tanh, Dropout(0.2f)]
public sealed partial class UnlearnedBranch;

/// <summary>One block put in twice, once by name.</summary>
[Encoder]
[Image(6, 5, Channels = 2), Use<ConvolutionBlock>, Use<ConvolutionBlock>(Name = "second"), MaxPool2D(2), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class UsedBlocks;

/// <summary>A small residual network.</summary>
[Encoder]
[Image(8, 8), Conv2D(9, Padding = Padding.Same, Name = "stem"), BatchNorm, ReLU]
[Repeat<ResidualStage>(2), Residual<HalvingBranch, HalvingShortcut>, ReLU, GlobalAvgPool, Dense(6)]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class SmallResidual;

/// <summary>Branches that part right at the input: of one nobody asks a gradient.</summary>
[Encoder]
[Features(7), Residual<UnlearnedBranch>, Dense(8), Residual<UnlearnedBranch>, Sigmoid, Residual<UnlearnedBranch>]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class ResidualFeatures;

/// <summary>Branches in branches, three of which start at one place.</summary>
[Encoder]
[Image(5, 4), Conv2D(9, Padding = Padding.Same), Residual<NestedBranch>, Residual<NestedBranch>, GlobalAvgPool]
[TripletLoss(Margin = 1f)]
public sealed partial class NestedResidual;

/// <summary>Channels weighted by what the whole image says.</summary>
[Encoder]
[Image(5, 5), Conv2D(11, Kernel = 1), SqueezeExcite(4), Tanh, SqueezeExcite, Flatten]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class ExcitedChannels;

/// <summary>Channels for themselves, then mixed.</summary>
[Encoder]
[Image(9, 8, Channels = 3), SeparableConv2D(11, Padding = Padding.Same), ReLU, SeparableConv2D(10, Kernel = 4, Stride = 2), BatchNorm, ReLU, Flatten, Dense(5)]
[TripletLoss(Margin = 2f)]
public sealed partial class SeparableLayers;
