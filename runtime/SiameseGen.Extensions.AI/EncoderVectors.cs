using Microsoft.Extensions.VectorData;

namespace SiameseGen.Extensions.AI;

/// <summary>An encoder's embeddings as a vector of any store: of the encoder's length, compared by its distance.</summary>
public static class EncoderVectors
{
    /// <summary>The property of a record that holds an embedding.</summary>
    /// <param name="name">The property's name.</param>
    /// <typeparam name="TEncoder">The generated encoder.</typeparam>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static VectorStoreVectorProperty Property<TEncoder>(string name)
        where TEncoder : class, IEncoder
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new VectorStoreVectorProperty(name, typeof(ReadOnlyMemory<float>), TEncoder.Info.EmbeddingLength) { DistanceFunction = FunctionOf(TEncoder.Info.Distance) };
    }

    /// <summary>What a store calls a distance.</summary>
    /// <param name="distance">The distance.</param>
    /// <returns>One of <see cref="DistanceFunction"/>, all of which are less for more similar embeddings.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such distance, or no store has it.</exception>
    public static string FunctionOf(DistanceMetric distance) => distance switch
    {
        DistanceMetric.Euclidean => DistanceFunction.EuclideanDistance,
        DistanceMetric.SquaredEuclidean => DistanceFunction.EuclideanSquaredDistance,
        DistanceMetric.Cosine => DistanceFunction.CosineDistance,
        DistanceMetric.Manhattan => DistanceFunction.ManhattanDistance,
        DistanceMetric.DotProduct => DistanceFunction.NegativeDotProductSimilarity,
        DistanceMetric.SignalToNoise => throw new ArgumentOutOfRangeException(nameof(distance), distance, "No store has signal-to-noise ratios. Name another distance yourself, such as that of cosines."),
        _ => throw new ArgumentOutOfRangeException(nameof(distance), distance, "There is no such distance."),
    };
}
