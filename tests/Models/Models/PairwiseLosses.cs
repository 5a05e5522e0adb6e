namespace SiameseGen.Models;

/// <summary>The cross entropy of similarities.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NTXentLoss(Temperature = 0.3f)]
public sealed partial class PlainNTXent;

/// <summary>The supervised contrastive loss.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[SupervisedContrastiveLoss(Temperature = 0.4f)]
public sealed partial class PlainSupervisedContrastive;

/// <summary>The N-pairs loss, with enough of its regularizer to show.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NPairsLoss(Regularization = 0.1f)]
public sealed partial class PlainNPairs;

/// <summary>The multi-similarity loss.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[MultiSimilarityLoss(Alpha = 3f, Beta = 12f, Base = 0.3f)]
public sealed partial class PlainMultiSimilarity;

/// <summary>The circle loss.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[CircleLoss(Margin = 0.3f, Scale = 10f)]
public sealed partial class PlainCircle;

/// <summary>The angular loss.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[AngularLoss(Degrees = 36f)]
public sealed partial class PlainAngular;

/// <summary>The loss of ranking.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[FastAPLoss(Bins = 6)]
public sealed partial class PlainFastAP;

/// <summary>Neighbourhood components analysis.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NCALoss(Scale = 2f)]
public sealed partial class PlainNCA;

/// <summary>The loss of signal-to-noise ratios.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[SignalToNoiseRatioLoss(PositiveMargin = 0.2f, NegativeMargin = 1.8f)]
public sealed partial class PlainSignalToNoise;
