using Microsoft.Extensions.AI;

namespace SiameseGen.Extensions.AI;

/// <summary>An encoder as an embedding generator: inputs are what the encoder takes, <see cref="InputShape.Length"/> floats each. Safe from several threads.</summary>
/// <typeparam name="TEncoder">The generated encoder.</typeparam>
public sealed class EncoderEmbeddingGenerator<TEncoder> : IEmbeddingGenerator<float[], Embedding<float>>
    where TEncoder : class, IEncoder
{
    private readonly TEncoder _encoder;
    private readonly EmbeddingGeneratorMetadata _metadata = new("SiameseGen", providerUri: null, TEncoder.Info.Name, TEncoder.Info.EmbeddingLength);

    /// <summary>Wraps an encoder.</summary>
    /// <param name="encoder">The encoder.</param>
    public EncoderEmbeddingGenerator(TEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        _encoder = encoder;
    }

    /// <summary>Embeds inputs, one after the other, on a thread of the pool.</summary>
    /// <param name="values">The inputs.</param>
    /// <param name="options">Dimensions, where set, have to be the encoder's.</param>
    /// <param name="cancellationToken">Ends the work between two inputs.</param>
    /// <returns>An embedding for each input, in their order.</returns>
    /// <exception cref="ArgumentException">An input has the wrong length, or other dimensions are asked for than the encoder has.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was asked for.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<float[]> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } dimensions && dimensions != TEncoder.Info.EmbeddingLength)
            throw new ArgumentException($"{TEncoder.Info.Name} embeds in {TEncoder.Info.EmbeddingLength} dimensions; {dimensions} are asked for. Leave Dimensions unset.", nameof(options));
        float[][] inputs = [.. values];
        return Task.Run(
            () =>
            {
                var embeddings = new GeneratedEmbeddings<Embedding<float>>(inputs.Length);
                foreach (float[] input in inputs)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    ArgumentNullException.ThrowIfNull(input, nameof(values));
                    float[] embedding = new float[TEncoder.Info.EmbeddingLength];
                    _encoder.Embed(input, embedding);
                    embeddings.Add(new Embedding<float>(embedding) { ModelId = TEncoder.Info.Name });
                }

                return embeddings;
            },
            cancellationToken);
    }

    /// <summary>The encoder, this generator or its <see cref="EmbeddingGeneratorMetadata"/>.</summary>
    /// <param name="serviceType">Which.</param>
    /// <param name="serviceKey">Null; there are no keys.</param>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(_encoder) ? _encoder
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: the encoder is the caller's.</summary>
    public void Dispose()
    {
    }
}
