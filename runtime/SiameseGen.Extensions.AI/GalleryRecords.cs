using System.Linq.Expressions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using SiameseGen.Search;

namespace SiameseGen.Extensions.AI;

/// <summary>
/// A <see cref="NamedGallery{TEmbedding}"/> as a collection of Microsoft.Extensions.VectorData, for programs that are written against it. Searches are exact; scores are distances, so that less is more similar. Safe from several threads.
/// </summary>
/// <remarks>Embeddings come back as the gallery keeps them: rounded to its precision, and with a cosine distance scaled to length 1.</remarks>
/// <typeparam name="TEmbedding">The encoder's nested <c>Embedding</c>.</typeparam>
public sealed class GalleryRecords<TEmbedding> : VectorStoreCollection<string, GalleryRecord>
    where TEmbedding : struct, IEmbedding<TEmbedding>
{
    private readonly NamedGallery<TEmbedding> _gallery;
    private readonly VectorStoreCollectionMetadata _metadata;

    /// <summary>Wraps a gallery, which may be used beside it.</summary>
    /// <param name="name">The collection's name.</param>
    /// <param name="gallery">The gallery.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public GalleryRecords(string name, NamedGallery<TEmbedding> gallery)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(gallery);
        Name = name;
        _gallery = gallery;
        _metadata = new VectorStoreCollectionMetadata { VectorStoreSystemName = "SiameseGen", CollectionName = name };
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Says yes: a gallery exists as long as this does.</summary>
    /// <param name="cancellationToken">Not used: the answer is there at once.</param>
    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) => Task.FromResult(true);

    /// <summary>Does nothing: a gallery exists as long as this does.</summary>
    /// <param name="cancellationToken">Not used: there is nothing to wait for.</param>
    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Removes all records.</summary>
    /// <param name="cancellationToken">Not used: there is nothing to wait for.</param>
    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default)
    {
        _gallery.Clear();
        return Task.CompletedTask;
    }

    /// <summary>Looks up a record.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="options">Whether to include the embedding.</param>
    /// <param name="cancellationToken">Not used: the answer is there at once.</param>
    /// <returns>The record; null when there is none.</returns>
    public override Task<GalleryRecord?> GetAsync(string key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(Find(key, options?.IncludeVectors ?? false));

    /// <summary>Lists records.</summary>
    /// <param name="filter">Which. It sees embeddings only where they are included.</param>
    /// <param name="top">How many at most, 1 or more.</param>
    /// <param name="options">How many to skip, and whether to include embeddings.</param>
    /// <param name="cancellationToken">Ends the listing between two records.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="NotSupportedException">An order is asked for: a gallery has none.</exception>
    public override IAsyncEnumerable<GalleryRecord> GetAsync(
        Expression<Func<GalleryRecord, bool>> filter, int top, FilteredRecordRetrievalOptions<GalleryRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (options?.OrderBy is not null)
            throw new NotSupportedException("A gallery has no order of records. Leave OrderBy unset and sort what comes.");
        bool isVectorIncluded = options?.IncludeVectors ?? false;
        IEnumerable<GalleryRecord> records = Checked(_gallery.Names, cancellationToken).Select(name => Find(name, isVectorIncluded)).OfType<GalleryRecord>();
        return records.Where(filter.Compile()).Skip(options?.Skip ?? 0).Take(top).ToAsyncEnumerable();
    }

    /// <summary>Adds a record, or replaces the one that its key has.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Not used: there is nothing to wait for.</param>
    /// <exception cref="ArgumentException">The key is empty, or the embedding is not of the encoder's length or has no distances.</exception>
    public override Task UpsertAsync(GalleryRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        _gallery.Set(record.Key, TEmbedding.From(record.Embedding.Span));
        return Task.CompletedTask;
    }

    /// <summary>Adds records, or replaces those that their keys have.</summary>
    /// <param name="records">The records.</param>
    /// <param name="cancellationToken">Ends the work between two records; those before are in.</param>
    /// <exception cref="ArgumentException">A key is empty, or an embedding is not of the encoder's length or has no distances; those before are in.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was asked for.</exception>
    public override async Task UpsertAsync(IEnumerable<GalleryRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        foreach (GalleryRecord record in Checked(records, cancellationToken))
            await UpsertAsync(record, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a record, if it is there.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Not used: there is nothing to wait for.</param>
    public override Task DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        _gallery.Remove(key);
        return Task.CompletedTask;
    }

    /// <summary>Finds the nearest records.</summary>
    /// <param name="searchValue">An embedding: the encoder's own, a <see cref="ReadOnlyMemory{T}"/> or array of floats, or an <see cref="Embedding{T}"/> of floats.</param>
    /// <param name="top">How many at most, 1 or more.</param>
    /// <param name="options">How many to skip, the largest distance (<c>ScoreThreshold</c>), whether to include embeddings, and a filter, for which all records are ranked.</param>
    /// <param name="cancellationToken">Ends the listing between two records.</param>
    /// <typeparam name="TInput">The type of the embedding.</typeparam>
    /// <returns>The nearest first, each with its distance as score.</returns>
    /// <exception cref="ArgumentException">The embedding is not of the encoder's length, or has no distances.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="NotSupportedException">The value is no embedding.</exception>
    public override IAsyncEnumerable<VectorSearchResult<GalleryRecord>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<GalleryRecord>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        options ??= new VectorSearchOptions<GalleryRecord>();
        Func<GalleryRecord, bool>? filter = options.Filter?.Compile();
        long room = filter is null ? Math.Min((long)top + options.Skip, _gallery.Count) : _gallery.Count;
        var nearest = new NamedNeighbor[Math.Max(1, room)];
        int found = _gallery.Search(Query(searchValue), nearest);
        IEnumerable<VectorSearchResult<GalleryRecord>> results = Checked(nearest.Take(found), cancellationToken)
            .Where(neighbor => !(neighbor.Distance.Value > options.ScoreThreshold))
            .Select(neighbor => (Record: Find(neighbor.Name, options.IncludeVectors), neighbor.Distance))
            .Where(entry => entry.Record is not null && (filter is null || filter(entry.Record)))
            .Select(entry => new VectorSearchResult<GalleryRecord>(entry.Record!, entry.Distance.Value));
        return results.Skip(options.Skip).Take(top).ToAsyncEnumerable();
    }

    /// <summary>The gallery, this collection or its <see cref="VectorStoreCollectionMetadata"/>.</summary>
    /// <param name="serviceType">Which.</param>
    /// <param name="serviceKey">Null; there are no keys.</param>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreCollectionMetadata) ? _metadata
            : serviceType.IsInstanceOfType(_gallery) ? _gallery
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    private static TEmbedding Query(object value) => value switch
    {
        TEmbedding embedding => embedding,
        ReadOnlyMemory<float> memory => TEmbedding.From(memory.Span),
        float[] array => TEmbedding.From(array),
        Embedding<float> embedding => TEmbedding.From(embedding.Vector.Span),
        _ => throw new NotSupportedException($"A value of type {value.GetType()} is no embedding. Embed it first: with the encoder, or its EncoderEmbeddingGenerator."),
    };

    private static IEnumerable<T> Checked<T>(IEnumerable<T> items, CancellationToken cancellationToken)
    {
        foreach (T item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    // Another thread may have removed it meanwhile.
    private GalleryRecord? Find(string key, bool isVectorIncluded)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!isVectorIncluded)
            return _gallery.Contains(key) ? new GalleryRecord { Key = key } : null;
        return _gallery.TryGet(key, out TEmbedding embedding) ? new GalleryRecord { Key = key, Embedding = embedding.Values.ToArray() } : null;
    }
}
