namespace SiameseGen.Models;

/// <summary>The architecture of the sample, small.</summary>
[Encoder]
[Image(14, 14)]
[Conv2D(6, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Conv2D(10, Padding = Padding.Same), BatchNorm, ReLU, MaxPool2D(2)]
[Flatten, Dense(9), L2Normalize]
[TripletLoss(Margin = 0.5f)]
public sealed partial class SmallGlyphs;

/// <summary>Every kind of layer but max pooling, on colours.</summary>
[Encoder]
[Image(10, 9, Channels = 3)]
[Dropout(0.1f), Conv2D(5, Kernel = 3, Stride = 2), LeakyReLU(Slope = 0.1f), AvgPool2D(2)]
[Conv2D(9, Kernel = 2, Padding = Padding.Same), Sigmoid, BatchNorm, Dropout(0.25f), GlobalAvgPool]
[BatchNorm, Tanh, Dense(6, Bias = false)]
[ContrastiveLoss(Margin = 2.5f, Distance = DistanceMetric.Manhattan)]
public sealed partial class SmallPatches;

/// <summary>Measurements rather than pictures.</summary>
[Encoder]
[Features(12)]
[Dense(16), BatchNorm, ReLU, Dropout(0.2f), Dense(16), BatchNorm, ReLU, Dense(4)]
[ContrastiveLoss(Margin = 2f)]
public sealed partial class SmallSensors;

/// <summary>Small enough to learn in a moment.</summary>
[Encoder]
[Features(12), Dense(16), BatchNorm, ReLU, Dense(6)]
[ContrastiveLoss(Margin = 1f)]
public sealed partial class ClusterContrastive;

/// <summary>Small enough to learn in a moment.</summary>
[Encoder]
[Features(12), Dense(16), ReLU, Dropout(0.1f), Dense(6), L2Normalize]
[TripletLoss(Margin = 0.4f)]
public sealed partial class ClusterTriplet;

/// <summary>Layers that learn on top of one that was learned before.</summary>
[Encoder]
[Features(12), Dense(32, Frozen = true), ReLU, Dense(32), ReLU, Dense(8), L2Normalize]
[TripletLoss(Margin = 0.4f)]
public sealed partial class ClusterOnFrozen;

/// <summary>A model without dropout, in which equal inputs have equal embeddings.</summary>
[Encoder]
[Image(6, 6), Conv2D(5, Padding = Padding.Same), BatchNorm, ReLU, AvgPool2D(2), Flatten, Dense(7), Tanh]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class SmallTwins;
