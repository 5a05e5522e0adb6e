namespace SiameseGen.Models;

/// <summary>Correlations between views.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[BarlowTwinsLoss(Redundancy = 0.1f)]
public sealed partial class PlainBarlowTwins;

/// <summary>Variance, invariance and covariance.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[VICRegLoss(Invariance = 5f, Variance = 8f, Covariance = 3f)]
public sealed partial class PlainVICReg;

/// <summary>A predictor of the other view.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[SimSiamLoss(Hidden = 3)]
public sealed partial class PlainSimSiam;

/// <summary>Correlations between views, to be trained.</summary>
[Encoder]
[Features(12), Dense(16), BatchNorm, ReLU, Dense(8)]
[BarlowTwinsLoss(Redundancy = 0.05f)]
public sealed partial class ViewsBarlowTwins;

/// <summary>Variance, invariance and covariance, to be trained.</summary>
[Encoder]
[Features(12), Dense(16), BatchNorm, ReLU, Dense(8)]
[VICRegLoss]
public sealed partial class ViewsVICReg;

/// <summary>A predictor, to be trained.</summary>
[Encoder]
[Features(12), Dense(16), BatchNorm, ReLU, Dense(8)]
[SimSiamLoss]
public sealed partial class ViewsSimSiam;

/// <summary>Views among others, to be trained.</summary>
[Encoder]
[Features(12), Dense(16), BatchNorm, ReLU, Dense(8)]
[NTXentLoss(Temperature = 0.2f)]
public sealed partial class ViewsNTXent;
