using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using SiameseGen.Extensions.AI;
using Xunit;

namespace SiameseGen.Models.Tests;

/// <summary>Encoders through the abstractions that other libraries work with.</summary>
public class ExtensionsTests
{
    private static readonly MinedTriplet Encoder = new(seed: 2);

    [Fact]
    public async Task An_encoder_is_an_embedding_generator()
    {
        using var generator = new EncoderEmbeddingGenerator<MinedTriplet>(Encoder);
        float[][] inputs = [.. Enumerable.Range(0, 5).Select(i => Enumerable.Range(0, 12).Select(k => (float)((i * 7) + k) / 50).ToArray())];
        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(inputs, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(5, embeddings.Count);
        for (int i = 0; i < inputs.Length; i++)
        {
            Assert.Equal(Encoder.Embed(inputs[i]).Values.ToArray(), embeddings[i].Vector.ToArray());
            Assert.Equal("MinedTriplet", embeddings[i].ModelId);
        }

        Assert.Same(Encoder, generator.GetService<MinedTriplet>());
        EmbeddingGeneratorMetadata metadata = generator.GetService<EmbeddingGeneratorMetadata>()!;
        Assert.Equal(("SiameseGen", "MinedTriplet", 6), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.Null(generator.GetService(typeof(MinedTriplet), "key"));
    }

    [Fact]
    public async Task What_it_cannot_do_it_says()
    {
        using var generator = new EncoderEmbeddingGenerator<MinedTriplet>(Encoder);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync([new float[12]], new EmbeddingGenerationOptions { Dimensions = 3 }, cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync([new float[11]], cancellationToken: cancellation));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => generator.GenerateAsync([new float[12]], cancellationToken: new CancellationToken(canceled: true)));
        Assert.Single(await generator.GenerateAsync([new float[12]], new EmbeddingGenerationOptions { Dimensions = 6 }, cancellation));
    }

    [Fact]
    public void Its_embeddings_are_vectors_of_any_store()
    {
        VectorStoreVectorProperty property = EncoderVectors.Property<MinedTriplet>("Face");
        Assert.Equal(("Face", 6, DistanceFunction.EuclideanDistance), (property.Name, property.Dimensions, property.DistanceFunction));
        Assert.Equal(DistanceFunction.CosineDistance, EncoderVectors.Property<ContrastiveCosine>("Face").DistanceFunction);
        Assert.Throws<ArgumentOutOfRangeException>(() => EncoderVectors.FunctionOf(DistanceMetric.SignalToNoise));
        Assert.Equal(5, Enum.GetValues<DistanceMetric>().Where(metric => metric is not DistanceMetric.SignalToNoise).Select(EncoderVectors.FunctionOf).Distinct().Count());
    }
}
