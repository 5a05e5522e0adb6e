namespace SiameseGen.Search;

/// <summary>
/// The rows of a gallery. They lie in segments of about a megabyte, so that growing copies nothing, and no gallery is too large for one array.
/// </summary>
internal sealed class PackedRows
{
    private const int SegmentBytes = 1 << 20;
    private readonly List<AlignedBuffer<byte>> _segments = [];
    private readonly RowWriter _writer;
    private readonly int _blocks;

    /// <summary>Reserves memory.</summary>
    public PackedRows(int length, DistanceMetric metric, GalleryPrecision precision, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (!Enum.IsDefined(metric))
            throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such distance.");
        if (metric is DistanceMetric.SignalToNoise)
        {
            throw new ArgumentOutOfRangeException(
                nameof(metric), metric, "A gallery has no signal-to-noise ratios. Their order is that of Euclidean distances between embeddings whose mean is subtracted: search among those by Euclidean.");
        }

        Format = RowFormat.For(length, metric, precision);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Format.BlockBytes, AlignedBuffer<byte>.MaxLength, nameof(length));
        Metric = metric;
        Precision = precision;
        _writer = new RowWriter(Format, metric, precision);
        _blocks = (int)Math.Max(1, SegmentBytes / Format.BlockBytes);
        while (Capacity < capacity)
            AddSegment();
    }

    /// <summary>How rows lie in memory.</summary>
    public RowFormat Format { get; }

    /// <summary>The distance.</summary>
    public DistanceMetric Metric { get; }

    /// <summary>The numbers.</summary>
    public GalleryPrecision Precision { get; }

    /// <summary>Rows.</summary>
    public int Count { get; private set; }

    /// <summary>Rows that there is memory for.</summary>
    public int Capacity => (int)Math.Min(int.MaxValue, (long)_segments.Count * SegmentRows);

    /// <summary>Rows in a segment.</summary>
    public int SegmentRows => _blocks * RowFormat.BlockRows;

    /// <summary>The blocks of the segment that starts at a row.</summary>
    public Span<byte> Segment(int firstRow) => _segments[firstRow / SegmentRows].Span;

    /// <summary>Adds a row.</summary>
    public int Add(ReadOnlySpan<float> embedding)
    {
        if (Count == int.MaxValue)
            throw new InvalidOperationException($"A gallery holds at most {int.MaxValue} embeddings.");
        if (Count == Capacity)
            AddSegment();
        _writer.Write(embedding, Block(Count), Count % RowFormat.BlockRows);
        return Count++;
    }

    /// <summary>Removes a row by moving the last one into its place.</summary>
    public void SwapRemove(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        int last = --Count;
        int unit = Format.UnitNumbers * Format.NumberBytes;
        Span<byte> from = Block(last), to = Block(index);
        Move(from[..Format.TermsOffset], last % RowFormat.BlockRows, to, index % RowFormat.BlockRows, unit);
        Move(from[Format.TermsOffset..], last % RowFormat.BlockRows, to[Format.TermsOffset..], index % RowFormat.BlockRows, sizeof(float));
    }

    /// <summary>Removes all rows and keeps the memory.</summary>
    public void Clear() => Count = 0;

    // Copies a column of elements.
    private static void Move(ReadOnlySpan<byte> from, int source, Span<byte> to, int target, int size)
    {
        for (int at = 0; at < from.Length; at += size * RowFormat.BlockRows)
            from.Slice(at + (source * size), size).CopyTo(to[(at + (target * size))..]);
    }

    private Span<byte> Block(int row) =>
        _segments[row / SegmentRows].Slice(row % SegmentRows / RowFormat.BlockRows * Format.BlockBytes, (int)Format.BlockBytes);

    private void AddSegment() => _segments.Add(new AlignedBuffer<byte>(_blocks * Format.BlockBytes));
}
