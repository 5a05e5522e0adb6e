namespace SiameseGen.Models;

/// <summary>One matrix and a bias.</summary>
[Encoder]
[Features(13), Dense(7)]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class PlainDense;

/// <summary>One matrix.</summary>
[Encoder]
[Features(3), Dense(18, Bias = false)]
[TripletLoss(Margin = 2f)]
public sealed partial class UnbiasedDense;

/// <summary>An embedding of one float.</summary>
[Encoder]
[Features(5), Dense(1)]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class OneUnit;

/// <summary>A matrix of one row.</summary>
[Encoder]
[Features(1), Dense(19), Tanh, Dense(3)]
[TripletLoss(Margin = 2f)]
public sealed partial class OneInput;

/// <summary>Several in a row.</summary>
[Encoder]
[Features(33), Dense(40), ReLU, Dense(17), LeakyReLU(Slope = 0.3f), Dense(9), Sigmoid, Dense(5)]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class DeepDense;

/// <summary>Batch norm and ReLU go into the dense layer at inference.</summary>
[Encoder]
[Features(11), Dense(21), BatchNorm, ReLU, Dense(6), BatchNorm, L2Normalize]
[TripletLoss(Margin = 2f)]
public sealed partial class FoldedDense;

/// <summary>A bias that was asked for.</summary>
[Encoder]
[Features(6), Dense(5, Bias = true), BatchNorm, Dense(4, Bias = false)]
[ContrastiveLoss(Margin = 4f)]
public sealed partial class BiasedFoldedDense;
