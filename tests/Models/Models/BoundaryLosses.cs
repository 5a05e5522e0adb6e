using SiameseGen.Losses;

namespace SiameseGen.Models;

/// <summary>The margin loss on one of the distances.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[MarginLoss(Margin = 0.5f, Beta = 0.9f, Distance = DistanceMetric.Euclidean)]
public sealed partial class MarginEuclidean;

/// <summary>The lifted structured loss on one of the distances.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[LiftedStructureLoss(Margin = 0.5f, Distance = DistanceMetric.Euclidean)]
public sealed partial class LiftedEuclidean;

/// <summary>Its generalisation on one of the distances.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[GeneralizedLiftedStructureLoss(Margin = 0.5f, Distance = DistanceMetric.Euclidean)]
public sealed partial class GeneralizedLiftedEuclidean;

/// <summary>The margin loss on one of the distances.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[MarginLoss(Margin = 0.6f, Beta = 0.8f, Distance = DistanceMetric.SquaredEuclidean)]
public sealed partial class MarginSquaredEuclidean;

/// <summary>The lifted structured loss on one of the distances.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[LiftedStructureLoss(Margin = 0.6f, Distance = DistanceMetric.SquaredEuclidean)]
public sealed partial class LiftedSquaredEuclidean;

/// <summary>Its generalisation on one of the distances.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[GeneralizedLiftedStructureLoss(Margin = 0.6f, Distance = DistanceMetric.SquaredEuclidean)]
public sealed partial class GeneralizedLiftedSquaredEuclidean;

/// <summary>The margin loss on one of the distances.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[MarginLoss(Margin = 0.9f, Beta = 1.8f, Distance = DistanceMetric.Manhattan)]
public sealed partial class MarginManhattan;

/// <summary>The lifted structured loss on one of the distances.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[LiftedStructureLoss(Margin = 0.9f, Distance = DistanceMetric.Manhattan)]
public sealed partial class LiftedManhattan;

/// <summary>Its generalisation on one of the distances.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[GeneralizedLiftedStructureLoss(Margin = 0.9f, Distance = DistanceMetric.Manhattan)]
public sealed partial class GeneralizedLiftedManhattan;

/// <summary>The margin loss on one of the distances.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[MarginLoss(Margin = 0.3f, Beta = 0.6f, Distance = DistanceMetric.Cosine)]
public sealed partial class MarginCosine;

/// <summary>The margin loss with a boundary that is learned.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[MarginLoss(Margin = 0.3f, Beta = 1.4f, Learned = LearnedBoundary.One, Weight = 0.5f)]
public sealed partial class MarginLearned;

/// <summary>The margin loss with a boundary a class that is learned.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[MarginLoss(Margin = 0.3f, Beta = 1.4f, Learned = LearnedBoundary.PerClass)]
public sealed partial class MarginLearnedPerClass;

/// <summary>The lifted structured loss on one of the distances.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[LiftedStructureLoss(Margin = 0.3f, Distance = DistanceMetric.Cosine)]
public sealed partial class LiftedCosine;

/// <summary>Its generalisation on one of the distances.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[GeneralizedLiftedStructureLoss(Margin = 0.3f, Distance = DistanceMetric.Cosine)]
public sealed partial class GeneralizedLiftedCosine;
