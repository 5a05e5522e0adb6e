namespace SiameseGen.Models;

/// <summary>On the inputs, with nothing to fold it into.</summary>
[Encoder]
[Features(9), BatchNorm(Epsilon = 0.001f, Momentum = 0.25f)]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class PlainBatchNorm;

/// <summary>One mean a channel, over items and pixels.</summary>
[Encoder]
[Image(3, 4, Channels = 5), BatchNorm, Conv2D(3), Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class ImageBatchNorm;

/// <summary>Behind an activation, so not folded.</summary>
[Encoder]
[Image(5, 5), Conv2D(6), Tanh, BatchNorm, ReLU, Flatten, Dense(7), Sigmoid, BatchNorm]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class LoneBatchNorm;

/// <summary>Only the first one can be folded.</summary>
[Encoder]
[Features(7), Dense(6), BatchNorm, BatchNorm(Momentum = 1f), Dense(3)]
[TripletLoss(Margin = 2f)]
public sealed partial class TwiceBatchNorm;

/// <summary>Pooling between convolution and batch norm.</summary>
[Encoder]
[Image(6, 6), Conv2D(5), MaxPool2D(2), BatchNorm, LeakyReLU, Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class PooledBatchNorm;

/// <summary>Embeddings of length 1.</summary>
[Encoder]
[Features(9), Dense(5), L2Normalize]
[ContrastiveLoss(Margin = 1.9f)]
public sealed partial class PlainL2Normalize;

/// <summary>In the middle of the network, twice.</summary>
[Encoder]
[Features(21), L2Normalize, Dense(18), L2Normalize, Dense(4)]
[TripletLoss(Margin = 2f)]
public sealed partial class InnerL2Normalize;

/// <summary>The channels of each pixel, then a whole vector.</summary>
[Encoder]
[Image(5, 4), Conv2D(9, Kernel = 1), Tanh, LayerNorm, Conv2D(6), Flatten, LayerNorm(Epsilon = 0.01f), Dense(6)]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class PlainLayerNorm;

/// <summary>Groups of channels over an image, and of features.</summary>
[Encoder]
[Image(5, 4), Conv2D(12), GroupNorm(3), LeakyReLU, Conv2D(6, Kernel = 2), GroupNorm(1), Flatten, Dense(6)]
[TripletLoss(Margin = 2f)]
public sealed partial class PlainGroupNorm;
