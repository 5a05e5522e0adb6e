namespace SiameseGen.Models;

/// <summary>ReLU behind a dense layer, so fused at inference.</summary>
[Encoder]
[Features(9), Dense(11), ReLU]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class PlainReLU;

/// <summary>ReLU on the inputs.</summary>
[Encoder]
[Features(19), ReLU, Dense(4)]
[TripletLoss(Margin = 2f)]
public sealed partial class FirstReLU;

/// <summary>A slope for negative values.</summary>
[Encoder]
[Features(9), Dense(11), LeakyReLU(Slope = 0.2f)]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class PlainLeakyReLU;

/// <summary>The slope that is there without being asked for, on an image.</summary>
[Encoder]
[Image(3, 3, Channels = 2), Conv2D(3, Padding = Padding.Same), LeakyReLU, Flatten]
[TripletLoss(Margin = 2f)]
public sealed partial class DefaultLeakyReLU;

/// <summary>Between 0 and 1.</summary>
[Encoder]
[Features(9), Dense(11), Sigmoid]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class PlainSigmoid;

/// <summary>Between −1 and 1.</summary>
[Encoder]
[Features(9), Dense(11), Tanh]
[TripletLoss(Margin = 2f)]
public sealed partial class PlainTanh;

/// <summary>One after the other.</summary>
[Encoder]
[Image(4, 3), Conv2D(5, Padding = Padding.Same), Tanh, LeakyReLU(Slope = 0.5f), Sigmoid, ReLU, Flatten, Dense(4)]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class AllActivations;
