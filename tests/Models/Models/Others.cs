namespace SiameseGen.Models;

/// <summary>Half of the values are dropped, and the rest doubled.</summary>
[Encoder]
[Features(37), Dense(21), Dropout(0.5f), Dense(5)]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class PlainDropout;

/// <summary>Inputs are dropped.</summary>
[Encoder]
[Features(37), Dropout(0.2f), Dense(5)]
[TripletLoss(Margin = 2f)]
public sealed partial class FirstDropout;

/// <summary>Embeddings are dropped.</summary>
[Encoder]
[Features(6), Dense(19), Dropout(0.3f)]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class LastDropout;

/// <summary>Two masks that are not the same.</summary>
[Encoder]
[Image(4, 4, Channels = 2), Dropout(0.25f), Conv2D(5, Padding = Padding.Same), ReLU, Dropout(0.4f), Flatten, Dense(6)]
[TripletLoss(Margin = 2f)]
public sealed partial class TwoDropouts;

/// <summary>Nothing is dropped.</summary>
[Encoder]
[Features(6), Dense(9), Dropout(0f)]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class NoDropout;

/// <summary>What is dropped counts in the means.</summary>
[Encoder]
[Features(12), Dense(20), Dropout(0.5f), BatchNorm, Tanh, Dense(4)]
[TripletLoss(Margin = 2f)]
public sealed partial class DropoutAndBatchNorm;

/// <summary>No weights at all: embeddings are the inputs.</summary>
[Encoder]
[Image(2, 3), Flatten, Dense(2)]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class OnlyFlatten;

/// <summary>Flattening what is flat already changes nothing.</summary>
[Encoder]
[Image(3, 2, Channels = 2), Flatten, Flatten, Dense(5)]
[TripletLoss(Margin = 2f)]
public sealed partial class TwoFlattens;

/// <summary>What is done to pixels before the first layer that learns, and to what others made.</summary>
[Encoder]
[Image(5, 4, Channels = 2), Invert, Rescale(2f, Offset = -1f), Standardize(0.1f, 0.7f), Conv2D(9), Rescale(0.5f), Flatten, Dense(6)]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class Preprocessed;

/// <summary>Whole channels are dropped.</summary>
[Encoder]
[Image(5, 4), Conv2D(11), SpatialDropout(0.3f), Conv2D(6, Kernel = 2), Flatten, Dense(6)]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class PlainSpatialDropout;
