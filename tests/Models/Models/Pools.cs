namespace SiameseGen.Models;

/// <summary>Windows side by side; the last row does not fill one.</summary>
[Encoder]
[Image(7, 6, Channels = 3), MaxPool2D(2), Flatten, Dense(5)]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class PlainMaxPool2D;

/// <summary>Windows that share pixels, so that a gradient comes from several.</summary>
[Encoder]
[Image(6, 5, Channels = 2), Conv2D(5, Padding = Padding.Same), MaxPool2D(3, Stride = 1), Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class OverlappingMaxPool2D;

/// <summary>Windows with pixels between them that none sees.</summary>
[Encoder]
[Image(8, 8), Conv2D(3, Padding = Padding.Same), MaxPool2D(2, Stride = 3), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class SparseMaxPool2D;

/// <summary>Many zeros among which the first one counts.</summary>
[Encoder]
[Image(6, 6), Conv2D(4, Padding = Padding.Same), ReLU, MaxPool2D(2), Conv2D(3, Kernel = 2), Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class TiedMaxPool2D;

/// <summary>Windows side by side; the last column does not fill one.</summary>
[Encoder]
[Image(6, 7, Channels = 3), Conv2D(4, Padding = Padding.Same), AvgPool2D(2), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class PlainAvgPool2D;

/// <summary>Windows that share pixels.</summary>
[Encoder]
[Image(5, 6, Channels = 2), Conv2D(5, Padding = Padding.Same), AvgPool2D(3, Stride = 2), Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class OverlappingAvgPool2D;

/// <summary>One number a channel.</summary>
[Encoder]
[Image(5, 3, Channels = 2), Conv2D(19, Padding = Padding.Same), GlobalAvgPool]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class PlainGlobalAvgPool;

/// <summary>The gradient of a mean reaches every pixel.</summary>
[Encoder]
[Image(4, 4, Channels = 3), Conv2D(6), Tanh, GlobalAvgPool, Dense(3)]
[TripletLoss(Margin = 2f)]
public sealed partial class GlobalAvgPoolAndDense;

/// <summary>The largest of the whole image.</summary>
[Encoder]
[Image(5, 4), Conv2D(11), GlobalMaxPool, Dense(6)]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class PlainGlobalMaxPool;

/// <summary>A learned power.</summary>
[Encoder]
[Image(5, 4), Conv2D(11), Softplus, GeMPool, Dense(6)]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class PlainGeMPool;

/// <summary>A power of values some of which are below 0.</summary>
[Encoder]
[Image(5, 4), Conv2D(9), Tanh, GeMPool(Power = 2f), Dense(6)]
[TripletLoss(Margin = 2f)]
public sealed partial class GeMPoolBelowZero;

/// <summary>Borders that take no part.</summary>
[Encoder]
[Image(7, 6, Channels = 3), Conv2D(5, Padding = Padding.Same), MaxPool2D(3, Stride = 2, Pad = 1), MaxPool2D(2, Stride = 1, Padding = Padding.Same), Flatten]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class PaddedMaxPool2D;

/// <summary>Windows that are not square, side by side, and a border of zeros.</summary>
[Encoder]
[Image(7, 9, Channels = 2), Conv2D(9, Padding = Padding.Same), AvgPool2D(2, 3), AvgPool2D(3, 2, Stride = 1, PadTop = 1, PadRight = 1), MaxPool2D(1, 2), Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class RectangularPools;
