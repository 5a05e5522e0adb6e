using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiameseGen.Search;

/// <summary>
/// Embeddings to search among: the faces that a door knows, the parts of a catalogue. A search compares the query with every one of them, so its
/// answer is exact, and takes about as long as reading the gallery from memory. It allocates nothing and gives the same bits on every machine.
/// </summary>
/// <remarks>
/// Any number of threads may search at the same time, as long as none adds or removes.
/// Distances are those to rows as they are kept (<see cref="GalleryPrecision"/>). Each is a sum from the embedding's first number to its last, so that
/// its last digits may differ from <see cref="Distances.Between"/>, which sums in another order.
/// </remarks>
/// <typeparam name="TEmbedding">The encoder's nested <c>Embedding</c>.</typeparam>
public sealed class Gallery<TEmbedding>
    where TEmbedding : struct, IEmbedding<TEmbedding>
{
    // What prepared queries may take of the stack; one query may take as much as it needs, as the embedding itself does.
    private const int QueryFloats = 1 << 14;
    private readonly QueryWriter _queries;
    private readonly Scan _scan;

    /// <summary>Makes an empty gallery. <see cref="GalleryOfEncoder.CreateGallery"/> makes one with the distance that an encoder declares.</summary>
    /// <param name="metric">The distance to search by.</param>
    /// <param name="precision">How rows are kept.</param>
    /// <param name="capacity">Rows to reserve memory for; the gallery grows when there are more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative, there is no such distance or precision, or the distance is <see cref="DistanceMetric.SignalToNoise"/>, which no gallery has.</exception>
    public Gallery(DistanceMetric metric, GalleryPrecision precision = GalleryPrecision.Float32, int capacity = 0)
    {
        Rows = new PackedRows(TEmbedding.Length, metric, precision, capacity);
        _queries = new QueryWriter(Rows.Format, metric);
        _scan = Scan.For(metric, precision);
    }

    /// <summary>The rows in memory.</summary>
    internal PackedRows Rows { get; }

    /// <summary>The distance that it searches by.</summary>
    public DistanceMetric Metric => Rows.Metric;

    /// <summary>How rows are kept.</summary>
    public GalleryPrecision Precision => Rows.Precision;

    /// <summary>Embeddings in the gallery.</summary>
    public int Count => Rows.Count;

    /// <summary>Embeddings that there is memory for; adding up to so many allocates nothing.</summary>
    public int Capacity => Rows.Capacity;

    /// <summary>Adds an embedding.</summary>
    /// <param name="embedding">Its numbers are finite, and it is not longer than 10¹⁸.</param>
    /// <returns>Its index: the number of embeddings before it.</returns>
    /// <exception cref="ArgumentException">The embedding has no distances, or one of its numbers is more than float16 can hold.</exception>
    public int Add(in TEmbedding embedding) => Rows.Add(embedding.Values);

    /// <summary>Adds all rows of a matrix, such as <see cref="BulkEmbedder"/> makes, in their order.</summary>
    /// <param name="embeddings">Rows as long as the embedding.</param>
    /// <returns>The index of the first row.</returns>
    /// <exception cref="ArgumentException">Rows have another length, or one cannot be added; those before it, up to the new
    /// <see cref="Count"/>, have been.</exception>
    public int AddRange(EmbeddingMatrix embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        if (embeddings.Length != TEmbedding.Length)
            throw new ArgumentException($"Rows of {embeddings.Length} numbers are no embeddings of {TEmbedding.Length}.", nameof(embeddings));
        int first = Count;
        for (int row = 0; row < embeddings.Count; row++)
            Rows.Add(embeddings.Row(row));
        return first;
    }

    /// <summary>
    /// Removes an embedding and gives its index to the last one, so that no other moves. Do the same with what you keep beside the gallery, such as names.
    /// </summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such embedding.</exception>
    public void SwapRemove(int index) => Rows.SwapRemove(index);

    /// <summary>Puts another embedding in the place of one.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    /// <param name="embedding">Its numbers are finite, and it is not longer than 10¹⁸.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such embedding.</exception>
    /// <exception cref="ArgumentException">The embedding has no distances, or one of its numbers is more than float16 can hold; the old one is still there.</exception>
    public void Replace(int index, in TEmbedding embedding) => Rows.Replace(index, embedding.Values);

    /// <summary>Removes all embeddings and keeps the memory.</summary>
    public void Clear() => Rows.Clear();

    /// <summary>Finds the nearest embedding.</summary>
    /// <param name="query">Its numbers are finite, and it is not longer than 10¹⁸.</param>
    /// <exception cref="ArgumentException">The query has no distances.</exception>
    /// <exception cref="InvalidOperationException">The gallery is empty.</exception>
    public Neighbor Nearest(in TEmbedding query)
    {
        Neighbor nearest = default;
        return Search(query, new Span<Neighbor>(ref nearest)) > 0
            ? nearest
            : throw new InvalidOperationException("The gallery is empty: add embeddings before asking which is the nearest.");
    }

    /// <summary>Finds the k nearest embeddings.</summary>
    /// <param name="query">Its numbers are finite, and it is not longer than 10¹⁸.</param>
    /// <param name="nearest">Room for k. Receives the nearest first, and of those at equal distances the lower index first.</param>
    /// <returns>How many were found: k, or all when the gallery has fewer. What lies behind them is left as it was.</returns>
    /// <exception cref="ArgumentException">There is no room, or the query has no distances.</exception>
    public int Search(in TEmbedding query, Span<Neighbor> nearest) => Search(Rows, query, nearest);

    /// <summary>Finds the k nearest of a snapshot's rows.</summary>
    [SkipLocalsInit]
    internal int Search(PackedRows rows, in TEmbedding query, Span<Neighbor> nearest)
    {
        if (nearest.IsEmpty)
            throw new ArgumentException("There is no room for an answer: pass a span of at least one neighbor.", nameof(nearest));
        Span<float> prepared = stackalloc float[Rows.Format.QueryLength];
        _queries.Write(query.Values, prepared);
        int found = Math.Min(nearest.Length, rows.Count);
        _scan.One(rows, prepared, nearest[..found]);
        NearestHeap.Sort(nearest[..found]);
        return found;
    }

    /// <summary>Finds the k nearest embeddings of each of several queries, reading the gallery once for up to 32 of them.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="nearest">Room for k neighbors a query: those of query i start at i·k. Each gets the same as from
    /// <see cref="Search(in TEmbedding, Span{Neighbor})"/>, bit by bit.</param>
    /// <param name="k">Neighbors to find for each query, 1 or more.</param>
    /// <returns>How many each query found: k, or all when the gallery has fewer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">The room is not k neighbors a query, or a query has no distances.</exception>
    [SkipLocalsInit]
    public int Search(ReadOnlySpan<TEmbedding> queries, Span<Neighbor> nearest, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (nearest.Length != (long)queries.Length * k)
        {
            throw new ArgumentException(
                $"{queries.Length} queries with {k} neighbors each need room for {(long)queries.Length * k}, not {nearest.Length}.", nameof(nearest));
        }

        int length = Rows.Format.QueryLength, found = Math.Min(k, Count);
        int together = Math.Clamp(QueryFloats / length, 1, Scan.MostQueries);
        Span<float> prepared = stackalloc float[Math.Min(together, queries.Length) * length];
        for (int first = 0; first < queries.Length && found > 0; first += together)
        {
            int number = Math.Min(together, queries.Length - first);
            for (int i = 0; i < number; i++)
                _queries.Write(queries[first + i].Values, prepared.Slice(i * length, length));
            Span<Neighbor> heaps = nearest.Slice(first * k, number * k);
            _scan.Several(Rows, prepared[..(number * length)], heaps, k, found);
            for (int i = 0; i < number; i++)
                NearestHeap.Sort(heaps.Slice(i * k, found));
        }

        return found;
    }
}
