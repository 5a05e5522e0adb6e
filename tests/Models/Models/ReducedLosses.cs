using SiameseGen.Losses;

namespace SiameseGen.Models;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NTXentLoss(Temperature = 0.3f, Reduction = LossReduction.Mean)]
public sealed partial class NTXentLossAsMean;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NTXentLoss(Temperature = 0.3f, Reduction = LossReduction.MeanOfActive)]
public sealed partial class NTXentLossAsMeanOfActive;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NTXentLoss(Temperature = 0.3f, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class NTXentLossAsMeanOfAnchors;

/// <summary>The sum of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[SupervisedContrastiveLoss(Temperature = 0.4f, Reduction = LossReduction.Sum)]
public sealed partial class SupervisedContrastiveLossAsSum;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[SupervisedContrastiveLoss(Temperature = 0.4f, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class SupervisedContrastiveLossAsMeanOfAnchors;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NPairsLoss(Regularization = 0.1f, Reduction = LossReduction.Mean)]
public sealed partial class NPairsLossAsMean;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NPairsLoss(Regularization = 0.1f, Reduction = LossReduction.MeanOfActive)]
public sealed partial class NPairsLossAsMeanOfActive;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NPairsLoss(Regularization = 0.1f, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class NPairsLossAsMeanOfAnchors;

/// <summary>The sum of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[MultiSimilarityLoss(Alpha = 3f, Beta = 12f, Base = 0.3f, Reduction = LossReduction.Sum)]
public sealed partial class MultiSimilarityLossAsSum;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[MultiSimilarityLoss(Alpha = 3f, Beta = 12f, Base = 0.3f, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class MultiSimilarityLossAsMeanOfAnchors;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[CircleLoss(Margin = 0.3f, Scale = 10f, Reduction = LossReduction.Mean)]
public sealed partial class CircleLossAsMean;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[CircleLoss(Margin = 0.3f, Scale = 10f, Reduction = LossReduction.MeanOfActive)]
public sealed partial class CircleLossAsMeanOfActive;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[CircleLoss(Margin = 0.3f, Scale = 10f, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class CircleLossAsMeanOfAnchors;

/// <summary>The sum of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[AngularLoss(Degrees = 36f, Reduction = LossReduction.Sum)]
public sealed partial class AngularLossAsSum;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[AngularLoss(Degrees = 36f, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class AngularLossAsMeanOfAnchors;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[FastAPLoss(Bins = 6, Reduction = LossReduction.Mean)]
public sealed partial class FastAPLossAsMean;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[FastAPLoss(Bins = 6, Reduction = LossReduction.MeanOfActive)]
public sealed partial class FastAPLossAsMeanOfActive;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[FastAPLoss(Bins = 6, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class FastAPLossAsMeanOfAnchors;

/// <summary>The sum of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NCALoss(Scale = 2f, Reduction = LossReduction.Sum)]
public sealed partial class NCALossAsSum;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NCALoss(Scale = 2f, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class NCALossAsMeanOfAnchors;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[LiftedStructureLoss(Margin = 0.5f, Reduction = LossReduction.Mean)]
public sealed partial class LiftedStructureLossAsMean;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[LiftedStructureLoss(Margin = 0.5f, Reduction = LossReduction.MeanOfActive)]
public sealed partial class LiftedStructureLossAsMeanOfActive;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[LiftedStructureLoss(Margin = 0.5f, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class LiftedStructureLossAsMeanOfAnchors;

/// <summary>The sum of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[GeneralizedLiftedStructureLoss(Margin = 0.5f, Reduction = LossReduction.Sum)]
public sealed partial class GeneralizedLiftedStructureLossAsSum;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[GeneralizedLiftedStructureLoss(Margin = 0.5f, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class GeneralizedLiftedStructureLossAsMeanOfAnchors;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[MarginLoss(Margin = 0.5f, Beta = 0.9f, Learned = LearnedBoundary.PerClass, Reduction = LossReduction.Mean)]
public sealed partial class MarginLossAsMean;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[MarginLoss(Margin = 0.5f, Beta = 0.9f, Learned = LearnedBoundary.PerClass, Reduction = LossReduction.MeanOfActive)]
public sealed partial class MarginLossAsMeanOfActive;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[MarginLoss(Margin = 0.5f, Beta = 0.9f, Learned = LearnedBoundary.PerClass, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class MarginLossAsMeanOfAnchors;

/// <summary>The sum of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Swap = true, Soft = true, Reduction = LossReduction.Sum)]
public sealed partial class SwappedTripletLossAsSum;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Swap = true, Soft = true, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class SwappedTripletLossAsMeanOfAnchors;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Reduction = LossReduction.Mean)]
public sealed partial class TripletLossAsMean;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Reduction = LossReduction.MeanOfActive)]
public sealed partial class TripletLossAsMeanOfActive;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class TripletLossAsMeanOfAnchors;

/// <summary>The sum of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ContrastiveLoss(Margin = 1.5f, Reduction = LossReduction.Sum)]
public sealed partial class ContrastiveLossAsSum;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ContrastiveLoss(Margin = 1.5f, Reduction = LossReduction.MeanOfActive)]
public sealed partial class ContrastiveLossAsMeanOfActive;

/// <summary>A mean of a loss's terms.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ContrastiveLoss(Margin = 1.5f, Reduction = LossReduction.MeanOfAnchors)]
public sealed partial class ContrastiveLossAsMeanOfAnchors;
