using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiameseGen.Search;

namespace SiameseGen.Benchmarks.GallerySearch;

/// <summary>What a core reads from memory when it does nothing else: every vector of a gallery's rows is added to a sum.</summary>
/// <remarks>
/// The very same bytes that are searched, because others may lie where the machine reads faster or slower. With eight sums there is nothing to wait for but
/// memory; with one sum loads are asked for at a steady pace, which some machines' prefetchers like better.
/// </remarks>
/// <param name="rows">The rows.</param>
/// <param name="unrolled">Eight sums rather than one.</param>
internal sealed class PlainRead(PackedRows rows, bool unrolled) : IContestant
{
    private const int Unrolled = 8;
    private int _sink;

    /// <inheritdoc/>
    public string Name => unrolled ? "plain read, eight sums" : "plain read, one sum";

    /// <summary>Bytes that it reads.</summary>
    public long Bytes => (rows.Count + RowFormat.BlockRows - 1L) / RowFormat.BlockRows * rows.Format.BlockBytes;

    /// <inheritdoc/>
    public void Run(TimeSpan duration, List<double> milliseconds) => Timing.Repeat(Read, duration, milliseconds);

    private void Read()
    {
        long left = Bytes;
        for (int row = 0; row < rows.Count; row += rows.SegmentRows)
        {
            Span<byte> segment = rows.Segment(row);
            segment = segment[..(int)Math.Min(left, segment.Length)];
            ReadOnlySpan<int> values = MemoryMarshal.Cast<byte, int>(segment);
            _sink += unrolled ? SumUnrolled(values) : Sum(values);
            left -= segment.Length;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SumUnrolled(ReadOnlySpan<int> buffer)
    {
        ref int from = ref MemoryMarshal.GetReference(buffer);
        Vector256<int> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        nuint length = (nuint)buffer.Length, count = (nuint)Vector256<int>.Count;
        for (nuint i = 0; i + (Unrolled * count) <= length; i += Unrolled * count)
        {
            a += Vector256.LoadUnsafe(ref from, i);
            b += Vector256.LoadUnsafe(ref from, i + count);
            c += Vector256.LoadUnsafe(ref from, i + (2 * count));
            d += Vector256.LoadUnsafe(ref from, i + (3 * count));
            e += Vector256.LoadUnsafe(ref from, i + (4 * count));
            f += Vector256.LoadUnsafe(ref from, i + (5 * count));
            g += Vector256.LoadUnsafe(ref from, i + (6 * count));
            h += Vector256.LoadUnsafe(ref from, i + (7 * count));
        }

        return Vector256.Sum(a + b + c + d + (e + f + g + h));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Sum(ReadOnlySpan<int> buffer)
    {
        ref int from = ref MemoryMarshal.GetReference(buffer);
        Vector256<int> sum = default;
        nuint length = (nuint)buffer.Length, count = (nuint)Vector256<int>.Count;
        for (nuint i = 0; i + count <= length; i += count)
            sum += Vector256.LoadUnsafe(ref from, i);
        return Vector256.Sum(sum);
    }
}
