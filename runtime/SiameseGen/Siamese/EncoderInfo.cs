using System.Collections.Immutable;
using SiameseGen.Losses;

namespace SiameseGen;

/// <summary>The declared architecture of an encoder, as the generator saw it.</summary>
public sealed class EncoderInfo
{
    /// <summary>The class's name, without namespace.</summary>
    public required string Name { get; init; }

    /// <summary>The shape of one input.</summary>
    public required InputShape Input { get; init; }

    /// <summary>Floats in one embedding.</summary>
    public required int EmbeddingLength { get; init; }

    /// <summary>Trainable floats. They come first in <see cref="SiameseGen.Parameters.Values"/>.</summary>
    public required int ParameterCount { get; init; }

    /// <summary>Floats that training updates without a gradient (running statistics). They follow the trainable ones.</summary>
    public required int StateCount { get; init; }

    /// <summary>Every tensor in the parameter buffer, in order of offset.</summary>
    public required ImmutableArray<ParameterTensor> Tensors { get; init; }

    /// <summary>The canonical text of the architecture: equal text, interchangeable weights.</summary>
    public required string Architecture { get; init; }

    /// <summary>SHA-256 of <see cref="Architecture"/>, as 64 lower-case hexadecimal digits.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Where training keeps what in its workspace.</summary>
    public required TrainingPlan Training { get; init; }

    /// <summary>Where inference keeps what in its workspace.</summary>
    public required InferencePlan Inference { get; init; }

    /// <summary>The distance between two embeddings.</summary>
    public required DistanceMetric Distance { get; init; }

    /// <summary>The declared loss; null when the model declares none and so cannot be trained.</summary>
    public EmbeddingLoss? Loss { get; init; }
}

/// <summary>The shape of one input: an image (channels last) or a vector of features.</summary>
/// <param name="Height">Rows; 1 for features.</param>
/// <param name="Width">Columns; 1 for features.</param>
/// <param name="Channels">Values a pixel; the number of features for features.</param>
/// <param name="IsImage">Whether the model declared <c>[Image]</c>.</param>
public readonly record struct InputShape(int Height, int Width, int Channels, bool IsImage)
{
    /// <summary>Floats in one input.</summary>
    public int Length => Height * Width * Channels;
}

/// <summary>Sizes and offsets of a training workspace. Offsets and lengths are floats an item unless said otherwise.</summary>
/// <param name="ArenaLength">Floats of activations and their gradients an item.</param>
/// <param name="Input">Offset of the input.</param>
/// <param name="Embedding">Offset of the embedding.</param>
/// <param name="EmbeddingGradient">Offset of the gradient of the embedding.</param>
/// <param name="StatisticsLength">Doubles that workers share for sums across the batch.</param>
/// <param name="SavedLength">Floats a worker keeps to itself from forward to backward.</param>
/// <param name="ScratchLength">Floats a worker keeps to itself within one layer.</param>
/// <param name="CommonLength">
/// Floats an item at the start of the arena where a tensor is contiguous over the whole batch: input, embedding and its gradient. Behind it
/// every shard has a part of the arena of its own, because tensors that share space there would otherwise overlap those of other items,
/// which another worker may still need. Unless set, everything is common, and no two tensors may share space.
/// </param>
public readonly record struct TrainingPlan(
    int ArenaLength, int Input, int Embedding, int EmbeddingGradient, int StatisticsLength, int SavedLength, int ScratchLength,
    int CommonLength = int.MaxValue);

/// <summary>Sizes and offsets of an inference workspace. Offsets and lengths are floats an item unless said otherwise.</summary>
/// <param name="ArenaLength">Floats of activations an item.</param>
/// <param name="Input">Offset of the input.</param>
/// <param name="Embedding">Offset of the embedding.</param>
/// <param name="PreparedLength">Floats of folded and packed weights, for all items.</param>
/// <param name="ScratchLength">Floats needed within one layer, for all items.</param>
public readonly record struct InferencePlan(int ArenaLength, int Input, int Embedding, int PreparedLength, int ScratchLength)
{
    // Half a megabyte of activations, about what a core's second-level cache holds, in whole tiles of six items.
    private const int CachedFloats = 1 << 17, TileItems = 6;

    /// <summary>
    /// Items that are best embedded at a time when there are many: enough to use each weight for several, 16 to 192, and few enough for their activations
    /// to stay in a core's own cache. No embedding depends on it.
    /// </summary>
    public int ItemsAtATime => Math.Clamp(CachedFloats / Math.Max(ArenaLength, 1) / TileItems * TileItems, 16, 192);
}
