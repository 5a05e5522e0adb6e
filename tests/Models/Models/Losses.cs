using SiameseGen.Losses;
using SiameseGen.Sampling;

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

/// <summary>An added angle.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ArcFaceLoss(Degrees = 20f, Scale = 12f)]
public sealed partial class PlainArcFace;

/// <summary>An added angle to the closest of three.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[SubCenterArcFaceLoss(Centers = 3, Degrees = 15f, Scale = 10f)]
public sealed partial class PlainSubCenterArcFace;

/// <summary>An added cosine.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[CosFaceLoss(Margin = 0.3f, Scale = 10f)]
public sealed partial class PlainCosFace;

/// <summary>A multiplied angle.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[SphereFaceLoss(Multiplier = 3, Scale = 5f)]
public sealed partial class PlainSphereFace;

/// <summary>A classifier of directions.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NormalizedSoftmaxLoss(Temperature = 0.2f)]
public sealed partial class PlainNormalizedSoftmax;

/// <summary>The closest proxy.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ProxyNCALoss(Factor = 2f)]
public sealed partial class PlainProxyNCA;

/// <summary>Proxies as anchors.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[ProxyAnchorLoss(Margin = 0.2f, Alpha = 8f)]
public sealed partial class PlainProxyAnchor;

/// <summary>Several centres a class.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[SoftTripleLoss(Centers = 4, Scale = 10f, Gamma = 0.2f, Margin = 0.05f)]
public sealed partial class PlainSoftTriple;

/// <summary>A learned similarity.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(11)]
[WeightedL1Loss]
public sealed partial class PlainWeightedL1;

/// <summary>A sum of two, one of which learns.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[NTXentLoss(Temperature = 0.4f, Weight = 0.5f), CosFaceLoss(Margin = 0.2f, Scale = 6f, Weight = 2f)]
public sealed partial class WeightedLosses;

/// <summary>A single one with a weight.</summary>
[Encoder]
[Features(8), Dense(9), Tanh, Dense(5)]
[TripletLoss(Margin = 0.7f, Weight = 3f)]
public sealed partial class WeightedTriplet;

/// <summary>A loss of the user's own.</summary>
[Encoder]
[Features(12), Dense(16), BatchNorm, ReLU, Dense(6)]
[Loss<OwnContrastive>]
public sealed partial class ClusterOwnLoss;

/// <summary>What <see cref="ClusterOwnLoss"/> is trained with, by another way.</summary>
[Encoder]
[Features(12), Dense(16), BatchNorm, ReLU, Dense(6)]
[ContrastiveLoss(Margin = 1.5f, Distance = DistanceMetric.Manhattan)]
public sealed partial class ClusterSameLoss;

/// <summary>A classifier of directions, to be trained.</summary>
[Encoder]
[Features(12), Dense(16), BatchNorm, ReLU, Dense(6)]
[ArcFaceLoss(Scale = 16f, LearningRateFactor = 10f)]
public sealed partial class ClusterArcFace;

/// <summary>A boundary a class, to be trained.</summary>
[Encoder]
[Features(12), Dense(16), BatchNorm, ReLU, Dense(6), L2Normalize]
[MarginLoss(Beta = 0.4f, Learned = LearnedBoundary.PerClass, LearningRateFactor = 5f)]
public sealed partial class ClusterMargin;

/// <summary>A learned similarity, to be trained.</summary>
[Encoder]
[Features(12), Dense(16), BatchNorm, ReLU, Dense(6)]
[WeightedL1Loss(LearningRateFactor = 3f)]
public sealed partial class ClusterWeightedL1;

/// <summary>Triplets for a miner to choose.</summary>
[Encoder]
[Features(12), Dense(16), BatchNorm, ReLU, Dense(6), L2Normalize]
[TripletLoss]
public sealed partial class MinedTriplet;

/// <summary>Triplets without batch normalisation, which would spread anything.</summary>
[Encoder]
[Features(12), Dense(6), L2Normalize]
[TripletLoss]
public sealed partial class DefaultTripletOfTwelve;

/// <summary>The contrastive loss, handed on.</summary>
public readonly struct OwnContrastive : IEmbeddingLoss
{
    private static readonly ContrastiveLoss Same = new(1.5f, DistanceMetric.Manhattan);

    /// <inheritdoc/>
    public string Name => "Own";

    /// <inheritdoc/>
    public DistanceMetric Distance => Same.Distance;

    /// <inheritdoc/>
    public bool Accepts(BatchStructure structure) => Same.Accepts(structure);

    /// <inheritdoc/>
    public LossResult Evaluate(Batch batch, ReadOnlySpan<float> embeddings, Span<float> gradients, LossWorkspace workspace) =>
        Same.Evaluate(batch, embeddings, gradients, workspace);
}
