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

    /// <summary>A collection of records with a key and an embedding, for <c>VectorStore.GetCollection</c> or <c>GetDynamicCollection</c> of any store.</summary>
    /// <param name="keyType">The type of the key that the store takes, such as <see cref="string"/> or <see cref="Guid"/>.</param>
    /// <param name="keyName">The name of the property that holds the key.</param>
    /// <param name="vectorName">The name of the property that holds the embedding.</param>
    /// <param name="data">Other properties, such as names to show.</param>
    /// <typeparam name="TEncoder">The generated encoder.</typeparam>
    /// <exception cref="ArgumentException">A name is empty, or two properties have the same name.</exception>
    public static VectorStoreCollectionDefinition Definition<TEncoder>(Type keyType, string keyName = "Key", string vectorName = "Embedding", params IEnumerable<VectorStoreDataProperty> data)
        where TEncoder : class, IEncoder
    {
        ArgumentNullException.ThrowIfNull(keyType);
        ArgumentException.ThrowIfNullOrWhiteSpace(keyName);
        ArgumentNullException.ThrowIfNull(data);
        List<VectorStoreProperty> properties = [new VectorStoreKeyProperty(keyName, keyType), .. data, Property<TEncoder>(vectorName)];
        string? twice = properties.GroupBy(property => property.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
            throw new ArgumentException($"Two properties are named '{twice}'.", nameof(data));
        return new VectorStoreCollectionDefinition { Properties = properties };
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
