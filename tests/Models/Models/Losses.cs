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
