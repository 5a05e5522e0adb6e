using SiameseGen.Losses;
using SiameseGen.Sampling;

namespace SiameseGen.Models;

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
