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

/// <summary>A slope for each channel, and for each feature.</summary>
[Encoder]
[Image(4, 5), Conv2D(9), PReLU, Flatten, Dense(6), PReLU, Dense(5)]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class PlainPReLU;

/// <summary>Exponential on the left.</summary>
[Encoder]
[Features(12), ELU, Dense(11), ELU(Alpha = 0.5f)]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class PlainELU;

/// <summary>Both ways of computing it.</summary>
[Encoder]
[Features(12), Dense(11), GELU, Dense(9), GELU(Approximation = GELUApproximation.Tanh)]
[TripletLoss(Margin = 2f)]
public sealed partial class PlainGELU;

/// <summary>Activations that read their input on the way back.</summary>
[Encoder]
[Features(12), Dense(11), SiLU, Dense(9), HardSwish]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class PlainSwish;

/// <summary>Smooth.</summary>
[Encoder]
[Features(12), Dense(11), Softplus, Dense(9), Softplus]
[ContrastiveLoss(Margin = 3f)]
public sealed partial class PlainSoftplus;
