namespace SiameseGen.Models;

/// <summary>The contrastive loss on the straight line.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ContrastiveLoss(Margin = 1.5f, Distance = DistanceMetric.Euclidean)]
public sealed partial class ContrastiveEuclidean;

/// <summary>The triplet loss on the straight line.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Distance = DistanceMetric.Euclidean)]
public sealed partial class TripletEuclidean;

/// <summary>The contrastive loss on its square.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ContrastiveLoss(Margin = 2f, Distance = DistanceMetric.SquaredEuclidean)]
public sealed partial class ContrastiveSquaredEuclidean;

/// <summary>The triplet loss on its square.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.8f, Distance = DistanceMetric.SquaredEuclidean)]
public sealed partial class TripletSquaredEuclidean;

/// <summary>The contrastive loss on the sum of differences.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ContrastiveLoss(Margin = 3f, Distance = DistanceMetric.Manhattan)]
public sealed partial class ContrastiveManhattan;

/// <summary>The triplet loss on the sum of differences.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 1.2f, Distance = DistanceMetric.Manhattan)]
public sealed partial class TripletManhattan;

/// <summary>The contrastive loss on the angle.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ContrastiveLoss(Margin = 0.9f, Distance = DistanceMetric.Cosine)]
public sealed partial class ContrastiveCosine;

/// <summary>The triplet loss on the angle.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.3f, Distance = DistanceMetric.Cosine)]
public sealed partial class TripletCosine;

/// <summary>The contrastive loss as it is without arguments.</summary>
[Encoder]
[Features(8), Dense(5), L2Normalize]
[ContrastiveLoss]
public sealed partial class DefaultContrastive;

/// <summary>The triplet loss as it is without arguments.</summary>
[Encoder]
[Features(8), Dense(5), L2Normalize]
[TripletLoss]
public sealed partial class DefaultTriplet;

/// <summary>The margin of the published examples.</summary>
[Encoder]
[Features(1), Dense(1)]
[ContrastiveLoss(Margin = 1f)]
public sealed partial class PublishedContrastive;

/// <summary>The margin of the published examples.</summary>
[Encoder]
[Features(1), Dense(1)]
[TripletLoss(Margin = 0.3f)]
public sealed partial class PublishedTriplet;

/// <summary>The triplet loss with the closer of two anchors.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Swap = true)]
public sealed partial class TripletSwapped;

/// <summary>The triplet loss without an end.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Soft = true, Distance = DistanceMetric.Cosine)]
public sealed partial class TripletSoft;

/// <summary>The triplet loss over all.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Reduction = Losses.LossReduction.Mean)]
public sealed partial class TripletMean;

/// <summary>The triplet loss, summed.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Swap = true, Soft = true, Reduction = Losses.LossReduction.Sum)]
public sealed partial class TripletSum;

/// <summary>The triplet loss over those that are not satisfied.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Reduction = Losses.LossReduction.MeanOfActive)]
public sealed partial class TripletActive;

/// <summary>The contrastive loss without squares.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ContrastiveLoss(Margin = 1.5f, Squared = false)]
public sealed partial class ContrastiveLinear;

/// <summary>A single one with a weight.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Weight = 3f)]
public sealed partial class WeightedTriplet;
