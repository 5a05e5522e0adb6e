using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using SiameseGen.Persistence;
using SiameseGen.Verification;

namespace SiameseGen.Search;

/// <summary>
/// A gallery of embeddings with a name each, to add to, change, remove from, save and load while it is searched. Searches are exact, as those of a <see cref="Gallery{TEmbedding}"/>.
/// </summary>
/// <remarks>
/// Safe from any number of threads. Who searches never waits: a search sees all changes that were made before it began, and none made after. Adding is cheap; a change or a removal copies about a megabyte or two, because a search may be reading what was there before.
/// <para>
/// It takes embeddings as they are, and an embedding does not know the weights that made it: that they are those of <see cref="Model"/> is the caller's to see to, for what is added and for what is searched. Once the encoder is trained any
/// further, make another gallery and embed everything anew. <see cref="Load(IEncoder{TEmbedding}, string)"/> is where weights are compared.
/// </para>
/// </remarks>
/// <typeparam name="TEmbedding">The encoder's nested <c>Embedding</c>.</typeparam>
public sealed class NamedGallery<TEmbedding>
    where TEmbedding : struct, IEmbedding<TEmbedding>
{
    private readonly Lock _writing = new();
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private Gallery<TEmbedding> _gallery;

    // Names lie in segments as rows do, and are copied with them.
    private string[][] _names = [];
    private volatile State _state;

    /// <summary>Makes an empty gallery. <see cref="GalleryOfEncoder.CreateNamedGallery"/> makes one for an encoder.</summary>
    /// <param name="metric">The distance to search by.</param>
    /// <param name="model">What its embeddings are bound to: <see cref="ModelFingerprint"/> of the weights, 64 lower-case hexadecimal digits.</param>
    /// <param name="precision">How rows are kept.</param>
    /// <param name="capacity">Rows to reserve memory for; the gallery grows when there are more.</param>
    /// <exception cref="ArgumentException"><paramref name="model"/> is no fingerprint.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative, or there is no such distance or precision.</exception>
    public NamedGallery(DistanceMetric metric, string model, GalleryPrecision precision = GalleryPrecision.Float32, int capacity = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Length != 64 || !model.All(char.IsAsciiHexDigitLower))
            throw new ArgumentException($"'{model}' is no fingerprint of weights: ModelFingerprint.Of(encoder.Parameters) gives one.", nameof(model));
        Model = model;
        _gallery = new Gallery<TEmbedding>(metric, precision, capacity);
        Publish();
    }

    /// <summary>What the embeddings are bound to: <see cref="ModelFingerprint"/> of the weights.</summary>
    public string Model { get; }

    /// <summary>The distance that it searches by.</summary>
    public DistanceMetric Metric => _gallery.Metric;

    /// <summary>How rows are kept.</summary>
    public GalleryPrecision Precision => _gallery.Precision;

    /// <summary>Embeddings in the gallery.</summary>
    public int Count => _state.Rows.Count;

    /// <summary>The names at this moment, in no particular order.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            State state = _state;
            string[] names = new string[state.Rows.Count];
            for (int i = 0; i < names.Length; i++)
                names[i] = state.Name(i);
            return names;
        }
    }

    /// <summary>Whether there is an embedding of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_writing)
            return _indices.ContainsKey(name);
    }

    /// <summary>Looks up the embedding of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="embedding">Its embedding as it is kept: rounded to <see cref="Precision"/>, and with a cosine distance scaled to length 1.</param>
    /// <returns>Whether the name is there.</returns>
    public bool TryGet(string name, out TEmbedding embedding)
    {
        ArgumentNullException.ThrowIfNull(name);
        embedding = default;
        float[] values = new float[TEmbedding.Length];
        lock (_writing)
        {
            if (!_indices.TryGetValue(name, out int index))
                return false;
            _gallery.Rows.Read(index, values);
        }

        embedding = TEmbedding.From(values);
        return true;
    }

    /// <summary>Adds an embedding.</summary>
    /// <param name="name">A name that is not there yet: not empty, valid Unicode, and at most 1,048,576 bytes of UTF-8.</param>
    /// <param name="embedding">Its numbers are finite, and it is not longer than 10¹⁸.</param>
    /// <exception cref="ArgumentException">The name is taken, empty, too long or no Unicode, or the embedding has no distances or more than float16 can hold.</exception>
    public void Add(string name, in TEmbedding embedding)
    {
        CheckName(name);
        lock (_writing)
        {
            if (_indices.ContainsKey(name))
                throw new ArgumentException($"'{name}' is in the gallery already. Update it, or use Set, which does either.", nameof(name));
            Append(name, embedding);
        }
    }

    /// <summary>Replaces the embedding of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="embedding">Its numbers are finite, and it is not longer than 10¹⁸.</param>
    /// <returns>Whether the name was there; nothing changes if not.</returns>
    /// <exception cref="ArgumentException">The embedding has no distances or more than float16 can hold; the old one is still there.</exception>
    public bool Update(string name, in TEmbedding embedding)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_writing)
            return Replace(name, embedding);
    }

    /// <summary>Adds an embedding, or replaces the one that its name has.</summary>
    /// <param name="name">A name: not empty, valid Unicode, and at most 1,048,576 bytes of UTF-8.</param>
    /// <param name="embedding">Its numbers are finite, and it is not longer than 10¹⁸.</param>
    /// <exception cref="ArgumentException">The name is empty, too long or no Unicode, or the embedding has no distances or more than float16 can hold.</exception>
    public void Set(string name, in TEmbedding embedding)
    {
        CheckName(name);
        lock (_writing)
        {
            if (!Replace(name, embedding))
                Append(name, embedding);
        }
    }

    /// <summary>Removes an embedding.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_writing)
        {
            if (!_indices.Remove(name, out int index))
                return false;

            // The last one takes its place, and whoever reads the rows as they were must find both as they were.
            int last = _gallery.Count - 1;
            CopySegmentOf(last);
            if (last / SegmentRows != index / SegmentRows)
                CopySegmentOf(index);
            _gallery.SwapRemove(index);
            string moved = _names[last / SegmentRows][last % SegmentRows];
            _names[index / SegmentRows][index % SegmentRows] = moved;
            _names[last / SegmentRows][last % SegmentRows] = "";
            if (index != last)
                _indices[moved] = index;
            Publish();
            return true;
        }
    }

    /// <summary>Removes all embeddings.</summary>
    public void Clear()
    {
        lock (_writing)
        {
            // Memory that searches may be reading is left to them.
            _gallery = new Gallery<TEmbedding>(Metric, Precision);
            _names = [];
            _indices.Clear();
            Publish();
        }
    }

    /// <summary>Finds the nearest embedding.</summary>
    /// <param name="query">Its numbers are finite, and it is not longer than 10¹⁸.</param>
    /// <param name="nearest">The nearest one.</param>
    /// <returns>Whether there is any.</returns>
    /// <exception cref="ArgumentException">The query has no distances.</exception>
    public bool TryFindNearest(in TEmbedding query, out NamedNeighbor nearest)
    {
        nearest = default;
        return Search(query, new Span<NamedNeighbor>(ref nearest)) > 0;
    }

    /// <summary>Finds the k nearest embeddings.</summary>
    /// <param name="query">Its numbers are finite, and it is not longer than 10¹⁸.</param>
    /// <param name="nearest">Room for k. Receives the nearest first; the order of equally near ones does not mean anything.</param>
    /// <returns>How many were found: k, or all when the gallery has fewer.</returns>
    /// <exception cref="ArgumentException">There is no room, or the query has no distances.</exception>
    public int Search(in TEmbedding query, Span<NamedNeighbor> nearest)
    {
        State state = _state;
        int room = Math.Min(nearest.Length, Math.Max(1, state.Rows.Count));
        Neighbor[] rented = ArrayPool<Neighbor>.Shared.Rent(Math.Max(1, room));
        try
        {
            int found = _gallery.Search(state.Rows, query, rented.AsSpan(0, room));
            for (int i = 0; i < found; i++)
                nearest[i] = new NamedNeighbor(state.Name(rented[i].Index), rented[i].Distance);
            return found;
        }
        finally
        {
            ArrayPool<Neighbor>.Shared.Return(rented);
        }
    }

    /// <summary>Writes the gallery to a file, as a whole or not at all: as it is when this begins, while others may change it.</summary>
    /// <param name="path">The file to write or replace, in a folder that exists.</param>
    /// <remarks>Embeddings of faces, voices and hands are biometric data: keep the file as you would keep the pictures.</remarks>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">The folder does not exist, the path is a folder's, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        State state = _state;
        GalleryFile.Save(path, Model, state.Rows, state.Name);
    }

    /// <summary>Reads what <see cref="Save"/> wrote. All of it is checked before any of it counts.</summary>
    /// <param name="encoder">The encoder whose embeddings they are.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="InvalidDataException">The file is no gallery, it is damaged or of a newer version, or its embeddings are of other weights.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    [SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "The embedding says which gallery it is.")]
    public static NamedGallery<TEmbedding> Load(IEncoder<TEmbedding> encoder, string path)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return Load(ModelFingerprint.Of(encoder.Parameters), path);
    }

    /// <summary>Reads a gallery of certain weights.</summary>
    internal static NamedGallery<TEmbedding> Load(string model, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var file = new GalleryFile(path, model, TEmbedding.Length);
        var gallery = new NamedGallery<TEmbedding>(file.Metric, model, file.Precision, file.Count);
        byte[] row = new byte[gallery._gallery.Rows.Format.RowBytes];
        for (int i = 0; i < file.Count; i++)
        {
            string name = file.ReadRow(row);
            gallery._gallery.Rows.AddStored(row);
            if (!gallery._indices.TryAdd(name, i))
                throw new InvalidDataException($"{path} has '{name}' twice.");
            gallery.Place(i, name);
        }

        file.EnsureEnd();
        gallery.Publish();
        return gallery;
    }

    private int SegmentRows => _gallery.Rows.SegmentRows;

    private static void CheckName(string name)
    {
        int bytes = StrictText.BytesOf(name, nameof(name));
        if (bytes > GalleryFile.MostNameBytes)
            throw new ArgumentException(FormattableString.Invariant($"A name has at most {GalleryFile.MostNameBytes:N0} bytes of UTF-8; this one has {bytes:N0}."), nameof(name));
    }

    private void Append(string name, in TEmbedding embedding)
    {
        int index = _gallery.Add(embedding);
        _indices.Add(name, index);
        Place(index, name);
        Publish();
    }

    private bool Replace(string name, in TEmbedding embedding)
    {
        if (!_indices.TryGetValue(name, out int index))
            return false;
        CopySegmentOf(index);
        _gallery.Replace(index, embedding);
        Publish();
        return true;
    }

    private void Place(int index, string name)
    {
        if (index / SegmentRows == _names.Length)
            _names = [.. _names, new string[SegmentRows]];
        _names[index / SegmentRows][index % SegmentRows] = name;
    }

    private void CopySegmentOf(int index)
    {
        _gallery.Rows.CopySegmentOf(index);
        var names = (string[][])_names.Clone();
        names[index / SegmentRows] = (string[])names[index / SegmentRows].Clone();
        _names = names;
    }

    [MemberNotNull(nameof(_state))]
    private void Publish() => _state = new State(_gallery.Rows.Snapshot(), _names);

    // What a search works on: never changed within its number of rows.
    private sealed record State(PackedRows Rows, string[][] Names)
    {
        public string Name(int index) => Names[index / Rows.SegmentRows][index % Rows.SegmentRows];
    }
}

/// <summary>One answer of a search for names.</summary>
/// <param name="Name">The name.</param>
/// <param name="Distance">The gallery's distance between the query and that embedding as it is stored; 0 or more.</param>
public readonly record struct NamedNeighbor(string Name, Distance Distance);
