using System.Runtime.InteropServices;

namespace SiameseGen.Search;

/// <summary>
/// The rows of a gallery. They lie in segments of about a megabyte, so that growing copies nothing, and no gallery is too large for one array.
/// </summary>
internal sealed class PackedRows
{
    private const int SegmentBytes = 1 << 20;
    private readonly RowWriter _writer;
    private readonly int _blocks;

    // Replaced when a segment is added or copied, so that snapshots keep theirs.
    private AlignedBuffer<byte>[] _segments = [];

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

    private PackedRows(PackedRows rows) =>
        (Format, Metric, Precision, Count, _writer, _blocks, _segments) = (rows.Format, rows.Metric, rows.Precision, rows.Count, rows._writer, rows._blocks, rows._segments);

    /// <summary>How rows lie in memory.</summary>
    public RowFormat Format { get; }

    /// <summary>The distance.</summary>
    public DistanceMetric Metric { get; }

    /// <summary>The numbers.</summary>
    public GalleryPrecision Precision { get; }

    /// <summary>Rows.</summary>
    public int Count { get; private set; }

    /// <summary>Rows that there is memory for.</summary>
    public int Capacity => (int)Math.Min(int.MaxValue, (long)_segments.Length * SegmentRows);

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

    /// <summary>Writes another embedding over a row.</summary>
    public void Replace(int index, ReadOnlySpan<float> embedding)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        _writer.Write(embedding, Block(index), index % RowFormat.BlockRows);
    }

    /// <summary>The rows as they are now. Rows may be added behind them; before any of them is changed, <see cref="CopySegmentOf"/> has to be called for it.</summary>
    public PackedRows Snapshot() => new(this);

    /// <summary>Takes a copy of the segment in which a row lies, so that it can be changed without anything that was handed out before.</summary>
    public void CopySegmentOf(int row)
    {
        var segments = (AlignedBuffer<byte>[])_segments.Clone();
        var copy = new AlignedBuffer<byte>(_blocks * Format.BlockBytes);
        segments[row / SegmentRows].Span.CopyTo(copy.Span);
        segments[row / SegmentRows] = copy;
        _segments = segments;
    }

    /// <summary>Reads the numbers and terms of a row, as they are kept.</summary>
    /// <param name="row">The row.</param>
    /// <param name="destination">Receives <see cref="RowFormat.RowBytes"/>.</param>
    public void Read(int row, Span<byte> destination) => Transfer(Block(row), row % RowFormat.BlockRows, destination, isReading: true);

    /// <summary>The embedding that a row stands for: rounded to the precision, and with cosine of length 1.</summary>
    /// <param name="row">The row.</param>
    /// <param name="values">Receives its numbers.</param>
    public void Read(int row, Span<float> values)
    {
        byte[] bytes = new byte[Format.RowBytes];
        Read(row, bytes.AsSpan());
        ReadOnlySpan<float> terms = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(bytes.Length - (Format.Terms * sizeof(float))));

        // The first term is the scale of bytes, or with cosine what makes the row's length 1.
        float factor = Format.Terms > 0 ? terms[0] : 1f;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = factor * Precision switch
            {
                GalleryPrecision.Float32 => BitConverter.ToSingle(bytes, i * sizeof(float)),
                GalleryPrecision.Float16 => (float)BitConverter.ToHalf(bytes, i * sizeof(ushort)),
                _ => (sbyte)bytes[i],
            };
        }
    }

    /// <summary>Adds a row that <see cref="Read(int, Span{byte})"/> read.</summary>
    /// <param name="stored">The bytes.</param>
    public void AddStored(Span<byte> stored)
    {
        if (Count == Capacity)
            AddSegment();
        Transfer(Block(Count), Count % RowFormat.BlockRows, stored, isReading: false);
        Count++;
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

    // A block holds the first unit of all rows, then the second of all; a row by itself holds its units one after the other, and then its terms.
    private void Transfer(Span<byte> block, int row, Span<byte> single, bool isReading)
    {
        int unit = Format.UnitNumbers * Format.NumberBytes, at = 0;
        for (int i = 0; i < Format.Units + Format.Terms; i++)
        {
            bool isTerm = i >= Format.Units;
            int size = isTerm ? sizeof(float) : unit;
            int from = isTerm ? Format.TermsOffset + ((i - Format.Units) * RowFormat.BlockRows * sizeof(float)) : i * Format.UnitBytes;
            Span<byte> inBlock = block.Slice(from + (row * size), size), alone = single.Slice(at, size);
            if (isReading)
                inBlock.CopyTo(alone);
            else
                alone.CopyTo(inBlock);
            at += size;
        }
    }

    private void AddSegment() => _segments = [.. _segments, new AlignedBuffer<byte>(_blocks * Format.BlockBytes)];
}
