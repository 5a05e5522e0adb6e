using SiameseGen.Verification;

namespace SiameseGen.Search;

/// <summary>Galleries for the embeddings of an encoder.</summary>
public static class GalleryOfEncoder
{
    /// <summary>Makes an empty gallery for an encoder's embeddings, which searches by the distance that the encoder declares.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="precision">How rows are kept.</param>
    /// <param name="capacity">Rows to reserve memory for; the gallery grows when there are more.</param>
    /// <typeparam name="TEmbedding">The encoder's embedding.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative, or there is no such precision.</exception>
    public static Gallery<TEmbedding> CreateGallery<TEmbedding>(
        this IEncoder<TEmbedding> encoder, GalleryPrecision precision = GalleryPrecision.Float32, int capacity = 0)
        where TEmbedding : struct, IEmbedding<TEmbedding>
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return new Gallery<TEmbedding>(encoder.Parameters.Info.Distance, precision, capacity);
    }

    /// <summary>Makes an empty gallery with names for an encoder's embeddings, which searches by the distance that the encoder declares, and is bound to its weights.</summary>
    /// <param name="encoder">The encoder. The gallery takes embeddings, not inputs, and cannot see whether the encoder has been trained any further since; embeddings mean something else then: make another gallery.</param>
    /// <param name="precision">How rows are kept.</param>
    /// <param name="capacity">Rows to reserve memory for; the gallery grows when there are more.</param>
    /// <typeparam name="TEmbedding">The encoder's embedding.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative, or there is no such precision.</exception>
    public static NamedGallery<TEmbedding> CreateNamedGallery<TEmbedding>(
        this IEncoder<TEmbedding> encoder, GalleryPrecision precision = GalleryPrecision.Float32, int capacity = 0)
        where TEmbedding : struct, IEmbedding<TEmbedding>
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return new NamedGallery<TEmbedding>(encoder.Parameters.Info.Distance, ModelFingerprint.Of(encoder.Parameters), precision, capacity);
    }
}
