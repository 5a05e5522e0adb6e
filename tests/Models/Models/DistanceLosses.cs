namespace SiameseGen.Models;

/// <summary>A loss on the signal-to-noise ratio.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ContrastiveLoss(Margin = 1.6f, Distance = DistanceMetric.SignalToNoise)]
public sealed partial class ContrastiveSignalToNoise;

/// <summary>A loss on the signal-to-noise ratio.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Distance = DistanceMetric.SignalToNoise)]
public sealed partial class TripletSignalToNoise;

/// <summary>A loss on the signal-to-noise ratio.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[MarginLoss(Margin = 0.5f, Beta = 1.5f, Distance = DistanceMetric.SignalToNoise)]
public sealed partial class MarginSignalToNoise;

/// <summary>A loss on the signal-to-noise ratio.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[LiftedStructureLoss(Margin = 0.8f, Distance = DistanceMetric.SignalToNoise)]
public sealed partial class LiftedSignalToNoise;

/// <summary>A loss on the signal-to-noise ratio.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[GeneralizedLiftedStructureLoss(Margin = 0.6f, Distance = DistanceMetric.SignalToNoise)]
public sealed partial class GeneralizedLiftedSignalToNoise;

/// <summary>A loss on the dot product.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Distance = DistanceMetric.DotProduct)]
public sealed partial class TripletDotProduct;

/// <summary>A loss on the dot product.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[LiftedStructureLoss(Margin = 0.8f, Distance = DistanceMetric.DotProduct)]
public sealed partial class LiftedDotProduct;

/// <summary>A loss on the dot product.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[GeneralizedLiftedStructureLoss(Margin = 0.6f, Distance = DistanceMetric.DotProduct)]
public sealed partial class GeneralizedLiftedDotProduct;
